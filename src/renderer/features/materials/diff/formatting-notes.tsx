import { useTranslation } from 'react-i18next';

import type { FormatChange } from '../../../../core/features/reviews/diff/contract.ts';
import type { Mark } from '../../../../core/features/reviews/material/model.ts';
import styles from './diff.module.css';

/** Changes that the words don't show: bold here, a heading that was a paragraph, another address behind a link. */
export function FormattingNotes({
  changes,
  text,
}: {
  readonly changes: readonly FormatChange[];
  /** The new text, which the changes' places are in. */
  readonly text: string;
}) {
  const { t } = useTranslation('diff');
  if (changes.length === 0) return null;
  const names = (marks: readonly Mark[]) =>
    marks.map((mark) => t(`mark.${mark}`)).join(t('common:listSeparator'));
  const sentence = (change: FormatChange) => {
    switch (change.kind) {
      case 'block':
        return t('format.block', { from: t(`block.${change.from.kind}`), to: t(`block.${change.to.kind}`) });
      case 'marks': {
        const words = text.slice(change.start, change.end);
        if (change.removed.length === 0)
          return t('format.marked', { text: words, marks: names(change.added) });
        if (change.added.length === 0)
          return t('format.unmarked', { text: words, marks: names(change.removed) });
        return t('format.remarked', { text: words, from: names(change.removed), to: names(change.added) });
      }
      case 'link':
        return t('format.link', {
          text: text.slice(change.start, change.end),
          from: change.from === '' ? t('none') : change.from,
          to: change.to === '' ? t('none') : change.to,
        });
      case 'image':
        return t('format.image');
    }
  };
  return (
    <ul className={styles['formatting']}>
      {changes.map((change, index) => (
        // Two changes may say the same of two places; their order is theirs for good.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>{sentence(change)}</li>
      ))}
    </ul>
  );
}
