import { describe, expect, it } from 'vitest';

import type { CalendarDay } from '../../../core/contract/ids.ts';
import { toDay } from '../../components/calendar-day.ts';
import { dayAfterKey, weekdayOf, weeksOf } from './year-of.ts';

function day(text: string): CalendarDay {
  const found = toDay(text);
  if (found === null) throw new Error(text);
  return found;
}

describe('a month of the calendar', () => {
  it('has each of its days once, under its weekday', () => {
    for (const [year, month, count] of [
      [2026, 2, 28],
      [2028, 2, 29],
      [2026, 11, 30],
      [2026, 6, 30],
    ] as const) {
      const weeks = weeksOf(year, month);
      const days = weeks.flat().filter((each) => each !== null);
      expect(days).toHaveLength(count);
      for (const week of weeks) {
        expect(week).toHaveLength(7);
        week.forEach((each, weekday) => each !== null && expect(weekdayOf(each)).toBe(weekday));
      }
    }
  });
});

describe('the keys of the calendar', () => {
  it.each([
    ['ArrowRight', '2026-01-31', '2026-02-01'],
    ['ArrowUp', '2026-02-03', '2026-01-27'],
    ['Home', '2026-11-27', '2026-11-23'],
    ['End', '2026-11-27', '2026-11-29'],
    ['PageDown', '2026-01-31', '2026-02-28'],
    ['PageUp', '2026-03-31', '2026-02-28'],
    // The year's ends hold.
    ['ArrowRight', '2026-12-31', '2026-12-31'],
    ['PageUp', '2026-01-15', '2026-01-15'],
  ])('%s leads from %s to %s', (key, from, to) => {
    expect(dayAfterKey(key, day(from))).toBe(to);
  });

  it('leave other keys alone', () => {
    expect(dayAfterKey('Tab', day('2026-01-15'))).toBeNull();
  });
});
