import { memo } from 'react';

import { piecesOf } from './invisible.ts';
import styles from './OutsideText.module.css';

/**
 * A text that came from outside, exactly as it is stored: its characters keep their order on the screen, whatever
 * direction controls it holds, it does not reach out into what stands beside it, and what can't be seen is shown.
 */
export const OutsideText = memo(function OutsideText({ text }: { readonly text: string }) {
  return (
    <bdi dir="ltr">
      <Pieces text={text} />
    </bdi>
  );
});

/** The pieces alone, for what is isolated already. */
export function Pieces({ text }: { readonly text: string }) {
  const pieces = piecesOf(text);
  if (pieces.every((piece) => piece.code === null)) return text;
  return pieces.map((piece) =>
    piece.code === null ? (
      <span key={piece.start}>{piece.text}</span>
    ) : (
      <span key={piece.start} className={styles['invisible']} data-invisible={piece.code}>
        {piece.code}
      </span>
    ),
  );
}
