import { fieldSeparator, foldBit } from '../folds.ts';
import { type UnitCounts, countUnits } from './detectors/unit-counts.ts';
import { type Reading, readPlain, readWidth, textOfUnits } from './reading.ts';

/** A text that rules read: as a string, with its fields and its characters counted, each worked out when first asked for. */
export interface SourceText {
  /** The text itself, unpaired surrogates and all. */
  readonly text: () => string;
  /** What kinds of characters it has, without reading it. */
  readonly counts: () => UnitCounts;
  readonly width: () => Reading;
  readonly plain: () => Reading;
  /** A place counted in characters: an astral character is one. */
  readonly position: (place: number) => number;
  /** Whether no field ends between the two places. */
  readonly together: (start: number, end: number) => boolean;
}

/** The folds by which the stretch differs from plain text read by `readPlain`. */
export function widthFolds(text: string, start: number, end: number): number {
  let bits = 0;
  for (const character of text.slice(start, end)) {
    if (character <= '\u007f') continue;
    if (isInvisible(character)) bits |= foldBit.invisible;
    else if (character.normalize('NFKC') !== character) bits |= foldBit.width;
  }
  return bits;
}

function isInvisible(character: string): boolean {
  return /^[\p{Default_Ignorable_Code_Point}\p{M}]$/u.test(character);
}

/** `units[from…to)` as rules read it; each reading is made when it is first asked for. */
export function sourceText(units: Uint16Array, from: number, to: number): SourceText {
  const text = once(() => textOfUnits(units, from, to));
  const separators = once(() => placesOf(text(), String.fromCharCode(fieldSeparator)));
  const positions = once(() =>
    /[\ud800-\udbff][\udc00-\udfff]/.test(text()) ? countCharacters(text()) : null,
  );
  return {
    text,
    counts: once(() => countUnits(units, from, to)),
    width: once(() => readWidth(text())),
    plain: once(() => readPlain(text())),
    position: (place) => positions()?.[place] ?? place,
    together(start, end) {
      const all = separators();
      if (all.length === 0) return true;
      let low = 0;
      let high = all.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((all[middle] ?? 0) < start) low = middle + 1;
        else high = middle;
      }
      return (all[low] ?? Infinity) >= end;
    },
  };
}

function placesOf(text: string, character: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) places.push(at);
  return places;
}

function countCharacters(text: string): Uint32Array {
  const counts = new Uint32Array(text.length + 1);
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    counts[at] = count;
    count += 1;
    if ((text.codePointAt(at) ?? 0) > 0xffff) {
      at += 1;
      counts[at] = count;
    }
  }
  counts[text.length] = count;
  return counts;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
