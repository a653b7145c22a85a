import { type Stratum, skeletonAt, unitClass } from '../stratum.ts';

/**
 * By pattern: the place in `classes` of the two neighbours that it is looked for by. Those that ordinary text has seldom, and
 * rather two that are looked for anyway, by a shorter pattern above all, which has less of a choice: by sound a large
 * lexicon would otherwise name nearly every pair there is.
 *
 * @param costs of the stratum's classes and what is asked of them
 */
export function chooseAnchors(stratum: Stratum, costs: PairCosts): Int32Array {
  const { classes, offsets } = stratum.patterns;
  const asked = stratum.finer?.asked ?? noneAsked;
  const chosen = new Int32Array(offsets.length - 1);
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
    if (least < Number.POSITIVE_INFINITY)
      costs.list(classes[best] ?? 0, asked[best] ?? 0, classes[best + 1] ?? 0, asked[best + 1] ?? 0);
  }
  return chosen;
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
    list(first, ofFirst, second, ofSecond) {
      const bit = bitOf(told(first, ofFirst), told(second, ofSecond));
      listed[bit >>> 5] = (listed[bit >>> 5] ?? 0) | (1 << bit);
    },
  };
}
