import { memo } from 'react';

import { OutsideText, Pieces } from '../../components/OutsideText.tsx';
import { type Mark, segmentsOf } from './highlight.ts';
import styles from './message.module.css';

const noMarks: readonly Mark[] = [];

/**
 * A text from outside with its marks. The strong ones carry `data-hit`, so that a screen can bring them into view. Marks
 * are cut first and invisible characters shown inside them: offsets count the text as it is stored.
 */
export const MarkedText = memo(function MarkedText({
  text,
  marks = noMarks,
}: {
  readonly text: string;
  readonly marks?: readonly Mark[] | undefined;
}) {
  if (marks.length === 0) return <OutsideText text={text} />;
  return (
    <bdi dir="ltr">
      {segmentsOf(text, marks).map((segment) => {
        if (segment.strength === null) {
          return (
            <span key={segment.start}>
              <Pieces text={segment.text} />
            </span>
          );
        }
        const strong = segment.strength === 'strong';
        return (
          <mark
            key={segment.start}
            className={strong ? styles['strong'] : styles['light']}
            {...(strong ? { 'data-hit': '' } : {})}
          >
            <Pieces text={segment.text} />
          </mark>
        );
      })}
    </bdi>
  );
});
