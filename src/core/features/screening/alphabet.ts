import { type Patterns } from './automaton.ts';
import { type FoldTable, fieldSeparator, foldByBits, unitKind } from './folds.ts';

/** Values of `classOf` that are no class of the automaton. From the first of them on, a unit takes the slow path. */
export const special = { first: 0xfffd, leading: 0xfffd, several: 0xfffe, skipped: 0xffff } as const;

/** How each unit of a text reads to one automaton. */
export interface Alphabet {
  /** By folded unit: its class, 0 where no term has it. */
  readonly classes: Uint16Array;
  /** By unit as written: the class that it folds to, 0 where no term has it, or one of `special`. */
  readonly classOf: Uint16Array;
  /** The classes of what folds to several units, by code point; only where all of them are in some term. */
  readonly expansions: ReadonlyMap<number, Uint16Array>;
  /** Classes from here on are those of one-character terms: each occurrence is a match. */
  readonly loud: number;
  readonly patterns: Patterns;
}

/**
 * Folds the terms and numbers the units that occur in them from 1: the commonest first, which packs the double array,
 * and one-character terms last.
 */
export function createAlphabet(
  terms: readonly { readonly text: string }[],
  bits: number,
  table: FoldTable,
): Alphabet {
  const counts = new Int32Array(0x10000);
  const alone = new Uint8Array(0x10000);
  const offsets = new Int32Array(terms.length + 1);
  const used: number[] = [];
  const folded = terms.map(({ text: written }, index) => {
    let text = foldByBits(written, bits);
    // A field never holds its separator, so such a term could only ever match across fields.
    if (text.includes(String.fromCharCode(fieldSeparator))) text = '';
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (counts[unit] === 0) used.push(unit);
      counts[unit] = (counts[unit] ?? 0) + 1;
    }
    if (text.length === 1) alone[text.charCodeAt(0)] = 1;
    offsets[index + 1] = (offsets[index] ?? 0) + text.length;
    return text;
  });
  used.sort((a, b) => (alone[a] ?? 0) - (alone[b] ?? 0) || (counts[b] ?? 0) - (counts[a] ?? 0));
  // Only without any fold could so many units differ: with the folds, thousands of them are the same or nothing.
  if (used.length >= special.first)
    throw new RangeError('The terms have more than 65,532 different characters.');

  const classes = new Uint16Array(0x10000);
  used.forEach((unit, position) => {
    classes[unit] = position + 1;
  });
  const patternClasses = new Uint16Array(offsets[terms.length] ?? 0);
  folded.forEach((text, index) => {
    const start = offsets[index] ?? 0;
    for (let at = 0; at < text.length; at += 1)
      patternClasses[start + at] = classes[text.charCodeAt(at)] ?? 0;
  });
  const firstAlone = used.findIndex((unit) => alone[unit] === 1);
  const expansions = expansionClasses(table, classes);
  return {
    classes,
    classOf: classesAsWritten(table, used, expansions),
    expansions,
    loud: firstAlone < 0 ? special.first : firstAlone + 1,
    patterns: { classes: patternClasses, offsets, classCount: used.length },
  };
}

function expansionClasses(table: FoldTable, classes: Uint16Array): Map<number, Uint16Array> {
  const result = new Map<number, Uint16Array>();
  for (const [codePoint, text] of table.several) {
    // Most are in no lexicon's terms at all: decided by their first unit, without an array.
    if (text.length > 0 && classes[text.charCodeAt(0)] === 0) continue;
    const own = new Uint16Array(text.length);
    for (let at = 0; at < text.length; at += 1) own[at] = classes[text.charCodeAt(at)] ?? 0;
    if (!own.includes(0)) result.set(codePoint, own);
  }
  return result;
}

const empty = new WeakMap<FoldTable, Uint16Array>();

/** The class table of a lexicon without terms: made once per set of folds, copied for each automaton. */
function emptyClassOf(table: FoldTable): Uint16Array {
  let classOf = empty.get(table);
  if (classOf === undefined) {
    classOf = Uint16Array.from(table.kind, (kind) => {
      if (kind === unitKind.skipped) return special.skipped;
      return kind === unitKind.leading ? special.leading : 0;
    });
    empty.set(table, classOf);
  }
  return classOf;
}

function classesAsWritten(
  table: FoldTable,
  used: readonly number[],
  expansions: ReadonlyMap<number, Uint16Array>,
): Uint16Array {
  const classOf = emptyClassOf(table).slice();
  used.forEach((folded, position) => {
    for (const unit of table.sources.get(folded) ?? [folded]) {
      if (table.kind[unit] === unitKind.plain) classOf[unit] = position + 1;
    }
  });
  // One with a unit that no term has can be part of no match, and stays 0.
  for (const codePoint of expansions.keys()) {
    if (codePoint < 0x10000) classOf[codePoint] = special.several;
  }
  return classOf;
}
