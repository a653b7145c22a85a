import type { CalendarDay } from '../../../core/contract/ids.ts';
import { toDay } from '../../components/calendar-day.ts';

const dayLength = 86_400_000;

/** The day so many days away; null for what is no day. */
export function addDays(day: string, count: number): CalendarDay | null {
  return toDay(new Date(Date.parse(`${day}T00:00:00Z`) + count * dayLength).toISOString().slice(0, 10));
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** The days of a month (from 1) in rows of a week, from Monday; null beside the month. */
export function weeksOf(year: number, month: number): readonly (readonly (CalendarDay | null)[])[] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const cells: (CalendarDay | null)[] = Array.from({ length: weekdayOf(first) }, () => null);
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  for (let date = 0; date < count; date += 1) cells.push(addDays(first, date));
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_each, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Where a key leads to from a day of the year; null where the key is none of the calendar's. Stays within the year. */
export function dayAfterKey(key: string, day: CalendarDay): CalendarDay | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -7,
    ArrowDown: 7,
    Home: -weekdayOf(day),
    End: 6 - weekdayOf(day),
  };
  const step = steps[key];
  const month = key === 'PageUp' ? -1 : key === 'PageDown' ? 1 : 0;
  if (step === undefined && month === 0) return null;
  const target = step === undefined ? sameDate(day, month) : addDays(day, step);
  return target !== null && target.slice(0, 4) === day.slice(0, 4) ? target : day;
}

/** The same date of another month, or that month's last. */
function sameDate(day: string, months: number): CalendarDay | null {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return toDay(new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10));
}
