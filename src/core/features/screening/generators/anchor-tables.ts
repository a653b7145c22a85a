import { type Stratum, endsTwice, isRun, unitClass } from '../stratum.ts';
import { blockLength } from './blockwise.ts';
import { chooseAnchors } from './choose-anchors.ts';
import { type PairCosts, createListing, createPairCosts } from './listing.ts';
import { type PairTable, createPairTable } from './pair-table.ts';
import { estimateFrequencies } from './rarity.ts';

/** What the strata's anchors look up, in flat arrays that WebAssembly can take as they are. */
export interface ScanTables {
  readonly pairTable: PairTable;
  readonly strata: readonly AnchorTables[];
}

/**
 * What the anchors of one stratum look up. Each pattern of two classes or more is known by its anchor, its rarest two
 * neighbours, and by one more class beside them where there is one.
 */
export interface AnchorTables {
  /** By unit: its class or `skipped`, plus `flagged` where it is a trigger or the class is a pattern by itself. */
  readonly reading: Uint16Array;
  /** Those of the stratum's that need no look behind another: no patterns by themselves, nor 0, which stands for nothing before a block. */
  readonly joined: Uint16Array;
  /**
   * A Bloom filter with one hash over anchors with their third class. The keys of one anchor share a line of 512 bits, so
   * that asking for all of them costs one miss of the processor's cache.
   */
  readonly keyBits: Int32Array;
  readonly lineShift: number;
  /**
   * Where two strata share a pass: a Bloom filter with one hash over the anchors' two classes, for what is listed for the
   * other stratum. Nothing otherwise.
   */
  readonly pairBits: Int32Array;
  readonly pairShift: number;
  /**
   * By the top bits of the key, two numbers: where its entries begin in `entries`, those of a bucket following each other, and
   * a filter over what else stands around their anchors (`fourthBit`), which lies where the place does and spares most looks
   * at entries that are not the text's.
   */
  readonly buckets: Int32Array;
  readonly bucketShift: number;
  /** Entries: `entry.header` numbers, then the classes around the anchor. */
  readonly entries: Uint16Array;
  /** By class: one more than the label of the pattern that is this class alone, or 0. */
  readonly single: Int32Array;
  /**
   * By class: 0, or where in this array its runs are, the shortest first: their number, then the length and the label of
   * each. Only with `collapse`; without, a run is a pattern like any other.
   */
  readonly runs: Int32Array;
  readonly collapse: boolean;
}

/** Added to a reading: the unit is a candidate whatever stands before it. The same bit as `unitClass.trigger`. */
export const flagged = unitClass.trigger;

/**
 * An entry, in 16 bits each, since what is in no cache costs by its size: its label (the lower half first), the anchor's two
 * classes, the numbers of classes left and right of the anchor. Then those on the left, from the anchor outwards, and those
 * on the right.
 */
export const entry = { label: 0, first: 2, second: 3, left: 4, right: 5, header: 6 } as const;

/**
 * Which class beside the anchor is in the key. Part of the key, so that the kinds never meet; never 0, or the key would
 * repeat what chose the line.
 */
export const third = { none: 0x30000, right: 0x10000, left: 0x20000 } as const;

// Odd constants whose products mix well: 2^32 over the golden ratio, and those of MurmurHash3 and xxHash.
const multiplierA = 0x9e3779b1;
const multiplierB = 0x85ebca6b;
const multiplierC = 0xc2b2ae35;
const multiplierD = 0x27d4eb2f;

export function anchorSeed(first: number, second: number): number {
  return Math.imul(first, multiplierA) ^ Math.imul(second, multiplierB);
}

/** The place of an anchor's bits (by its seed): all in a line, and told apart by `thirdBit`. */
export function anchorBits(seed: number, lineShift: number): number {
  const mixed = Math.imul(seed ^ (seed >>> 15), multiplierD);
  return ((mixed >>> lineShift) << 9) | ((mixed >>> 4) & 0x1ff);
}

/** By the third class, `third.…` added to it: what turns `anchorBits` into the bit, by exclusive or. */
export function thirdBit(kindAndClass: number): number {
  return Math.imul(kindAndClass, multiplierC) >>> 23;
}

/** An anchor's bit in `pairBits`, by its seed. */
export function pairBit(seed: number, pairShift: number): number {
  return Math.imul(seed, multiplierD) >>> pairShift;
}

/**
 * One bit of a bucket's filter, by a fourth class of a pattern: the one further out than the third where there is one, else the one
 * on the anchor's other side, `third.…` added to it and `further` where it is further out. The lowest bit is for those that have none.
 */
export function fourthBit(kindAndClass: number): number {
  return 1 << (Math.imul(kindAndClass, multiplierC) >>> 27);
}
/** Added to a fourth class that stands beside the third one. */
export const further = 0x40000;
/** In a bucket's filter: a pattern of no more than three classes. */
export const noFourth = 1;

/** The key of an anchor (by its seed) with a third class, `third.…` added to it. Its top bits are its best. */
export function anchorKey(seed: number, kindAndClass: number): number {
  const mixed = seed ^ Math.imul(kindAndClass, multiplierC);
  return Math.imul(mixed ^ (mixed >>> 15), multiplierD);
}

/** The exponent of the power of two that holds `wanted`, inside `least` and `most`. */
function sizeFor(wanted: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.ceil(Math.log2(Math.max(1, wanted)))));
}

/** @param strata one, or two that can share a pass (`canShare`) */
export function buildScanTables(strata: readonly Stratum[]): ScanTables {
  const listing = createListing(strata);
  const always = new Uint8Array(unitClass.trigger);
  for (const { classOf } of strata) {
    classOf.forEach((value, unit) => {
      if (value >= unitClass.trigger) always[listing.classOf[unit] ?? 0] = 1;
    });
  }
  const costs = createPairCosts(listing, always);
  // The coarser one first: it has less of a choice.
  const built = strata
    .map((stratum, index) => ({ stratum, index }))
    .toReversed()
    .map(({ stratum, index }) => buildAnchorTables(stratum, costs[index] ?? nothingKnown))
    .toReversed();
  const listed = built.map(({ tables: { reading }, anchors }) => ({ reading, anchors }));
  return {
    pairTable: createPairTable(listing, listed),
    strata: built.map(({ tables, anchors }) =>
      strata.length === 1 ? tables : { ...tables, ...createPairBits(anchors) },
    ),
  };
}

function createPairBits(anchors: readonly number[]): Pick<AnchorTables, 'pairBits' | 'pairShift'> {
  const size = sizeFor(anchors.length * 8, 12, 20);
  const pairBits = new Int32Array(2 ** (size - 5));
  for (let at = 0; at < anchors.length; at += 2)
    setBit(pairBits, pairBit(anchorSeed(anchors[at] ?? 0, anchors[at + 1] ?? 0), 32 - size));
  return { pairBits, pairShift: 32 - size };
}

const nothingKnown: PairCosts = { of: () => 0, list: () => undefined };

/** A stratum's tables, and its anchors: two classes each, one behind the other. */
function buildAnchorTables(
  stratum: Stratum,
  costs: PairCosts,
): { readonly tables: AnchorTables; readonly anchors: readonly number[] } {
  const { classOf, patterns, collapse } = stratum;
  const { classes, offsets, labels, classCount } = patterns;
  const count = labels.length;
  const frequencies = estimateFrequencies(classOf, classCount);

  // Asked of a list of candidates at a time, which hides its misses: room enough that few pass for nothing.
  const lineShift = 32 - (sizeFor(count * 16, 15, 24) - 9);
  const keyBits = new Int32Array(2 ** (32 - lineShift + 9 - 5));
  const bucketShift = 32 - sizeFor(count / 2, 8, 24);
  const bucketStart = new Int32Array(2 ** (32 - bucketShift) + 1);
  const filters = new Int32Array(2 ** (32 - bucketShift));

  const single = new Int32Array(classCount + 1);
  const runs: Run[] = [];
  const keys = new Int32Array(count);
  const chosen = chooseAnchors(stratum, costs);
  const anchors = new Int32Array(count).fill(-1);
  /** Two classes each. */
  const pairs: number[] = [];
  for (let pattern = 0; pattern < count; pattern += 1) {
    const start = offsets[pattern] ?? 0;
    const end = offsets[pattern + 1] ?? 0;
    if (end === start) continue;
    if (end - start === 1) {
      single[classes[start] ?? 0] = (labels[pattern] ?? 0) + 1;
      continue;
    }
    if (collapse && isRun(classes, start, end)) {
      const own = classes[start] ?? 0;
      runs.push({ own, length: end - start, label: labels[pattern] ?? 0 });
      pairs.push(own, own);
      continue;
    }
    // Longer than any block: where it may stand, the automaton reads.
    if (end - start > blockLength) continue;
    const anchor = chosen[pattern] ?? start;
    const first = classes[anchor] ?? 0;
    const second = classes[anchor + 1] ?? 0;
    const seed = anchorSeed(first, second);
    const beside = thirdOf(classes, start, anchor, end, frequencies);
    const key = anchorKey(seed, beside);
    anchors[pattern] = anchor;
    pairs.push(first, second);
    keys[pattern] = key;
    setBit(keyBits, anchorBits(seed, lineShift) ^ thirdBit(beside));
    const bucket = key >>> bucketShift;
    bucketStart[bucket + 1] = (bucketStart[bucket + 1] ?? 0) + entry.header + end - start - 2;
    const behind = collapse && endsTwice(classes, start, end) ? end - 1 : end;
    filters[bucket] = (filters[bucket] ?? 0) | fourthOf(classes, start, anchor, behind, beside);
  }
  for (let bucket = 1; bucket < bucketStart.length; bucket += 1) {
    bucketStart[bucket] = (bucketStart[bucket] ?? 0) + (bucketStart[bucket - 1] ?? 0);
  }

  const buckets = new Int32Array(bucketStart.length * 2);
  bucketStart.forEach((place, bucket) => {
    buckets[bucket * 2] = place;
    buckets[bucket * 2 + 1] = filters[bucket] ?? 0;
  });
  const next = bucketStart.slice();
  const entries = new Uint16Array(bucketStart[bucketStart.length - 1] ?? 0);
  for (let pattern = 0; pattern < count; pattern += 1) {
    const anchor = anchors[pattern] ?? -1;
    if (anchor < 0) continue;
    const start = offsets[pattern] ?? 0;
    const end = offsets[pattern + 1] ?? 0;
    const bucket = (keys[pattern] ?? 0) >>> bucketShift;
    let place = next[bucket] ?? 0;
    const label = labels[pattern] ?? 0;
    entries[place + entry.label] = label;
    entries[place + entry.label + 1] = label >>> 16;
    entries[place + entry.first] = classes[anchor] ?? 0;
    entries[place + entry.second] = classes[anchor + 1] ?? 0;
    entries[place + entry.left] = anchor - start;
    entries[place + entry.right] = end - anchor - 2;
    place += entry.header;
    for (let at = anchor - 1; at >= start; at -= 1, place += 1) entries[place] = classes[at] ?? 0;
    for (let at = anchor + 2; at < end; at += 1, place += 1) entries[place] = classes[at] ?? 0;
    next[bucket] = place;
  }
  const reading = createReading(classOf, single);
  const tables: AnchorTables = {
    reading,
    joined: stratum.joined.filter(
      (unit) => unit !== 0 && single[(classOf[unit] ?? 0) & unitClass.skipped] === 0,
    ),
    keyBits,
    lineShift,
    pairBits: new Int32Array(0),
    pairShift: 0,
    buckets,
    bucketShift,
    entries,
    single,
    runs: listRuns(runs, classCount),
    collapse,
  };
  return { tables, anchors: pairs };
}

interface Run {
  readonly own: number;
  readonly length: number;
  readonly label: number;
}

function listRuns(runs: readonly Run[], classCount: number): Int32Array {
  const byClass = Map.groupBy(runs, ({ own }) => own);
  const table: number[] = Array.from({ length: classCount + 1 }, () => 0);
  for (const [own, list] of byClass) {
    table[own] = table.length;
    table.push(list.length);
    for (const { length, label } of list.toSorted((a, b) => a.length - b.length)) table.push(length, label);
  }
  return Int32Array.from(table);
}

function createReading(classOf: Uint16Array, single: Int32Array): Uint16Array {
  const reading = classOf.slice();
  if (single.every((group) => group === 0)) return reading;
  for (let unit = 0; unit < reading.length; unit += 1) {
    const value = reading[unit] ?? 0;
    if ((single[value & unitClass.skipped] ?? 0) !== 0) reading[unit] = value | flagged;
  }
  return reading;
}

/** The rarer one of the classes beside an anchor, with its kind. */
function thirdOf(
  classes: Uint16Array,
  start: number,
  anchor: number,
  end: number,
  frequencies: Float64Array,
): number {
  const hasLeft = anchor > start;
  const hasRight = anchor + 2 < end;
  if (!hasLeft && !hasRight) return third.none;
  const left = classes[anchor - 1] ?? 0;
  const right = classes[anchor + 2] ?? 0;
  const takesLeft = hasLeft && (!hasRight || (frequencies[left] ?? 0) < (frequencies[right] ?? 0));
  return takesLeft ? third.left | left : third.right | right;
}

/** The bit of a bucket's filter for a pattern, `classes[start…end)`, whose anchor has this third class. */
function fourthOf(classes: Uint16Array, start: number, anchor: number, end: number, beside: number): number {
  const left = anchor - start;
  const right = end - anchor - 2;
  const isLeft = (beside & ~0xffff) === third.left;
  if (beside === third.none) return noFourth;
  if (isLeft && left > 1) return fourthBit(further | third.left | (classes[anchor - 2] ?? 0));
  if (!isLeft && right > 1) return fourthBit(further | third.right | (classes[anchor + 3] ?? 0));
  if (isLeft && right > 0) return fourthBit(third.right | (classes[anchor + 2] ?? 0));
  if (!isLeft && left > 0) return fourthBit(third.left | (classes[anchor - 1] ?? 0));
  return noFourth;
}

function setBit(bits: Int32Array, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << at);
}
