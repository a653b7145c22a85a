import { fillerRanges, foldedRanges, invisibleRanges } from './generated/units.ts';

/** Ranges as pairs of numbers, end exclusive. */
function rangesIn(text: string): [number, number][] {
  let last = 0;
  return text
    .trim()
    .split(/\s+/)
    .map((range) => {
      const [gap = '', length = '1'] = range.split('-');
      const start = last + Number.parseInt(gap, 36);
      last = start + Number.parseInt(length, 36);
      return [start, last];
    });
}

function decode(text: string): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [start, end] of rangesIn(text)) table.fill(1, start, end);
  return table;
}

let fillers: Uint8Array | null = null;
let invisibles: Uint8Array | null = null;

/**
 * By UTF-16 unit 1 for a visible filler: punctuation, symbols, spaces and the tab. Not among them: sentence ends
 * (`isSentenceEnd`), what the width fold reads as letters (Ⓑ, ㈱, ™), radicals and strokes, the field separator, and
 * surrogates (an emoji is for the caller to recognise by its code point). 65,536 entries, shared: read only. Source:
 * Unicode General_Category.
 */
export function fillerTable(): Uint8Array {
  fillers ??= decode(fillerRanges);
  return fillers;
}

/**
 * By UTF-16 unit 1 for what shows nothing of its own: Default_Ignorable_Code_Point (zero-width, soft hyphen, bidi marks,
 * variation selectors, BOM, Hangul fillers), the marks Mn and Me, which sit on the character before, control characters but
 * for white space, sentence ends, the field separator and U+0000, and U+FFF9 to U+FFFB, which annotations stand between.
 * 65,536 entries, shared: read only. Source: Unicode.
 */
export function invisibleTable(): Uint8Array {
  invisibles ??= decode(invisibleRanges);
  return invisibles;
}

/**
 * The code points from U+0080 on, ideographs left out, that one of the table folds changes: ranges, end exclusive,
 * ascending. Source: Unicode (NFKC, lower case, Nd), and the tables of look-alikes.
 */
export function foldedCodePoints(): [number, number][] {
  return rangesIn(foldedRanges);
}
