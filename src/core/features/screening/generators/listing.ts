import { type Stratum, unitClass } from '../stratum.ts';
import { estimateFrequencies } from './rarity.ts';

/**
 * What the pass over a text tells units apart by, to list where anchors may be. For one stratum its own classes. For two of
 * which the second is the coarser one, by sound, the second one's, and where that has none those of the first: whatever the
 * first one looks for is then listed by its sound, mostly for both at once, and one pass does for two.
 */
export interface Listing {
  /** By unit: 0, a class, or `skipped`. */
  readonly classOf: Uint16Array;
  readonly classCount: number;
  /** By class: how often it stands in ordinary text. */
  readonly frequencies: Float64Array;
  /** By stratum: which of these classes the units of its own have; null: the same. */
  readonly spreads: readonly (Spread | null)[];
}

/** By a stratum's class `c`: `classes[offsets[c]]` up to `classes[offsets[c + 1]]`. */
export interface Spread {
  readonly offsets: Int32Array;
  readonly classes: Uint16Array;
  /** By the stratum's class: how often it stands in ordinary text. */
  readonly frequencies: Float64Array;
}

/** Whether one pass does for both: they skip the same units, and there are numbers enough for their classes. */
export function canShare(first: Stratum, second: Stratum): boolean {
  if (first.collapse !== second.collapse) return false;
  if (first.patterns.classCount + second.patterns.classCount > unitClass.most) return false;
  for (let unit = 0; unit < first.classOf.length; unit += 1)
    if (isSkipped(first.classOf[unit] ?? 0) !== isSkipped(second.classOf[unit] ?? 0)) return false;
  return true;
}

function isSkipped(value: number): boolean {
  return (value & unitClass.skipped) === unitClass.skipped;
}

/** @param strata one, or two that can share a pass */
export function createListing(strata: readonly Stratum[]): Listing {
  const [first, second] = strata;
  if (first === undefined) throw new RangeError('There is nothing to look for.');
  const ownOf = new Uint16Array(first.classOf.length);
  for (let unit = 0; unit < ownOf.length; unit += 1)
    ownOf[unit] = (first.classOf[unit] ?? 0) & unitClass.skipped;
  if (second === undefined) {
    const { classCount } = first.patterns;
    const frequencies = estimateFrequencies(ownOf, classCount);
    return { classOf: ownOf, classCount, frequencies, spreads: [null] };
  }
  const coarse = second.patterns.classCount;
  const classCount = coarse + first.patterns.classCount;
  const classOf = new Uint16Array(ownOf.length);
  for (let unit = 0; unit < classOf.length; unit += 1) {
    const own = ownOf[unit] ?? 0;
    const listed = (second.classOf[unit] ?? 0) & unitClass.skipped;
    classOf[unit] = listed === unitClass.none && own !== unitClass.none ? coarse + own : listed;
  }
  const frequencies = estimateFrequencies(classOf, classCount);
  return {
    classOf,
    classCount,
    frequencies,
    spreads: [spreadOf(ownOf, first.patterns.classCount, classOf), null],
  };
}

function spreadOf(ownOf: Uint16Array, classCount: number, listedOf: Uint16Array): Spread {
  const listed = Array.from({ length: classCount + 1 }, () => new Set<number>());
  for (let unit = 0; unit < ownOf.length; unit += 1) {
    const own = ownOf[unit] ?? 0;
    if (own !== unitClass.none && own !== unitClass.skipped) listed[own]?.add(listedOf[unit] ?? 0);
  }
  const offsets = new Int32Array(classCount + 2);
  listed.forEach((classes, own) => {
    offsets[own + 1] = (offsets[own] ?? 0) + classes.size;
  });
  return {
    offsets,
    classes: Uint16Array.from(listed.flatMap((classes) => [...classes])),
    frequencies: estimateFrequencies(ownOf, classCount),
  };
}

/** Tells each of the listing's classes that a stratum's class may be listed by. */
export function forEachListed(spread: Spread | null, own: number, tell: (listed: number) => void): void {
  if (spread === null) {
    tell(own);
    return;
  }
  const last = spread.offsets[own + 1] ?? 0;
  for (let at = spread.offsets[own] ?? 0; at < last; at += 1) tell(spread.classes[at] ?? 0);
}

/**
 * What it costs to list a pair that would not be listed without this pattern, against looking whether a listed one is this
 * pattern's: nearly all of those have another class beside them, and are told apart by the filter over three.
 */
const listing = 16;

/** What it costs to look for patterns by two neighbouring classes. */
export interface PairCosts {
  /** How often the pair is seen in ordinary text, more if it is not looked for so far. */
  of(first: number, second: number): number;
  /** Says that it is looked for from now on. */
  list(first: number, second: number): void;
}

/**
 * The costs for each stratum of a listing, which know of each other's pairs.
 *
 * @param always by the listing's class: 1 where a unit of it is listed whatever stands before it
 */
export function createPairCosts({ frequencies, spreads }: Listing, always: Uint8Array): PairCosts[] {
  // By a hash: where two pairs share a bit, one of them is taken for listed. That costs little, and no occurrence.
  const listed = new Int32Array(2 ** 17);
  const bitOf = (first: number, second: number) => (Math.imul(first, 0x9e37) + second) & 0x3f_ffff;
  const isListed = (first: number, second: number) => {
    const bit = bitOf(first, second);
    return always[second] === 1 || (((listed[bit >>> 5] ?? 0) >>> bit) & 1) === 1;
  };
  const seldom = (first: number, second: number) => (frequencies[first] ?? 0) * (frequencies[second] ?? 0);
  const costOf = (first: number, second: number) =>
    seldom(first, second) * (isListed(first, second) ? 1 : listing);
  const list = (first: number, second: number) => {
    const bit = bitOf(first, second);
    listed[bit >>> 5] = (listed[bit >>> 5] ?? 0) | (1 << bit);
  };
  return spreads.map((spread) => {
    if (spread === null) return { of: costOf, list };
    const { frequencies: own } = spread;
    const forEachPair = (first: number, second: number, tell: (first: number, second: number) => void) => {
      forEachListed(spread, first, (one) => forEachListed(spread, second, (other) => tell(one, other)));
    };
    return {
      of(first, second) {
        let sum = (own[first] ?? 0) * (own[second] ?? 0);
        forEachPair(first, second, (one, other) => {
          if (!isListed(one, other)) sum += seldom(one, other) * listing;
        });
        return sum;
      },
      list: (first, second) => forEachPair(first, second, list),
    };
  });
}
