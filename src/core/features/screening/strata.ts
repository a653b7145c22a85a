import { fieldSeparator, foldBit, foldTable, isFiller, isInvisible, isLeading, isTrailing } from './folds.ts';
import { type Generator, type Stratum, unitClass } from './stratum.ts';
import { isSentenceEnd, primaryReading, readingsOf, syllables } from './tables/index.ts';
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
}

/** What holds for all strata of a matcher: the folds that any of its terms has, and what triggers a rewriting. */
export interface Reading {
  readonly bits: number;
  readonly acrossSentences: boolean;
}

type Build = (stratum: Stratum) => Generator;

/** How each unit is read before classes are numbered: `-1` passed over, `-2` a break, else the unit it folds to. */
function canonicalUnits({ bits, acrossSentences }: Reading): Int32Array {
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

/** Marks the units that may have to be rewritten. */
function markTriggers(classOf: Uint16Array, { bits }: Reading): void {
  const { single, several, leading } = foldTable(bits);
  const mark = (unit: number) => {
    classOf[unit] = (classOf[unit] ?? 0) | unitClass.trigger;
  };
  for (const codePoint of several.keys()) {
    if (codePoint < 0x10000 && (classOf[codePoint] ?? 0) === unitClass.none) mark(codePoint);
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
}

class PatternList {
  readonly #ids = new Map<string, number>();
  readonly #owners: number[][] = [];
  readonly #texts: string[] = [];

  /** `skeleton` holds a class per unit. */
  add(skeleton: string, owner: number): void {
    const known = this.#ids.get(skeleton);
    if (known === undefined) {
      this.#ids.set(skeleton, this.#texts.length);
      this.#texts.push(skeleton);
      this.#owners.push([owner]);
    } else this.#owners[known]?.push(owner);
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
    return { generator: build(stratum), first, owners: Int32Array.from(this.#owners.flat()) };
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
}

/** The skeleton of a text in classes; null where it has a character that breaks every match. */
function skeletonOf(
  text: string,
  canonical: Int32Array,
  classes: (unit: number) => number,
  collapse: boolean,
): string | null {
  let skeleton = '';
  let previous = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = canonical[text.charCodeAt(at)] ?? -2;
    if (unit === -2) return null;
    if (unit === -1) continue;
    const own = classes(unit);
    if (collapse && own === previous) continue;
    previous = own;
    skeleton += String.fromCharCode(own);
  }
  return skeleton;
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
      : skeletonOf(variant.units, canonical, (unit) => classes.of(unit), collapse);
    if (skeleton === null || skeleton === '') literal.push(index);
    else patterns.add(skeleton, index);
  });
  components.forEach((parts, index) => {
    const skeleton = skeletonOf(parts, canonical, (unit) => classes.of(unit), collapse);
    if (skeleton !== null && skeleton !== '') patterns.add(skeleton, variants.length + index);
  });
  const classOf = Uint16Array.from(canonical, (unit) =>
    unit === -1 ? unitClass.skipped : unit === -2 ? 0 : classes.known(unit),
  );
  markTriggers(classOf, reading);
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
  // A syllable's class is that of the unit that stands for it in rewritten text.
  const sound = (unit: number) => classes.of(unit);
  const patterns = new PatternList();
  variants.forEach((variant, index) => {
    if ((bitsOf(variant.term) & wanted) === 0 || variant.gaps !== null) return;
    for (const spelling of spellingsOf(variant.units, canonical)) {
      let skeleton = '';
      let previous = 0;
      for (const unit of spelling) {
        const own = sound(unit);
        if (collapse && own === previous) continue;
        previous = own;
        skeleton += String.fromCharCode(own);
      }
      patterns.add(skeleton, index);
    }
  });
  if (patterns.size === 0) return null;
  const primary = primaryReading();
  const classOf = Uint16Array.from(canonical, (unit) => {
    if (unit === -1) return unitClass.skipped;
    if (unit === -2) return 0;
    const reading = primary[unit] ?? 0xffff;
    return classes.known(reading === 0xffff ? unit : syllableBase + reading);
  });
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
    const readings = readingsOf(unit);
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
  const canonical = canonicalUnits({ bits: bits & ~foldBit.filler, acrossSentences: false });
  for (let unit = 0xd800; unit < 0xe000; unit += 1) canonical[unit] = unit;
  const classes = new Classes();
  const patterns = new PatternList();
  for (const index of indices) {
    const skeleton = skeletonOf(variants[index]?.units ?? '', canonical, (unit) => classes.of(unit), false);
    if (skeleton !== null && skeleton !== '') patterns.add(skeleton, index);
  }
  if (patterns.size === 0) return null;
  const classOf = Uint16Array.from(canonical, (unit) =>
    unit === -1 ? unitClass.skipped : unit === -2 ? 0 : classes.known(unit),
  );
  return patterns.finish(classOf, classes.count, false, build);
}
