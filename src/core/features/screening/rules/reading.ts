/** A text as rules read it, with the way back to what was written. */
export interface Reading {
  readonly text: string;
  /** The stretch of the original that `text.slice(start, end)`, not empty, was read from. */
  readonly original: (start: number, end: number) => { readonly start: number; readonly end: number };
}

/** The text with compatibility forms as the characters they stand for; everything else as it is. */
export function readWidth(text: string): Reading {
  // The quick way: in a text that is its own NFKC form, so is every character.
  if (text.normalize('NFKC') === text) return asItIs(text);
  return readEach(text, (character) => character.normalize('NFKC'));
}

/** As `readWidth`, in small letters and without what can't be seen: zero-width characters, variation selectors, marks. */
export function readPlain(text: string): Reading {
  return readEach(text, plainOf);
}

const hidden = /^[\p{Default_Ignorable_Code_Point}\p{M}]$/u;
// Not from the standard: a fold of width makes `\u2024` a full stop and `\u2026` three of them, as wanted here; but the
// ideographic full stop stays a sentence end.
const kept = new Map<string, string>();

function plainOf(character: string): string {
  if (character <= '\u007f') return character.toLowerCase();
  if (character >= '\u4e00' && character <= '\u9fff') return character;
  let plain = kept.get(character);
  if (plain === undefined) {
    plain = hidden.test(character) ? '' : character.normalize('NFKC').toLowerCase();
    // Bounded by what there is: some thousand characters in ordinary text, all of Unicode at worst.
    kept.set(character, plain);
  }
  return plain;
}

function asItIs(text: string): Reading {
  return { text, original: (start, end) => ({ start, end }) };
}

function readEach(text: string, read: (character: string) => string): Reading {
  let plain = '';
  let starts = new Int32Array(text.length + 16);
  let ends = new Int32Array(text.length + 16);
  let at = 0;
  for (const character of text) {
    const piece = read(character);
    const end = at + character.length;
    if (plain.length + piece.length > starts.length) {
      starts = grown(starts, piece.length);
      ends = grown(ends, piece.length);
    }
    for (let index = 0; index < piece.length; index += 1) {
      // A character that is written in two units is read in two: each has its own place.
      const own = piece === character && character.length > 1 ? at + index : at;
      starts[plain.length + index] = own;
      ends[plain.length + index] = piece === character && character.length > 1 ? own + 1 : end;
    }
    plain += piece;
    at = end;
  }
  return {
    text: plain,
    original: (start, end) => ({ start: starts[start] ?? 0, end: ends[end - 1] ?? text.length }),
  };
}

function grown(values: Int32Array<ArrayBuffer>, room: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2 + room);
  larger.set(values);
  return larger;
}
