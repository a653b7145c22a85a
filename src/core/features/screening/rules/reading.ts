/** A text as rules read it, with the way back to what was written. */
export interface Reading {
  readonly text: string;
  /** The stretch of the original that `text.slice(start, end)`, not empty, was read from. */
  readonly original: (start: number, end: number) => { readonly start: number; readonly end: number };
}

type Read = (character: string) => string;

/** Marks what does not read as one unit for one. */
const irregular = 0xffff;
const hidden = /^[\p{Default_Ignorable_Code_Point}\p{M}]$/u;

const widthOf: Read = (character) => character.normalize('NFKC');
// As much as a fold of width makes U+2026 three full stops, the ideographic one stays what ends a sentence.
const plainOf: Read = (character) => (hidden.test(character) ? '' : widthOf(character).toLowerCase());

const widthReader = createReader(widthOf);
const plainReader = createReader(plainOf);

/** The text with compatibility forms as the characters they stand for; everything else as it is. */
export function readWidth(text: string): Reading {
  return widthReader(text);
}

/** As `readWidth`, in small letters and without what can't be seen: zero-width characters, variation selectors, marks. */
export function readPlain(text: string): Reading {
  return plainReader(text);
}

function createReader(read: Read): (text: string) => Reading {
  let table: Uint16Array | null = null;
  let buffer = new Uint16Array(1024);
  return (text) => {
    table ??= tableOf(read);
    const { length } = text;
    if (length > buffer.length) buffer = new Uint16Array(Math.max(length, buffer.length * 2));
    let changed = false;
    for (let at = 0; at < length; at += 1) {
      const unit = text.charCodeAt(at);
      const own = table[unit] ?? unit;
      if (own === irregular) return readEach(text, read);
      changed ||= own !== unit;
      buffer[at] = own;
    }
    return {
      text: changed ? textOfUnits(buffer, 0, length) : text,
      original: (start, end) => ({ start, end }),
    };
  };
}

/** How each unit reads by itself, some 20 ms to make; surrogates and what reads as none or several units are irregular. */
function tableOf(read: Read): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const plain = unit >= 0xd800 && unit <= 0xdfff ? '' : read(String.fromCharCode(unit));
    table[unit] = plain.length === 1 ? plain.charCodeAt(0) : irregular;
  }
  return table;
}

const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
const chunk = 8_192;

/** UTF-16 as it is, unpaired surrogates too. */
export function textOfUnits(units: Uint16Array, from: number, to: number): string {
  const own = units.subarray(from, to);
  // Decoding is many times faster, but it replaces unpaired surrogates.
  const decoded = decoder.decode(own);
  if (!decoded.includes('\uFFFD')) return decoded;
  let text = '';
  for (let at = 0; at < own.length; at += chunk) text += String.fromCharCode(...own.subarray(at, at + chunk));
  return text;
}

/** Character by character, with a place for each unit read. */
function readEach(text: string, read: Read): Reading {
  const known = new Map<string, string>();
  let plain = '';
  let starts = new Int32Array(text.length + 16);
  let ends = new Int32Array(text.length + 16);
  let at = 0;
  for (const character of text) {
    let piece = known.get(character);
    if (piece === undefined) {
      piece = read(character);
      known.set(character, piece);
    }
    const end = at + character.length;
    if (plain.length + piece.length > starts.length) {
      starts = grown(starts, piece.length);
      ends = grown(ends, piece.length);
    }
    for (let index = 0; index < piece.length; index += 1) {
      // A character that is written in two units is read in two: each has its own place.
      const own = piece === character && character.length > 1;
      starts[plain.length + index] = own ? at + index : at;
      ends[plain.length + index] = own ? at + index + 1 : end;
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
