import { useTranslation } from 'react-i18next';

import { withVisibleMarks } from '../../components/invisible.ts';
import { MarkedText } from '../archive/marked-text.tsx';
import { cropToHit } from './excerpt.ts';
import styles from './hits.module.css';
import type { HitRow } from './hit-rows.ts';

/** Characters of a line that the narrowest window shows for certain. */
const surelyShown = 14;

/** The text around a hit in one line, the hit itself always in sight: a long one leaves less room ahead of it. */
export function HitExcerpt({ row }: { readonly row: HitRow }) {
  const { t } = useTranslation('hits');
  const before = Math.min(8, Math.max(0, surelyShown - row.text.length));
  const { text, start, end } = cropToHit(row.excerpt, row.excerptStart, row.text.length, before);
  return (
    <span title={withVisibleMarks(row.excerpt)}>
      {/* The line shows the last of its messages alone. */}
      {row.folds.includes('split') && (
        <span className={styles['split']} title={t('splitHint')}>
          {t('split')}
        </span>
      )}
      <MarkedText text={text} marks={[{ start, end, strength: 'strong' }]} />
    </span>
  );
}
