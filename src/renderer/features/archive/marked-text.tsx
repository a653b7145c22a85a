import { memo } from 'react';

import { type Mark, segmentsOf } from './highlight.ts';
import styles from './message.module.css';

const noMarks: readonly Mark[] = [];

/** A text with its marks. The strong ones carry `data-hit`, so that a screen can bring them into view. */
export const MarkedText = memo(function MarkedText({
  text,
  marks = noMarks,
}: {
  readonly text: string;
  readonly marks?: readonly Mark[] | undefined;
}) {
  if (marks.length === 0) return text;
  return segmentsOf(text, marks).map((segment) => {
    if (segment.strength === null) return <span key={segment.start}>{segment.text}</span>;
    const strong = segment.strength === 'strong';
    return (
      <mark
        key={segment.start}
        className={strong ? styles['strong'] : styles['light']}
        {...(strong ? { 'data-hit': '' } : {})}
      >
        {segment.text}
      </mark>
    );
  });
});
