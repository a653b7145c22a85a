import { type Stratum, askedWithin, isRun, skeletonAt, unitClass } from '../stratum.ts';
import {
  anchorBits,
  anchorKey,
  anchorSeed,
  fourthBit,
  fourthOf,
  third,
  thirdBit,
  thirdOf,
} from './anchor-keys.ts';
import { blockLength } from './blockwise.ts';
import { chooseAnchors, createPairCosts } from './choose-anchors.ts';
import { chooseAsked } from './choose-asked.ts';
import { writeEntries } from './entries.ts';
import { type PairTable, anchor as anchorIn, createPairTable } from './pair-table.ts';
import { estimateFiner, estimateFrequencies } from './rarity.ts';

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
   * A Bloom filter with one hash over anchors with their third class, where they have one: `pairTable` knows the others. The
   * keys of one anchor share a line of 512 bits, so that asking for all of them costs one miss of the processor's cache.
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
   * By class: 0, or where in this array its runs are, the shortest first: their number, then each as in `run`. Only with
   * `collapse`; without, a run is a pattern like any other.
   */
  readonly runs: Int32Array;
  /** `Finer.classOf`, where there is one. */
  readonly finerOf: Uint16Array | null;
  readonly collapse: boolean;
}

/** Added to a reading: the unit is a candidate whatever stands before it. The same bit as `unitClass.trigger`. */
export const flagged = unitClass.trigger;

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
  const { classOf: finerOf, asked } = stratum.finer ?? { classOf: null, asked: new Uint16Array(0) };
  const ofFiner = finerOf === null ? new Float64Array(0) : estimateFiner(finerOf);

  // Asked of a list of candidates at a time, which hides its misses: room enough that few pass for nothing.
  const lineShift = 32 - (sizeFor(count * 8, 15, 24) - 9);
  const keyBits = new Int32Array(2 ** (32 - lineShift + 9 - 5));
  const bucketShift = 32 - sizeFor(count / 2, 8, 24);
  const bucketStart = new Int32Array(2 ** (32 - bucketShift) + 1);
  const filters = new Int32Array(2 ** (32 - bucketShift));

  const single = new Int32Array(classCount + 1);
  const runs: Run[] = [];
  const keys = new Int32Array(count);
  const fourths = new Int32Array(count);
  const chosen = chooseAnchors(stratum, createPairCosts(stratum, frequencies, ofFiner), frequencies);
  const anchors = new Int32Array(count).fill(-1);
  const pairs = new Uint16Array(count * anchorIn.width);
  let listed = 0;
  const list = (first: number, ofFirst: number, second: number, ofSecond: number, isWhole: boolean) => {
    pairs[listed + anchorIn.first] = first;
    pairs[listed + anchorIn.ofFirst] = ofFirst;
    pairs[listed + anchorIn.second] = second;
    pairs[listed + anchorIn.ofSecond] = ofSecond;
    pairs[listed + anchorIn.isWhole] = Number(isWhole);
    listed += anchorIn.width;
  };
  for (let pattern = 0; pattern < count; pattern += 1) {
    const start = offsets[pattern] ?? 0;
    const end = offsets[pattern + 1] ?? 0;
    if (end === start) continue;
    if (end - start === 1) {
      single[classes[start] ?? 0] = (labels[pattern] ?? 0) + 1;
      continue;
    }
    const within = askedWithin(stratum, start, end);
    const askedAt = (at: number) => (at < within.from || at >= within.behind ? 0 : (asked[at] ?? 0));
    if (collapse && isRun(classes, start, end)) {
      const own = classes[start] ?? 0;
      const [first, last] = [askedAt(start), askedAt(end - 1)];
      runs.push({ own, length: end - start, label: labels[pattern] ?? 0, asked: first | (last << 16) });
      list(own, first, own, last, false);
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
    list(first, askedAt(anchor), second, askedAt(anchor + 1), beside === third.none);
    keys[pattern] = key;
    // The pairs say which patterns are two classes and nothing else.
    if (beside !== third.none) setBit(keyBits, anchorBits(seed, lineShift) ^ thirdBit(beside));
    const bucket = key >>> bucketShift;
    bucketStart[bucket + 1] = (bucketStart[bucket + 1] ?? 0) + 1;
    const fourth = fourthOf(classes, skeletonAt(stratum, start, end), anchor, beside);
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
  const { buckets, entries } = writeEntries(
    stratum,
    { anchors, fourths, asked: chooseAsked(stratum, frequencies, ofFiner) },
    { starts: bucketStart, filters, members },
  );
  const reading = createReading(classOf, single);
  return {
    pairTable: createPairTable(reading, finerOf, pairs.subarray(0, listed)),
    reading,
    joined: stratum.joined.filter(
      (unit) => unit !== 0 && single[(classOf[unit] ?? 0) & unitClass.skipped] === 0,
    ),
    keyBits,
    lineShift,
    buckets,
    bucketShift,
    entries,
    single,
    runs: listRuns(runs, classCount),
    finerOf,
    collapse,
  };
}

/** A run: its length, its label, the finer class that it asks of its first unit, or 0, and 16 bits up of its last one. */
export const run = { length: 0, label: 1, asked: 2, size: 3 } as const;

interface Run {
  readonly own: number;
  readonly length: number;
  readonly label: number;
  readonly asked: number;
}

function listRuns(runs: readonly Run[], classCount: number): Int32Array {
  const byClass = Map.groupBy(runs, ({ own }) => own);
  const table: number[] = Array.from({ length: classCount + 1 }, () => 0);
  for (const [own, list] of byClass) {
    table[own] = table.length;
    table.push(list.length);
    for (const { length, label, asked } of list.toSorted((a, b) => a.length - b.length))
      table.push(length, label, asked);
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

function setBit(bits: Int32Array, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << at);
}
