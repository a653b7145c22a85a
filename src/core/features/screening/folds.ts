import type { FoldName } from './model.ts';

/** All folds, in the order in which they are applied and listed. A fold's bit is `1 << its position`. */
export const foldOrder = ['width', 'case', 'invisible'] as const satisfies readonly FoldName[];

/** Stands between the screened fields of one message: no match spans it. */
export const fieldSeparator = 0x1e;

/** What the table says of a code unit. */
export const unitKind = {
  /** Folds to one unit, given in `single`. */
  plain: 0,
  /** Folds to nothing. */
  skipped: 1,
  /** Folds to several units, given in `several`. */
  several: 2,
  /** The first half of a surrogate pair, where a second half follows. */
  leading: 3,
} as const;

/** The folding of every code point, made once per set of folds. */
export interface FoldTable {
  readonly kind: Uint8Array;
  readonly single: Uint16Array;
  /** Code points that fold to another number of units than they have, and all astral ones that fold at all. */
  readonly several: ReadonlyMap<number, string>;
  /** By folded unit: the units that fold to it, itself included where it does; not listed where it is the only one. */
  readonly sources: ReadonlyMap<number, readonly number[]>;
}

export function foldBits(folds: readonly FoldName[]): number {
  return foldOrder.reduce(
    (bits, name, position) => (folds.includes(name) ? bits | (1 << position) : bits),
    0,
  );
}

const namesByBits: readonly (readonly FoldName[])[] = Array.from(
  { length: 1 << foldOrder.length },
  (_, bits) => Object.freeze(foldOrder.filter((_name, position) => (bits & (1 << position)) !== 0)),
);

/** The names for a set of bits, always the same array for the same set. */
export function foldNamesOf(bits: number): readonly FoldName[] {
  return namesByBits[bits] ?? [];
}

// Soft hyphen, zero-width characters, bidi marks, variation selectors, BOM, Hangul fillers, tags: what Unicode says a
// renderer shows nothing for (DerivedCoreProperties, Default_Ignorable_Code_Point).
const invisible = /^\p{Default_Ignorable_Code_Point}$/u;

/** One code point, folded by its own rules: the definition that the tables and the automaton are built from. */
export function foldCodePoint(character: string, bits: number): string {
  if ((bits & 4) !== 0 && invisible.test(character)) return '';
  let folded = character;
  // Per code point, not over the whole text: a match has to begin and end at characters of the original.
  if ((bits & 1) !== 0) folded = folded.normalize('NFKC');
  if ((bits & 2) !== 0) folded = folded.toLowerCase();
  return folded;
}

/** Ranges without any code point that a fold changes: ideographs and Hangul syllables. Spares most of the start-up time. */
const unfolded: readonly (readonly [number, number])[] = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xd800, 0xf8ff],
];
/** Astral ranges with code points that a fold changes; folds.test.ts compares with all of Unicode. */
export const foldedAstral: readonly (readonly [number, number])[] = [
  [0x10000, 0x11fff],
  [0x16a00, 0x16fff],
  [0x1bc00, 0x1bfff],
  [0x1cc00, 0x1f2ff],
  [0x1fb00, 0x1fbff],
  [0x2f800, 0x2fa1f],
  [0xe0000, 0xe0fff],
];

function buildTable(bits: number): FoldTable {
  const kind = new Uint8Array(0x10000);
  const single = new Uint16Array(0x10000);
  const several = new Map<number, string>();
  for (let unit = 0; unit < 0x10000; unit += 1) single[unit] = unit;
  kind.fill(unitKind.leading, 0xd800, 0xdc00);
  let unit = 0;
  while (unit < 0x10000) {
    const start = unit;
    const range = unfolded.find(([from, to]) => start >= from && start <= to);
    if (range !== undefined) {
      unit = range[1] + 1;
      continue;
    }
    const folded = foldCodePoint(String.fromCharCode(unit), bits);
    if (folded.length === 1) single[unit] = folded.charCodeAt(0);
    else if (folded.length === 0) kind[unit] = unitKind.skipped;
    else {
      kind[unit] = unitKind.several;
      several.set(unit, folded);
    }
    unit += 1;
  }
  for (const [from, to] of foldedAstral) {
    for (let codePoint = from; codePoint <= to; codePoint += 1) {
      const character = String.fromCodePoint(codePoint);
      const folded = foldCodePoint(character, bits);
      if (folded !== character) several.set(codePoint, folded);
    }
  }
  return { kind, single, several, sources: sourcesOf(kind, single) };
}

function sourcesOf(kind: Uint8Array, single: Uint16Array): Map<number, number[]> {
  const sources = new Map<number, number[]>();
  single.forEach((folded, unit) => {
    if (folded === unit || kind[unit] !== unitKind.plain) return;
    const known = sources.get(folded) ?? (single[folded] === folded ? [folded] : []);
    known.push(unit);
    sources.set(folded, known);
    // A unit that folds away is reached by nothing unless something folds to it.
    if (!sources.has(unit)) sources.set(unit, []);
  });
  return sources;
}

const tables = new Map<number, FoldTable>();

/** The table for a set of folds, built on first use (some 15 ms) and kept. */
export function foldTable(bits: number): FoldTable {
  let table = tables.get(bits);
  if (table === undefined) {
    table = buildTable(bits);
    tables.set(bits, table);
  }
  return table;
}

/** The whole text folded, code point by code point. Two texts that fold alike are the same term to the engine. */
export function foldText(text: string, folds: readonly FoldName[] = foldOrder): string {
  return foldByBits(text, foldBits(folds));
}

export function foldByBits(text: string, bits: number): string {
  if (bits === 0) return text;
  const { kind, single, several } = foldTable(bits);
  let folded = '';
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    switch (kind[unit] ?? unitKind.plain) {
      case unitKind.plain:
        folded += String.fromCharCode(single[unit] ?? unit);
        break;
      case unitKind.several:
        folded += several.get(unit) ?? '';
        break;
      case unitKind.leading: {
        const codePoint = text.codePointAt(at) ?? unit;
        if (codePoint > 0xffff) at += 1;
        folded += several.get(codePoint) ?? String.fromCodePoint(codePoint);
        break;
      }
      default:
        break;
    }
  }
  return folded;
}

/**
 * The folds without which `written` is not `term`: beginning with all of `bits`, each one that can be left out is.
 * 0 where both are the same to the letter.
 */
export function neededFolds(written: string, term: string, bits: number): number {
  if (written === term) return 0;
  let needed = bits;
  for (let position = 0; position < foldOrder.length; position += 1) {
    const without = needed & ~(1 << position);
    if (without !== needed && foldByBits(written, without) === foldByBits(term, without)) needed = without;
  }
  return needed;
}
