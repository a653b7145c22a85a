import { Milliseconds } from '../../contract/ids.ts';
import { localDay, momentOf } from '../calendar/model.ts';
import type { FactTime } from './records.ts';

// Times as feeds and tables write them.

/** WeCom counts seconds; some exports milliseconds. Before this many seconds (year 2100) a number is one of seconds. */
const lastSecond = 4_102_444_800;
/** WeCom is younger than this (year 2000): an earlier time is none. */
const firstYear = 2000;
const firstMoment = Date.UTC(firstYear, 0, 2);

/** A number of seconds or milliseconds since 1970 as a moment; null where it is none (0 stands for "never"). */
export function momentOfNumber(value: unknown): Milliseconds | null {
  const number = typeof value === 'string' && /^\d{9,13}$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) return null;
  const milliseconds = Math.round(number < lastSecond ? number * 1000 : number);
  const isTime = milliseconds >= firstMoment && milliseconds < lastSecond * 1000;
  return isTime ? Milliseconds.parse(milliseconds) : null;
}

const dateText =
  /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:(?:T|\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/iu;

/**
 * The moment or the day that a text names: `2026-03-02`, `2026/3/2 9:05`, `2026年3月2日`, `20260302`, ISO 8601. Without a zone it
 * is the workspace's time; without a time of day it is that whole day. Null where it is none of these.
 */
export function timeOfText(text: string, timeZone: string): FactTime | null {
  const match = dateText.exec(text.normalize('NFKC').trim());
  if (match === null) return null;
  const [, year = '', month, day, shortMonth, shortDay, hour, minute = '', second = '0', zone] = match;
  const date = dayOfParts(year, month ?? shortMonth ?? '', day ?? shortDay ?? '');
  if (date === null) return null;
  if (hour === undefined) return { at: midnight(date, timeZone), wholeDay: true };
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  if (zone !== undefined) {
    const clock = [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
    const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
    const at = Date.parse(`${date}T${clock}${offset}`);
    return Number.isNaN(at) || at < 0 ? null : { at: Milliseconds.parse(at), wholeDay: false };
  }
  const at = momentOf(date, hours * 60 + minutes, timeZone) + seconds * 1000;
  return { at: Milliseconds.parse(at), wholeDay: false };
}

/** As `timeOfText`, of a text or of a number of seconds or milliseconds. */
export function timeOfValue(value: unknown, timeZone: string): FactTime | null {
  const at = momentOfNumber(value);
  // Eight digits are a day: as seconds they would be one of 1970.
  if (at !== null && !/^\d{8}$/.test(String(value))) return { at, wholeDay: false };
  if (typeof value === 'string') return timeOfText(value, timeZone);
  return typeof value === 'number' && /^\d{8}$/.test(String(value))
    ? timeOfText(String(value), timeZone)
    : null;
}

function dayOfParts(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (Number(year) < firstYear) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

/** Midnight of that day in the zone. */
export function midnight(day: string, timeZone: string): Milliseconds {
  return momentOf(day, 0, timeZone);
}

/** The whole day of a moment. */
export function wholeDayOf(at: Milliseconds, timeZone: string): FactTime {
  return { at: midnight(localDay(at, timeZone), timeZone), wholeDay: true };
}

/** The day in a file's name (`客户-2026-03-01.json`, `roster_20260301.csv`); of several the last. Null: none. */
export function dayInName(fileName: string): string | null {
  const found = fileName
    .normalize('NFKC')
    .matchAll(/(?<!\d)(\d{4})(?:([-_.年])(\d{1,2})[-_.月](\d{1,2})|(\d{2})(\d{2}))(?!\d)/gu);
  let last: string | null = null;
  for (const [, year = '', , month, day, shortMonth = '', shortDay = ''] of found) {
    const text = dayOfParts(year, month ?? shortMonth, day ?? shortDay);
    if (text !== null) last = text;
  }
  return last;
}
