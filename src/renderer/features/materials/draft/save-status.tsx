import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { ErrorText } from '../../../components/ErrorText.tsx';
import { useFormat } from '../../../use-format.ts';
import styles from '../material.module.css';
import type { DraftState } from './draft-keeper.ts';

/** Whether what is on screen is safe: saved when, by whom; being saved; or why not. */
export function SaveStatus({
  state,
  editable,
  onRetry,
}: {
  readonly state: DraftState;
  readonly editable: boolean;
  readonly onRetry: () => void;
}) {
  const { t } = useTranslation('materials');
  const format = useFormat();
  const { save, base } = state;
  if (!editable) return <p className={styles['quiet']}>{t('save.readOnly')}</p>;
  switch (save.kind) {
    case 'saved':
      return (
        <p role="status" className={styles['quiet']}>
          {t('save.saved', { name: base.savedBy, time: format.dateTime(base.savedAt) })}
        </p>
      );
    case 'saving':
      return (
        <p role="status" className={styles['quiet']}>
          {t('save.saving')}
        </p>
      );
    case 'failed':
      return (
        <div role="alert" className={styles['failed']}>
          <p>
            {t('save.failed')} <ErrorText error={save.error} />
          </p>
          <Button size="small" onClick={onRetry}>
            {t('common:retry')}
          </Button>
        </div>
      );
    case 'conflict':
      return (
        <p role="status" className={styles['quiet']}>
          {t('save.conflict', { name: save.theirs.savedBy })}
        </p>
      );
  }
}
