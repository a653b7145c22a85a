import { momentOf } from '../../calendar/model.ts';
import { addDays } from '../promises/index.ts';
import { daysAfter, daysBefore } from './kinds.ts';

/** The days around a last day, in the workspace's time zone. */
export interface SignWindow {
  readonly timeZone: string;
  readonly lastDay: string;
  /** From 90 days before the last day to 30 after it. */
  readonly days: readonly string[];
  /** Midnights of these days, and the one behind the last of them. */
  readonly midnights: Float64Array;
  /** The first moment, and the last one. */
  readonly from: number;
  readonly to: number;
  /** The first moment after the last day. */
  readonly lastDayEnd: number;
}

export function windowAround(lastDay: string, timeZone: string): SignWindow {
  const days = Array.from({ length: daysBefore + 1 + daysAfter }, (_unused, index) =>
    addDays(lastDay, index - daysBefore),
  );
  const midnights = Float64Array.from([...days, addDays(lastDay, daysAfter + 1)], (day) =>
    momentOf(day, 0, timeZone),
  );
  return {
    timeZone,
    lastDay,
    days,
    midnights,
    from: midnights[0] ?? 0,
    to: (midnights.at(-1) ?? 0) - 1,
    lastDayEnd: midnights[daysBefore + 1] ?? 0,
  };
}

/** Which of the window's days a moment falls on; -1 and the number of days beyond it. */
export function dayIndexOf(at: number, { midnights }: SignWindow): number {
  let low = 0;
  let high = midnights.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((midnights[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The day of a moment within the window; the nearest of its days for one beyond. */
export function dayAt(at: number, window: SignWindow): string {
  const index = Math.min(window.days.length - 1, Math.max(0, dayIndexOf(at, window)));
  return window.days[index] ?? window.lastDay;
}
