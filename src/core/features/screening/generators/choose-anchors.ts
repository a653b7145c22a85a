import { type Stratum, endsTwice, unitClass } from '../stratum.ts';

/**
 * What it costs to list a pair that would not be listed without this pattern, against looking whether a listed one is this
 * pattern's: nearly all of those have another class beside them, and are told apart by the filter over three.
 */
const listing = 16;

/**
 * By pattern: the place in `classes` of the two neighbours that it is looked for by. Those that ordinary text
 * has seldom, and rather two that are looked for anyway, by a shorter pattern above all, which has less of a choice: by
 * sound a large lexicon would otherwise name nearly every pair there is.
 *
 * @param frequencies by class, how often it stands in ordinary text
 */
export function chooseAnchors(
  { classOf, patterns, collapse }: Stratum,
  frequencies: Float64Array,
): Int32Array {
  const { classes, offsets } = patterns;
  const chosen = new Int32Array(offsets.length - 1);
  // By a hash: where two pairs share a bit, one of them is taken for listed. That costs little, and no occurrence.
  const listed = new Int32Array(2 ** 17);
  const always = new Uint8Array(unitClass.trigger);
  for (const value of classOf) if (value >= unitClass.trigger) always[value & unitClass.skipped] = 1;

  for (const pattern of byLength(offsets)) {
    const start = offsets[pattern] ?? 0;
    const end = offsets[pattern + 1] ?? 0;
    let best = start;
    let bestBit = 0;
    let least = Number.POSITIVE_INFINITY;
    // What stands twice at the end are no two neighbours.
    const behind = collapse && endsTwice(classes, start, end) ? end - 1 : end;
    for (let at = start; at + 1 < behind; at += 1) {
      const first = classes[at] ?? 0;
      const second = classes[at + 1] ?? 0;
      const bit = (Math.imul(first, 0x9e37) + second) & 0x3f_ffff;
      const isListed = always[second] === 1 || (((listed[bit >>> 5] ?? 0) >>> bit) & 1) === 1;
      const cost = (frequencies[first] ?? 0) * (frequencies[second] ?? 0) * (isListed ? 1 : listing);
      if (cost >= least) continue;
      least = cost;
      best = at;
      bestBit = bit;
    }
    chosen[pattern] = best;
    listed[bestBit >>> 5] = (listed[bestBit >>> 5] ?? 0) | (1 << bestBit);
  }
  return chosen;
}

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
