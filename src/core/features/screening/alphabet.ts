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
  const folded = terms.map(({ text: written }, index) => {
    let text = foldByBits(written, bits);
    // A field never holds its separator, so such a term could only ever match across fields.
    if (text.includes(String.fromCharCode(fieldSeparator))) text = '';
    for (let at = 0; at < text.length; at += 1)
      counts[text.charCodeAt(at)] = (counts[text.charCodeAt(at)] ?? 0) + 1;
    if (text.length === 1) alone[text.charCodeAt(0)] = 1;
    offsets[index + 1] = (offsets[index] ?? 0) + text.length;
    return text;
  });
  const used: number[] = [];
  counts.forEach((count, unit) => {
    if (count > 0) used.push(unit);
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
    classOf: classesAsWritten(table, classes, expansions),
    expansions,
    loud: firstAlone < 0 ? special.first : firstAlone + 1,
    patterns: { classes: patternClasses, offsets, classCount: used.length },
  };
}

function expansionClasses(table: FoldTable, classes: Uint16Array): Map<number, Uint16Array> {
  const result = new Map<number, Uint16Array>();
  for (const [codePoint, text] of table.several) {
    const own = new Uint16Array(text.length);
    for (let at = 0; at < text.length; at += 1) own[at] = classes[text.charCodeAt(at)] ?? 0;
    if (!own.includes(0)) result.set(codePoint, own);
  }
  return result;
}

function classesAsWritten(
  table: FoldTable,
  classes: Uint16Array,
  expansions: ReadonlyMap<number, Uint16Array>,
): Uint16Array {
  const classOf = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) {
    switch (table.kind[unit] ?? unitKind.plain) {
      case unitKind.plain:
        classOf[unit] = classes[table.single[unit] ?? unit] ?? 0;
        break;
      case unitKind.skipped:
        classOf[unit] = special.skipped;
        break;
      case unitKind.several:
        // With a unit that no term has, it can be part of no match.
        classOf[unit] = expansions.has(unit) ? special.several : 0;
        break;
      default:
        classOf[unit] = special.leading;
        break;
    }
  }
  classOf[fieldSeparator] = 0;
  return classOf;
}
