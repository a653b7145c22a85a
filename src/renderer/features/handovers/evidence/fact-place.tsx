import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ImportId } from '../../../../core/contract/ids.ts';
import type { FeedKind } from '../../../../core/features/feeds/model.ts';
import { OutsideText } from '../../../components/OutsideText.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../use-words.ts';
import styles from './evidence.module.css';

/** Where an imported record stands: kind, file, line; the file leads to its import. */
export function FactPlace({
  feed,
  file,
  line,
  importId,
}: {
  readonly feed: FeedKind;
  readonly file: string;
  readonly line: number;
  /** Null where it can't be told, or isn't the reader's to see. */
  readonly importId: ImportId | null;
}) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const format = useFormat();
  const place = t('evidence.place', { feed: words.feed[feed], line: format.number(line) });
  return (
    <span className={styles['place']}>
      {place}{' '}
      {importId === null ? (
        <OutsideText text={file} />
      ) : (
        <Link to={`/imports/${importId}`}>
          <OutsideText text={file} />
        </Link>
      )}
    </span>
  );
}
