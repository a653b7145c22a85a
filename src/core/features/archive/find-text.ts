import { fieldSeparator } from './fields.ts';
import { maskPersonalData } from './masking.ts';

/** So much text stands before and after a match in an excerpt. */
const excerptMargin = 40;

/** Text around a match, personal data masked, and the match's place in it. */
export function excerptOf(
  text: string,
  at: number,
  length: number,
): { readonly excerpt: string; readonly start: number; readonly end: number } {
  // Masked as a whole: cut first, and half a card number would stay readable. Very long texts in a window of it.
  const windowStart = Math.max(0, at - 2000);
  const masked = maskPersonalData(text.slice(windowStart, at + length + 2000)).replaceAll(
    fieldSeparator,
    ' ',
  );
  const from = wholeCharacter(masked, Math.max(0, at - windowStart - excerptMargin));
  const to = wholeCharacter(masked, Math.min(masked.length, at - windowStart + length + excerptMargin));
  const start = at - windowStart - from;
  return { excerpt: masked.slice(from, to).replaceAll(/[\r\n\t]/g, ' '), start, end: start + length };
}

/** The offset, moved behind a surrogate pair that it would cut. */
function wholeCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff ? offset + 1 : offset;
}
