import type { CalendarDay } from '../../core/contract/ids.ts';

const isDay = (text: string): text is CalendarDay => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** A day as `format.date` writes it; null for anything else. */
export function toDay(text: string): CalendarDay | null {
  return isDay(text) ? text : null;
}
