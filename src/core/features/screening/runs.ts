import { isFiller, isInvisible, isLeading, isTrailing } from './folds.ts';
import { unitClass } from './stratum.ts';
import { isSentenceEnd } from './tables/index.ts';
import type { View } from './view.ts';

/** A run is followed no further than this: repetition for its own sake says nothing more. */
export const longestRun = 256;

/** The class of a view's unit, `unitClass.skipped` where it is passed over; 0 for what is in no pattern. */
export function classAt(view: View, at: number, classOf: Uint16Array): number {
  return (classOf[view.units[at] ?? 0] ?? 0) & unitClass.skipped;
}

/** The place of the unit with which a run of `count` units begins, given its last one; -1 where there are not as many. */
export function startOfRun(view: View, last: number, count: number, classOf: Uint16Array): number {
  const wanted = classAt(view, last, classOf);
  let at = last;
  let left = count - 1;
  for (let seen = 0; left > 0 && at > view.from && seen < longestRun; seen += 1) {
    at -= 1;
    if (classAt(view, at, classOf) === wanted) left -= 1;
    else if (!isPassable(view.units[at] ?? 0)) return -1;
  }
  return left === 0 ? at : -1;
}

function isPassable(unit: number): boolean {
  return isInvisible(unit) || isFiller(unit) || isLeading(unit) || isTrailing(unit) || isSentenceEnd(unit);
}
