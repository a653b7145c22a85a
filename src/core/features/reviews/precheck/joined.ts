import { fieldSeparator } from '../../screening/index.ts';

/** Texts of several parts as one, with the way back: rules may look over all of them, no word spans two. */
export interface Joined {
  readonly text: string;
  /** The part that a stretch begins in, and where in it; the end is cut at the part's own. */
  readonly placeOf: (
    start: number,
    end: number,
  ) => { readonly index: number; readonly start: number; readonly end: number };
}

const separator = String.fromCharCode(fieldSeparator);

export function join(texts: readonly string[]): Joined {
  const starts: number[] = [];
  let length = 0;
  for (const text of texts) {
    starts.push(length);
    length += text.length + 1;
  }
  return {
    text: texts.map((text) => text.replaceAll(separator, ' ')).join(separator),
    placeOf(start, end) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= start) low = middle;
        else high = middle - 1;
      }
      const from = starts[low] ?? 0;
      const own = texts[low]?.length ?? 0;
      return { index: low, start: Math.min(start - from, own), end: Math.min(end - from, own) };
    },
  };
}

/**
 * Stretches of a text of about `size` units, cut where a line or a field ends: what is screened in one go, since rules have
 * a budget of work for each text.
 */
export function* stretchesOf(
  text: string,
  size: number,
): Generator<{ readonly start: number; readonly end: number }> {
  let start = 0;
  while (text.length - start > size) {
    const limit = start + size;
    const cut = Math.max(text.lastIndexOf('\n', limit), text.lastIndexOf(separator, limit));
    // A line as long as that: between two sentences, else anywhere but inside a character.
    const sentence = text.lastIndexOf('。', limit);
    let end = cut > start ? cut + 1 : sentence > start ? sentence + 1 : limit;
    if (end === limit && /[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    yield { start, end };
    start = end;
  }
  if (start < text.length) yield { start, end: text.length };
}
