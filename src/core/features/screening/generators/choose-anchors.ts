import { type Stratum, skeletonAt, unitClass } from '../stratum.ts';
import { anchorKey, anchorSeed, fourthOf, thirdOf } from './anchor-keys.ts';

/**
 * By pattern: the place in `classes` of the two neighbours that it is looked for by. Those that ordinary text has seldom, and
 * rather two that are looked for anyway, by a shorter pattern above all, which has less of a choice: by sound a large
 * lexicon would otherwise name nearly every pair there is. Of what is listed anyway, as words in letters are, the one that fewest
 * patterns have in common with what stands around it.
 *
 * @param costs of the stratum's classes and what is asked of them
 * @param frequencies by class: how often it stands in ordinary text
 */
export function chooseAnchors(stratum: Stratum, costs: PairCosts, frequencies: Float64Array): Int32Array {
  const { classes, offsets } = stratum.patterns;
  const asked = stratum.finer?.asked ?? noneAsked;
  const chosen = new Int32Array(offsets.length - 1);
  const free: number[] = [];
  for (const pattern of byLength(offsets)) {
    // What stands twice at an end are no two neighbours.
    const { from, behind } = skeletonAt(stratum, offsets[pattern] ?? 0, offsets[pattern + 1] ?? 0);
    let best = from;
    let least = Number.POSITIVE_INFINITY;
    for (let at = from; at + 1 < behind; at += 1) {
      const cost = costs.of(classes[at] ?? 0, asked[at] ?? 0, classes[at + 1] ?? 0, asked[at + 1] ?? 0);
      if (cost >= least) continue;
      least = cost;
      best = at;
    }
    chosen[pattern] = best;
    if (best + 1 < behind && costs.isFree(classes[best + 1] ?? 0)) free.push(pattern);
    if (least < Number.POSITIVE_INFINITY)
      costs.list(classes[best] ?? 0, asked[best] ?? 0, classes[best + 1] ?? 0, asked[best + 1] ?? 0);
  }
  spreadOut(stratum, free, costs, frequencies, chosen);
  return chosen;
}

/**
 * Chooses again for these patterns, among the places that cost nothing to list. Letters are few: of a hundred thousand names in pinyin,
 * hundreds begin with the same four, and a text that has those would be compared with all of them.
 */
function spreadOut(
  stratum: Stratum,
  patterns: readonly number[],
  costs: PairCosts,
  frequencies: Float64Array,
  chosen: Int32Array,
): void {
  const { classes, offsets } = stratum.patterns;
  const units = patterns.reduce((sum, own) => sum + (offsets[own + 1] ?? 0) - (offsets[own] ?? 0), 0);
  const shift = 32 - Math.min(24, Math.ceil(Math.log2(4 * units + 2)));
  /** By a hash of an anchor and the two classes that it is told apart by: how many places have them. */
  const crowds = new Uint32Array(2 ** (32 - shift));
  const visit = (pattern: number, onPlace: (at: number, slot: number) => void) => {
    const start = offsets[pattern] ?? 0;
    const end = offsets[pattern + 1] ?? 0;
    const skeleton = skeletonAt(stratum, start, end);
    for (let at = skeleton.from; at + 1 < skeleton.behind; at += 1) {
      if (!costs.isFree(classes[at + 1] ?? 0)) continue;
      const third = thirdOf(classes, start, at, end, frequencies);
      const key = anchorKey(anchorSeed(classes[at] ?? 0, classes[at + 1] ?? 0), third);
      onPlace(at, anchorKey(key, fourthOf(classes, skeleton, at, third)) >>> shift);
    }
  };
  const count = (_at: number, slot: number) => {
    crowds[slot] = (crowds[slot] ?? 0) + 1;
  };
  for (const pattern of patterns) visit(pattern, count);
  for (const pattern of patterns) {
    let least = Number.POSITIVE_INFINITY;
    visit(pattern, (at, slot) => {
      const own = crowds[slot] ?? 0;
      if (own >= least) return;
      least = own;
      chosen[pattern] = at;
    });
  }
}

const noneAsked = new Uint16Array(0);

/** The patterns, the shortest first. */
function byLength(offsets: Int32Array): Int32Array {
  const count = offsets.length - 1;
  const lengthOf = (pattern: number) => (offsets[pattern + 1] ?? 0) - (offsets[pattern] ?? 0);
  const counts: number[] = [];
  for (let pattern = 0; pattern < count; pattern += 1)
    counts[lengthOf(pattern) + 1] = (counts[lengthOf(pattern) + 1] ?? 0) + 1;
  const next: number[] = [];
  for (let length = 0, sum = 0; length < counts.length; length += 1) {
    sum += counts[length] ?? 0;
    next[length] = sum;
  }
  const ordered = new Int32Array(count);
  for (let pattern = 0; pattern < count; pattern += 1) {
    const place = next[lengthOf(pattern)] ?? 0;
    ordered[place] = pattern;
    next[lengthOf(pattern)] = place + 1;
  }
  return ordered;
}

/** What it costs to look for patterns by two neighbouring classes, each with the finer class that is asked of it, or 0. */
export interface PairCosts {
  /** How often the pair is seen in ordinary text, more if it is not looked for so far. */
  of(first: number, ofFirst: number, second: number, ofSecond: number): number;
  /** Whether a pair that ends with this class is listed whatever is looked for. */
  isFree(second: number): boolean;
  /** Says that it is looked for from now on. */
  list(first: number, ofFirst: number, second: number, ofSecond: number): void;
}

/**
 * What it costs to list a pair that would not be listed without this pattern, against looking whether a listed one is this
 * pattern's: nearly all of those have another class beside them, and are told apart by the filter over three.
 */
const listing = 64;

/**
 * The costs of a stratum's pairs.
 *
 * @param frequencies by class: how often it stands in ordinary text
 * @param ofFiner by finer class: the same
 */
export function createPairCosts(
  { classOf }: Stratum,
  frequencies: Float64Array,
  ofFiner: Float64Array,
): PairCosts {
  /** By class: 1 where a unit of it is listed whatever stands before it. */
  const always = new Uint8Array(unitClass.trigger);
  for (const value of classOf) if (value >= unitClass.trigger) always[value & unitClass.skipped] = 1;
  // By a hash: where two pairs share a bit, one of them is taken for listed. That costs little, and no occurrence.
  const listed = new Int32Array(2 ** 17);
  const told = (own: number, asked: number) => (asked === 0 ? own : asked + unitClass.trigger);
  const bitOf = (first: number, second: number) => (Math.imul(first, 0x9e37) + second) & 0x3f_ffff;
  const isSet = (first: number, second: number) => {
    const bit = bitOf(first, second);
    return (((listed[bit >>> 5] ?? 0) >>> bit) & 1) === 1;
  };
  const often = (own: number, asked: number) => (asked === 0 ? frequencies[own] : ofFiner[asked]) ?? 0;
  return {
    of(first, ofFirst, second, ofSecond) {
      const isListed =
        always[second] === 1 ||
        isSet(first, second) ||
        (ofFirst + ofSecond > 0 && isSet(told(first, ofFirst), told(second, ofSecond)));
      return often(first, ofFirst) * often(second, ofSecond) * (isListed ? 1 : listing);
    },
    isFree: (second) => always[second] === 1,
    list(first, ofFirst, second, ofSecond) {
      const bit = bitOf(told(first, ofFirst), told(second, ofSecond));
      listed[bit >>> 5] = (listed[bit >>> 5] ?? 0) | (1 << bit);
    },
  };
}
