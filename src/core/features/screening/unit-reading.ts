import {
  fieldSeparator,
  foldBit,
  foldTable,
  isFiller,
  isInvisible,
  isLeading,
  isTrailing,
  tableBits,
} from './folds.ts';
import { lettersByUnit } from './letters.ts';
import type { Triggers } from './stratum.ts';
import { isSentenceEnd } from './tables/index.ts';

/** What holds for all strata of a matcher: the folds that any of its terms has, and what triggers a rewriting. */
export interface Reading {
  readonly bits: number;
  readonly acrossSentences: boolean;
}

const canonicalTables = new Map<string, Int32Array>();

/** How each unit is read before classes are numbered: `-1` passed over, `-2` a break, else the unit it folds to. Kept. */
export function canonicalUnits(reading: Reading): Int32Array {
  const key = `${reading.bits & (tableBits | foldBit.filler | foldBit.invisible)} ${reading.acrossSentences}`;
  let table = canonicalTables.get(key);
  if (table === undefined) {
    table = makeCanonicalUnits(reading);
    canonicalTables.set(key, table);
  }
  return table;
}

function makeCanonicalUnits({ bits, acrossSentences }: Reading): Int32Array {
  const { single, several } = foldTable(bits);
  const canonical = new Int32Array(0x10000);
  const fillers = (bits & foldBit.filler) !== 0;
  const invisible = (bits & foldBit.invisible) !== 0;
  for (let unit = 0; unit < 0x10000; unit += 1) {
    if (unit === fieldSeparator) canonical[unit] = -2;
    else if (isInvisible(unit) && (invisible || (fillers && belongsToEmoji(unit)))) canonical[unit] = -1;
    else if (isSentenceEnd(unit) && fillers && acrossSentences) canonical[unit] = -1;
    else if (fillers && isFiller(unit)) canonical[unit] = -1;
    else if (isTrailing(unit)) canonical[unit] = fillers || invisible ? -1 : -2;
    else if (isLeading(unit)) canonical[unit] = isPassedOver(unit, fillers, invisible) ? -1 : -2;
    else if (several.has(unit)) canonical[unit] = -2;
    else canonical[unit] = single[unit] ?? unit;
  }
  return canonical;
}

/** The units that a text is read as, by a table as `canonicalUnits`; null where it has a character that breaks every match. */
export function readUnits(text: string, readAs: Int32Array): number[] | null {
  const units: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const unit = readAs[text.charCodeAt(at)] ?? -2;
    if (unit === -2) return null;
    if (unit !== -1) units.push(unit);
  }
  return units;
}

/** The second half of the text's first emoji; null where it has none. */
export function pictureIn(text: string): number | null {
  for (let at = 0; at < text.length; at += 1) if (isTrailing(text.charCodeAt(at))) return text.charCodeAt(at);
  return null;
}

/** What joins emoji and says that they are pictures: a part of the filler that an emoji is, invisible elsewhere. */
export function belongsToEmoji(unit: number): boolean {
  return unit === 0x200d || unit === 0xfe0f;
}

/** High surrogates whose characters are emoji and symbols, or invisible: the rest are letters, and no match goes over them. */
export function isPassedOver(high: number, fillers: boolean, invisible: boolean): boolean {
  if (isHalfEmoji(high)) return fillers;
  return high === 0xdb40 && (invisible || fillers);
}

function isHalfEmoji(high: number): boolean {
  return high >= 0xd83c && high <= 0xd83e;
}

/** The folds by which an entity stands for something: a character, a filler, something invisible. */
export const entityFolds = foldBit.width | foldBit.filler | foldBit.invisible;

/** In either case: as a zero the capital is known without the fold of cases. */
export function isLetterO(unit: number): boolean {
  return (unit | 0x20) === 0x6f;
}

const triggerLists = new Map<string, Triggers>();

/** The units that may have to be rewritten. Kept. */
export function triggersOf(reading: Reading): Triggers {
  const bits = reading.bits & (tableBits | foldBit.filler | foldBit.invisible | foldBit.pinyin);
  const key = `${bits} ${reading.acrossSentences}`;
  let list = triggerLists.get(key);
  if (list === undefined) {
    list = {
      triggers: Uint16Array.from(new Set(listTriggers(reading))),
      joined: Uint16Array.from(letters(reading)),
    };
    triggerLists.set(key, list);
  }
  return list;
}

function listTriggers(reading: Reading): number[] {
  const { bits } = reading;
  const { single, several, leading } = foldTable(bits);
  const canonical = canonicalUnits(reading);
  const triggers: number[] = [];
  const mark = (unit: number) => triggers.push(unit);
  for (const codePoint of several.keys()) {
    if (codePoint < 0x10000 && canonical[codePoint] === -2) mark(codePoint);
  }
  const fillers = (bits & foldBit.filler) !== 0;
  // Alone, the half of an emoji is a filler by its unit; that of anything else has to be told from the half of a letter.
  for (let unit = 0xd800; unit < 0xdc00; unit += 1)
    if (leading[unit] === 1 || (fillers && !isHalfEmoji(unit))) mark(unit);
  if (fillers) {
    mark(0x5b);
    mark(0x3c);
  }
  if ((bits & entityFolds) !== 0) mark(0x26);
  if ((bits & foldBit.pinyin) !== 0)
    lettersByUnit().forEach((letter, unit) => {
      if (letter >= 0x61) mark(unit);
    });
  // In a number it is a zero, elsewhere a letter like the others.
  if ((bits & (foldBit.digits | foldBit.pinyin)) !== 0)
    for (let unit = 0; unit < 0x10000; unit += 1) if (isLetterO(single[unit] ?? unit)) mark(unit);
  return triggers;
}

/** The letters that may be pinyin, but for o, each of which may be a zero. */
function letters({ bits }: Reading): number[] {
  if ((bits & foldBit.pinyin) === 0) return [];
  const found: number[] = [];
  lettersByUnit().forEach((letter, unit) => {
    if (letter >= 0x61 && letter <= 0x7a && letter !== 0x6f) found.push(unit);
  });
  return found;
}
