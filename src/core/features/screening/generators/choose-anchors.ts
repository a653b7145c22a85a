import { type Stratum, endsTwice } from '../stratum.ts';
import type { PairCosts } from './listing.ts';

/**
 * By pattern: the place in `classes` of the two neighbours that it is looked for by. Those that ordinary text has seldom, and
 * rather two that are looked for anyway, by a shorter pattern above all, which has less of a choice: by sound a large
 * lexicon would otherwise name nearly every pair there is.
 */
export function chooseAnchors({ patterns, collapse }: Stratum, costs: PairCosts): Int32Array {
  const { classes, offsets } = patterns;
  const chosen = new Int32Array(offsets.length - 1);
  for (const pattern of byLength(offsets)) {
    const start = offsets[pattern] ?? 0;
    const end = offsets[pattern + 1] ?? 0;
    // What stands twice at the end are no two neighbours.
    const behind = collapse && endsTwice(classes, start, end) ? end - 1 : end;
    let best = start;
    let least = Number.POSITIVE_INFINITY;
    for (let at = start; at + 1 < behind; at += 1) {
      const cost = costs.of(classes[at] ?? 0, classes[at + 1] ?? 0);
      if (cost >= least) continue;
      least = cost;
      best = at;
    }
    chosen[pattern] = best;
    if (least < Number.POSITIVE_INFINITY) costs.list(classes[best] ?? 0, classes[best + 1] ?? 0);
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
