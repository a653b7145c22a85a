import { useTranslation } from 'react-i18next';

import type { BlobId } from '../../../core/contract/ids.ts';
import { useProcedure } from '../../api/hooks.ts';
import styles from './material.module.css';

/** How far the reading of an attached file is, and what was found in it. */
export function ReadingState({ blobId }: { readonly blobId: BlobId }) {
  const { t } = useTranslation('documents');
  const document = useProcedure(
    'documents.get',
    { blobId },
    { refetchInterval: (data) => (data?.state === 'done' ? false : 1_000) },
  );
  if (document.isError) return <span className={styles['failedText']}>{t('unread')}</span>;
  if (document.data?.state !== 'done') return <span className={styles['quiet']}>{t('reading')}</span>;
  const { result } = document.data;
  if (result.problems.length > 0) {
    return (
      <span className={styles['failedText']}>
        {result.problems.map((problem) => t(`problem.${problem}`)).join(t('common:listSeparator'))}
      </span>
    );
  }
  return (
    <span className={styles['quiet']}>
      {t('read', { count: result.text.length })}
      {result.codes.length > 0 && ` · ${t('codes', { count: result.codes.length })}`}
    </span>
  );
}
