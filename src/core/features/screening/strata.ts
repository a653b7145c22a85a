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
import { type Generator, type Stratum, unitClass } from './stratum.ts';
import { isSentenceEnd, noReading, primaryReading, readingsOf, syllables } from './tables/index.ts';
import type { Variant } from './variants.ts';

/** Units of rewritten text that stand for a syllable written in letters: private use, which no reading has. */
export const syllableBase = 0xe000;

/** Whether a unit of rewritten text stands for a syllable. */
export function isSyllable(unit: number): boolean {
  return unit >= syllableBase && unit < syllableBase + syllables.length;
}

/** A stratum with what its patterns stand for. */
export interface Layer {
  readonly generator: Generator;
  /** By pattern: `owners[first[p]]` up to `owners[first[p + 1]]`, positions in the list of variants (or components). */
  readonly first: Int32Array;
  readonly owners: Int32Array;
  /** By owner: how many of its units are in the pattern's first run; negative where that run is all of it. */
  readonly runs: Int32Array;
  readonly classOf: Uint16Array;
}

/** A text in classes, a class per unit, and how many units its first run has. */
interface Skeleton {
  readonly classes: string;
  readonly run: number;
}

function skeletonFrom(classes: readonly number[], collapse: boolean): Skeleton {
  let skeleton = '';
  let previous = 0;
  for (const own of classes) {
    if (collapse && own === previous) continue;
    previous = own;
    skeleton += String.fromCharCode(own);
  }
  const other = collapse ? classes.findIndex((own) => own !== classes[0]) : Math.min(1, classes.length);
  const run = other < 0 ? -classes.length : other;
  return { classes: skeleton, run };
}

/** What holds for all strata of a matcher: the folds that any of its terms has, and what triggers a rewriting. */
export interface Reading {
  readonly bits: number;
  readonly acrossSentences: boolean;
}

type Build = (stratum: Stratum) => Generator;

const canonicalTables = new Map<string, Int32Array>();

/** How each unit is read before classes are numbered: `-1` passed over, `-2` a break, else the unit it folds to. Kept. */
function canonicalUnits(reading: Reading): Int32Array {
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
    else if (invisible && isInvisible(unit)) canonical[unit] = -1;
    else if (isSentenceEnd(unit) && fillers && acrossSentences) canonical[unit] = -1;
    else if (fillers && isFiller(unit)) canonical[unit] = -1;
    else if (isTrailing(unit)) canonical[unit] = fillers || invisible ? -1 : -2;
    else if (isLeading(unit)) canonical[unit] = isPassedOver(unit, fillers, invisible) ? -1 : -2;
    else if (several.has(unit)) canonical[unit] = -2;
    else canonical[unit] = single[unit] ?? unit;
  }
  return canonical;
}

/** High surrogates whose characters are emoji and symbols, or invisible: the rest are letters, and no match goes over them. */
function isPassedOver(high: number, fillers: boolean, invisible: boolean): boolean {
  if (high >= 0xd83c && high <= 0xd83e) return fillers;
  return high === 0xdb40 && invisible;
}

const triggerLists = new Map<number, Uint16Array>();

/** The units that may have to be rewritten. Kept. */
function triggersOf(reading: Reading): Uint16Array {
  const key = reading.bits & (tableBits | foldBit.filler | foldBit.pinyin);
  let list = triggerLists.get(key);
  if (list === undefined) {
    list = Uint16Array.from(new Set(listTriggers(reading)));
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
  for (let unit = 0xd800; unit < 0xdc00; unit += 1) if (leading[unit] === 1) mark(unit);
  if ((bits & foldBit.filler) !== 0) {
    mark(0x3c);
    mark(0x26);
  }
  const letters = (bits & foldBit.pinyin) !== 0;
  const zeros = (bits & foldBit.digits) !== 0;
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const plain = single[unit] ?? unit;
    if (plain < 0x61 || plain > 0x7a) continue;
    if (letters || (zeros && plain === 0x6f)) mark(unit);
  }
  return triggers;
}

class PatternList {
  readonly #ids = new Map<string, number>();
  readonly #owners: number[][] = [];
  readonly #runs: number[][] = [];
  readonly #texts: string[] = [];

  add({ classes, run }: Skeleton, owner: number): void {
    if (classes === '') return;
    const known = this.#ids.get(classes);
    if (known === undefined) {
      this.#ids.set(classes, this.#texts.length);
      this.#texts.push(classes);
      this.#owners.push([owner]);
      this.#runs.push([run]);
    } else {
      this.#owners[known]?.push(owner);
      this.#runs[known]?.push(run);
    }
  }

  get size(): number {
    return this.#texts.length;
  }

  finish(classOf: Uint16Array, classCount: number, collapse: boolean, build: Build): Layer {
    const offsets = new Int32Array(this.#texts.length + 1);
    this.#texts.forEach((text, index) => {
      offsets[index + 1] = (offsets[index] ?? 0) + text.length;
    });
    const classes = new Uint16Array(offsets.at(-1) ?? 0);
    let at = 0;
    for (const text of this.#texts) {
      for (let unit = 0; unit < text.length; unit += 1) classes[at + unit] = text.charCodeAt(unit);
      at += text.length;
    }
    const first = new Int32Array(this.#texts.length + 1);
    this.#owners.forEach((owners, index) => {
      first[index + 1] = (first[index] ?? 0) + owners.length;
    });
    const stratum: Stratum = { classOf, patterns: { classes, offsets, classCount }, collapse };
    return {
      generator: build(stratum),
      first,
      owners: Int32Array.from(this.#owners.flat()),
      runs: Int32Array.from(this.#runs.flat()),
      classOf,
    };
  }
}

class Classes {
  readonly #byUnit = new Uint16Array(0x10000);
  count = 0;

  of(unit: number): number {
    let own = this.#byUnit[unit] ?? 0;
    if (own === 0) {
      this.count += 1;
      if (this.count > unitClass.most) {
        throw new RangeError(`The terms have more than ${unitClass.most} different characters.`);
      }
      own = this.count;
      this.#byUnit[unit] = own;
    }
    return own;
  }

  known(unit: number): number {
    return this.#byUnit[unit] ?? 0;
  }

  /** What each unit of a text is read as. */
  table(canonical: Int32Array): Uint16Array {
    const classOf = new Uint16Array(0x10000);
    for (let unit = 0; unit < 0x10000; unit += 1) {
      const own = canonical[unit] ?? -2;
      if (own === -1) classOf[unit] = unitClass.skipped;
      else if (own >= 0) classOf[unit] = this.#byUnit[own] ?? 0;
    }
    return classOf;
  }
}

/** The skeleton of a text; null where it has a character that breaks every match. */
function skeletonOf(
  text: string,
  canonical: Int32Array,
  classes: Classes,
  collapse: boolean,
): Skeleton | null {
  const own: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const unit = canonical[text.charCodeAt(at)] ?? -2;
    if (unit === -2) return null;
    if (unit !== -1) own.push(classes.of(unit));
  }
  return skeletonFrom(own, collapse);
}

export interface Strata {
  /** Owners below `variants.length` are variants, from there on components. */
  readonly standard: Layer;
  /** By sound; null where no term has homophones or pinyin. */
  readonly loud: Layer | null;
  /** For terms of nothing but fillers or with astral letters: nothing visible is passed over; null where there are none. */
  readonly literal: Layer | null;
}

/** Numbers the classes and builds the generators for these variants, and for the components that may have to be rewritten. */
export function createStrata(
  variants: readonly Variant[],
  bitsOf: (term: number) => number,
  components: readonly string[],
  reading: Reading,
  build: Build,
): Strata {
  const collapse = (reading.bits & foldBit.repeats) !== 0;
  const canonical = canonicalUnits(reading);
  const classes = new Classes();
  const patterns = new PatternList();
  const literal: number[] = [];
  variants.forEach((variant, index) => {
    const skeleton = hasAstralLetter(variant.units)
      ? null
      : skeletonOf(variant.units, canonical, classes, collapse);
    if (skeleton === null || skeleton.classes === '') literal.push(index);
    else patterns.add(skeleton, index);
  });
  components.forEach((parts, index) => {
    const skeleton = skeletonOf(parts, canonical, classes, collapse);
    if (skeleton !== null) patterns.add(skeleton, variants.length + index);
  });
  const classOf = classes.table(canonical);
  for (const unit of triggersOf(reading)) classOf[unit] = (classOf[unit] ?? 0) | unitClass.trigger;
  return {
    standard: patterns.finish(classOf, classes.count, collapse, build),
    loud: createLoud(variants, bitsOf, canonical, collapse, build),
    literal: createLiteral(variants, literal, reading, build),
  };
}

function hasAstralLetter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (isLeading(unit) && !isPassedOver(unit, true, true)) return true;
  }
  return false;
}

/** Most ways in which one term is spelled by the readings of its characters. */
const mostSpellings = 16;

function createLoud(
  variants: readonly Variant[],
  bitsOf: (term: number) => number,
  canonical: Int32Array,
  collapse: boolean,
  build: Build,
): Layer | null {
  const wanted = foldBit.homophones | foldBit.pinyin;
  const classes = new Classes();
  const patterns = new PatternList();
  variants.forEach((variant, index) => {
    if ((bitsOf(variant.term) & wanted) === 0 || variant.gaps !== null) return;
    for (const spelling of spellingsOf(variant.units, canonical)) {
      patterns.add(
        skeletonFrom(
          spelling.map((unit) => classes.of(unit)),
          collapse,
        ),
        index,
      );
    }
  });
  if (patterns.size === 0) return null;
  const primary = primaryReading();
  const classOf = classes.table(canonical);
  for (let unit = 0; unit < 0x10000; unit += 1) {
    // By the character itself: 零 is read ling, the 0 that it folds to is not.
    const reading = (canonical[unit] ?? -2) < 0 ? noReading : (primary[unit] ?? noReading);
    if (reading !== noReading) classOf[unit] = classes.known(syllableBase + reading);
  }
  for (let index = 0; index < syllables.length; index += 1) {
    classOf[syllableBase + index] = classes.known(syllableBase + index);
  }
  return patterns.finish(classOf, classes.count, collapse, build);
}

/** How a text with at least two characters that have readings is said, in syllable units; the rest stays as it is. */
function spellingsOf(text: string, canonical: Int32Array): number[][] {
  let results: number[][] = [[]];
  let read = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = canonical[text.charCodeAt(at)] ?? -2;
    if (unit === -2) return [];
    if (unit === -1) continue;
    const readings = readingsOf(text.charCodeAt(at));
    if (readings.length > 0) read += 1;
    const next = readings.length === 0 ? [unit] : readings.map((index) => syllableBase + index);
    const kept = results.length * next.length > mostSpellings ? next.slice(0, 1) : next;
    results = results.flatMap((before) => kept.map((one) => [...before, one]));
  }
  return read < 2 ? [] : results;
}

function createLiteral(
  variants: readonly Variant[],
  indices: readonly number[],
  { bits }: Reading,
  build: Build,
): Layer | null {
  if (indices.length === 0) return null;
  const canonical = canonicalUnits({ bits: bits & ~foldBit.filler, acrossSentences: false }).slice();
  for (let unit = 0xd800; unit < 0xe000; unit += 1) canonical[unit] = unit;
  const classes = new Classes();
  const patterns = new PatternList();
  for (const index of indices) {
    const skeleton = skeletonOf(variants[index]?.units ?? '', canonical, classes, false);
    if (skeleton !== null) patterns.add(skeleton, index);
  }
  if (patterns.size === 0) return null;
  return patterns.finish(classes.table(canonical), classes.count, false, build);
}
