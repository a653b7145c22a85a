import { foldBit, isLeading } from './folds.ts';
import { type Build, type Layer, LayerBuilder } from './layers.ts';
import { noReading, primaryReading, readingsOf, syllables } from './tables/index.ts';
import { type Reading, canonicalUnits, isPassedOver, triggersOf } from './unit-reading.ts';
import type { Variant } from './variants.ts';

/** Units of rewritten text that stand for a syllable written in letters: private use, which no reading has. */
export const syllableBase = 0xe000;

/** Whether a unit of rewritten text stands for a syllable. */
export function isSyllable(unit: number): boolean {
  return unit >= syllableBase && unit < syllableBase + syllables.length;
}

export interface Strata {
  /**
   * By the letter. Owners below `variants.length` are variants, from there on components. The first one, where there are
   * any, reports the places that may have to be rewritten.
   */
  readonly written: readonly Layer[];
  /** By sound; none where no term has homophones or pinyin. */
  readonly loud: readonly Layer[];
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
  const standard = new LayerBuilder(collapse, { bySound: false, literal: false });
  const literal: number[] = [];
  variants.forEach((variant, index) => {
    const units = hasAstralLetter(variant.units) ? null : readUnits(variant.units, canonical);
    if (units === null || !standard.add(units, index)) literal.push(index);
  });
  components.forEach((parts, index) => {
    const units = readUnits(parts, canonical);
    if (units !== null) standard.add(units, variants.length + index);
  });
  return {
    written: [
      ...standard.finish(canonical, triggersOf(reading), build),
      ...literalLayers(variants, literal, reading, build),
    ],
    loud: loudLayers(variants, bitsOf, reading, build),
  };
}

/** The units that a text is read as; null where it has a character that breaks every match. */
function readUnits(text: string, readAs: Int32Array): number[] | null {
  const units: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const unit = readAs[text.charCodeAt(at)] ?? -2;
    if (unit === -2) return null;
    if (unit !== -1) units.push(unit);
  }
  return units;
}

function hasAstralLetter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (isLeading(unit) && !isPassedOver(unit, true, true)) return true;
  }
  return false;
}

/** For terms of nothing but fillers or with astral letters: nothing visible is passed over. */
function literalLayers(
  variants: readonly Variant[],
  indices: readonly number[],
  reading: Reading,
  build: Build,
): Layer[] {
  if (indices.length === 0) return [];
  const literal = literalUnits(reading);
  const layer = new LayerBuilder(false, { bySound: false, literal: true });
  for (const index of indices) {
    const units = readUnits(variants[index]?.units ?? '', literal);
    if (units !== null) layer.add(units, index);
  }
  return layer.finish(literal, new Uint16Array(0), build);
}

/** As `canonicalUnits`, with what is visible standing for itself, each half of a surrogate pair too. */
function literalUnits({ bits }: Reading): Int32Array {
  const literal = canonicalUnits({ bits: bits & ~foldBit.filler, acrossSentences: false }).slice();
  for (let unit = 0xd800; unit < 0xe000; unit += 1) literal[unit] = unit;
  return literal;
}

/** Most ways in which one term is spelled by the readings of its characters. */
const mostSpellings = 16;

/** By sound; terms with a character that breaks every match of the others are in a layer of their own, as they are by the letter. */
function loudLayers(
  variants: readonly Variant[],
  bitsOf: (term: number) => number,
  reading: Reading,
  build: Build,
): Layer[] {
  const wanted = foldBit.homophones | foldBit.pinyin;
  const canonical = canonicalUnits(reading);
  const standard = new LayerBuilder((reading.bits & foldBit.repeats) !== 0, {
    bySound: true,
    literal: false,
  });
  const broken: number[] = [];
  let any = false;
  variants.forEach((variant, index) => {
    if ((bitsOf(variant.term) & wanted) === 0 || variant.gaps !== null) return;
    const spellings = spellingsOf(variant.units, canonical);
    if (spellings === null) broken.push(index);
    else for (const spelling of spellings) any = standard.add(spelling, index) || any;
  });
  const layers = any ? standard.finish(loudUnits(canonical), new Uint16Array(0), build) : [];
  if (broken.length === 0) return layers;
  const literal = literalUnits(reading);
  const rest = new LayerBuilder(false, { bySound: true, literal: true });
  for (const index of broken) {
    for (const spelling of spellingsOf(variants[index]?.units ?? '', literal) ?? [])
      rest.add(spelling, index);
  }
  return [...layers, ...rest.finish(loudUnits(literal), new Uint16Array(0), build)];
}

/** The units with a syllable for each that has a reading. */
function loudUnits(canonical: Int32Array): Int32Array {
  const primary = primaryReading();
  const readAs = canonical.slice();
  for (let unit = 0; unit < 0x10000; unit += 1) {
    // By the character itself: 零 is read ling, the 0 that it folds to is not.
    const reading = (canonical[unit] ?? -2) < 0 ? noReading : (primary[unit] ?? noReading);
    if (reading !== noReading) readAs[unit] = syllableBase + reading;
  }
  for (let index = 0; index < syllables.length; index += 1)
    readAs[syllableBase + index] = syllableBase + index;
  return readAs;
}

/**
 * How a text with at least two characters that have readings is said, in syllable units; the rest stays as it is. Null where
 * it has a character that breaks every match.
 */
function spellingsOf(text: string, canonical: Int32Array): number[][] | null {
  let results: number[][] = [[]];
  let read = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = canonical[text.charCodeAt(at)] ?? -2;
    if (unit === -2) return null;
    if (unit === -1) continue;
    const readings = readingsOf(text.charCodeAt(at));
    if (readings.length > 0) read += 1;
    const next = readings.length === 0 ? [unit] : readings.map((index) => syllableBase + index);
    const kept = results.length * next.length > mostSpellings ? next.slice(0, 1) : next;
    results = results.flatMap((before) => kept.map((one) => [...before, one]));
  }
  return read < 2 ? [] : results;
}
