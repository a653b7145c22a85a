import { type Stratum, endsTwice, isRun, unitClass } from '../stratum.ts';
import { blockLength } from './blockwise.ts';
import { chooseAnchors } from './choose-anchors.ts';
import { type PairTable, createPairTable } from './pair-table.ts';
import { estimateFrequencies } from './rarity.ts';

/**
 * What the anchors of a stratum look up, in flat arrays that WebAssembly can take as they are. Each pattern of two classes or
 * more is known by its anchor, its rarest two neighbours, and by one more class beside them where there is one.
 */
export interface ScanTables {
  readonly pairTable: PairTable;
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
   * By the top bits of the key, two numbers: where its entries begin in `entries`, those of a bucket following each other, and
   * a filter over what else stands around their anchors (`fourthBit`), which lies where the place does and spares most looks
   * at entries that are not the text's.
   */
  readonly buckets: Int32Array;
  readonly bucketShift: number;
  /** Groups of entries, of patterns that have the anchor and the third and fourth class in common. */
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
 * A group, in 16 bits each, since what is in no cache costs by its size, the lower half first where there are two: the
 * anchor's two classes, the fourth class (`fourthOf`), how long its entries are. Then those.
 */
export const group = { first: 0, second: 1, fourth: 2, size: 4, header: 6 } as const;

/**
 * An entry: its label, the numbers of classes left and right of the anchor. Then those on the left, from the anchor outwards,
 * and those on the right.
 */
export const entry = { label: 0, left: 2, right: 3, header: 4 } as const;

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

/** What an anchor's hashes begin with, by its two classes. */
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

/** One bit of a bucket's filter, by a fourth class. */
export function fourthBit(fourth: number): number {
  return 1 << (Math.imul(fourth, multiplierC) >>> 27);
}
/** Added to a fourth class that stands beside the third one. */
export const further = 0x40000;
/** Added to the kind of the third class where there is no fourth one. */
export const noFourth = 0x80000;

/** The key of an anchor (by its seed) with a third class, `third.…` added to it. Its top bits are its best. */
export function anchorKey(seed: number, kindAndClass: number): number {
  const mixed = seed ^ Math.imul(kindAndClass, multiplierC);
  return Math.imul(mixed ^ (mixed >>> 15), multiplierD);
}

/** The exponent of the power of two that holds `wanted`, inside `least` and `most`. */
function sizeFor(wanted: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.ceil(Math.log2(Math.max(1, wanted)))));
}

/** Finds each pattern's anchor and puts what is looked up for it into tables. */
export function buildScanTables(stratum: Stratum): ScanTables {
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
  const fourths = new Int32Array(count);
  const chosen = chooseAnchors(stratum, frequencies);
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
    bucketStart[bucket + 1] = (bucketStart[bucket + 1] ?? 0) + 1;
    const behind = collapse && endsTwice(classes, start, end) ? end - 1 : end;
    const fourth = fourthOf(classes, start, anchor, behind, beside);
    fourths[pattern] = fourth;
    filters[bucket] = (filters[bucket] ?? 0) | fourthBit(fourth);
  }
  for (let bucket = 1; bucket < bucketStart.length; bucket += 1) {
    bucketStart[bucket] = (bucketStart[bucket] ?? 0) + (bucketStart[bucket - 1] ?? 0);
  }
  const next = bucketStart.slice();
  const members = new Int32Array(bucketStart[bucketStart.length - 1] ?? 0);
  for (let pattern = 0; pattern < count; pattern += 1) {
    if ((anchors[pattern] ?? -1) < 0) continue;
    const bucket = (keys[pattern] ?? 0) >>> bucketShift;
    members[next[bucket] ?? 0] = pattern;
    next[bucket] = (next[bucket] ?? 0) + 1;
  }
  const firstOf = (pattern: number) => classes[anchors[pattern] ?? 0] ?? 0;
  const secondOf = (pattern: number) => classes[(anchors[pattern] ?? 0) + 1] ?? 0;
  const compare = (a: number, b: number) =>
    firstOf(a) - firstOf(b) || secondOf(a) - secondOf(b) || (fourths[a] ?? 0) - (fourths[b] ?? 0) || a - b;

  const buckets = new Int32Array(bucketStart.length * 2);
  const entries = new Uint16Array(members.length * (group.header + entry.header - 2) + classes.length);
  let used = 0;
  for (let bucket = 0; bucket < filters.length; bucket += 1) {
    buckets[bucket * 2] = used;
    buckets[bucket * 2 + 1] = filters[bucket] ?? 0;
    const own = members.subarray(bucketStart[bucket], bucketStart[bucket + 1]);
    if (own.length > 1) own.sort(compare);
    let head = -1;
    own.forEach((pattern, index) => {
      const previous = own[index - 1] ?? -1;
      const isAlike =
        index > 0 &&
        firstOf(previous) === firstOf(pattern) &&
        secondOf(previous) === secondOf(pattern) &&
        fourths[previous] === fourths[pattern];
      if (!isAlike) {
        head = used;
        entries[head + group.first] = firstOf(pattern);
        entries[head + group.second] = secondOf(pattern);
        putNumber(entries, head + group.fourth, fourths[pattern] ?? 0);
        used += group.header;
      }
      used = putEntry(entries, used, pattern);
      putNumber(entries, head + group.size, used - head - group.header);
    });
  }
  buckets[filters.length * 2] = used;

  function putEntry(into: Uint16Array, at: number, pattern: number): number {
    const anchor = anchors[pattern] ?? 0;
    const start = offsets[pattern] ?? 0;
    const end = offsets[pattern + 1] ?? 0;
    putNumber(into, at + entry.label, labels[pattern] ?? 0);
    into[at + entry.left] = anchor - start;
    into[at + entry.right] = end - anchor - 2;
    let place = at + entry.header;
    for (let left = anchor - 1; left >= start; left -= 1, place += 1) into[place] = classes[left] ?? 0;
    for (let right = anchor + 2; right < end; right += 1, place += 1) into[place] = classes[right] ?? 0;
    return place;
  }

  const reading = createReading(classOf, single);
  return {
    pairTable: createPairTable(reading, frequencies, pairs),
    reading,
    joined: stratum.joined.filter(
      (unit) => unit !== 0 && single[(classOf[unit] ?? 0) & unitClass.skipped] === 0,
    ),
    keyBits,
    lineShift,
    buckets,
    bucketShift,
    entries: entries.slice(0, used),
    single,
    runs: listRuns(runs, classCount),
    collapse,
  };
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

/**
 * The fourth class by which a pattern, `classes[start…end)`, is told from others that have the anchor and the third class in
 * common: the one beside the third, else the one on the anchor's other side, with its kind; else that there is none.
 */
function fourthOf(classes: Uint16Array, start: number, anchor: number, end: number, beside: number): number {
  const left = anchor - start;
  const right = end - anchor - 2;
  const kind = beside & ~0xffff;
  if (kind === third.left) {
    if (left > 1) return further | third.left | (classes[anchor - 2] ?? 0);
    if (right > 0) return third.right | (classes[anchor + 2] ?? 0);
  } else if (kind === third.right) {
    if (right > 1) return further | third.right | (classes[anchor + 3] ?? 0);
    if (left > 0) return third.left | (classes[anchor - 1] ?? 0);
  }
  return noFourth | kind;
}

/** Puts 32 bits, the lower half first. */
function putNumber(into: Uint16Array, at: number, value: number): void {
  into[at] = value;
  into[at + 1] = value >>> 16;
}

function setBit(bits: Int32Array, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << at);
}
