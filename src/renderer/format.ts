import type { Language } from '../core/contract/language.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface Formatters {
  /** 2026-03-31 14:05:09 in the workspace's time zone. */
  dateTime(at: number): string;
  /** 2026-03-31 */
  date(at: number): string;
  /** 14:05 */
  time(at: number): string;
  /** 3 minutes ago; the date when it is more than a week old. */
  age(at: number, now: number): string;
  number(value: number): string;
  percent(share: number): string;
  /** 12.3 MB, in steps of 1,000 as file managers show it. */
  bytes(value: number): string;
  /** 1 h 05 min, 42 s: what is left of a job. */
  duration(milliseconds: number): string;
}

const cache = new Map<string, Formatters>();

/** The formatters of one language and time zone; built once, because Intl's constructors are slow. */
export function createFormatters(language: Language, timeZone: string): Formatters {
  const key = `${language} ${timeZone}`;
  const known = cache.get(key);
  if (known) return known;
  const formatters = build(language, timeZone);
  cache.set(key, formatters);
  return formatters;
}

function build(language: Language, timeZone: string): Formatters {
  // Swedish writes ISO 8601, which both languages' readers sort and copy: the same shape everywhere.
  const dateFormat = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const dateTimeFormat = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const timeFormat = new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short' });
  const numberFormat = new Intl.NumberFormat(language);
  const shortNumber = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const percentFormat = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const unit = (name: string) =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: 0,
    });
  const units = { day: unit('day'), hour: unit('hour'), minute: unit('minute'), second: unit('second') };

  return {
    dateTime: (at) => dateTimeFormat.format(at),
    date: (at) => dateFormat.format(at),
    time: (at) => timeFormat.format(at),
    number: (value) => numberFormat.format(value),
    percent: (share) => percentFormat.format(share),
    age(at, now) {
      const passed = now - at;
      if (passed < minute) return relative.format(0, 'minute');
      if (passed < hour) return relative.format(-Math.floor(passed / minute), 'minute');
      if (passed < day) return relative.format(-Math.floor(passed / hour), 'hour');
      if (passed < 7 * day) return relative.format(-Math.floor(passed / day), 'day');
      return dateFormat.format(at);
    },
    bytes(value) {
      const names = ['B', 'kB', 'MB', 'GB', 'TB'];
      const step = Math.min(names.length - 1, value < 1000 ? 0 : Math.floor(Math.log10(value) / 3));
      return `${shortNumber.format(value / 1000 ** step)} ${names[step]}`;
    },
    duration(milliseconds) {
      const seconds = Math.max(0, Math.round(milliseconds / 1000));
      if (seconds < 60) return units.second.format(seconds);
      const minutes = Math.floor(seconds / 60);
      if (minutes < 60) return `${units.minute.format(minutes)} ${units.second.format(seconds % 60)}`;
      const hours = Math.floor(minutes / 60);
      if (hours < 24) return `${units.hour.format(hours)} ${units.minute.format(minutes % 60)}`;
      return `${units.day.format(Math.floor(hours / 24))} ${units.hour.format(hours % 24)}`;
    },
  };
}

/** The start of a calendar day (`2026-03-31`) in a time zone, as UTC milliseconds. */
export function startOfDay(dayText: string, timeZone: string): number {
  const asIfUtc = Date.parse(`${dayText}T00:00:00Z`);
  // The zone's offset at that moment; asked twice, because the first guess may lie on the other side of a change.
  const guess = asIfUtc - offsetAt(asIfUtc, timeZone);
  return asIfUtc - offsetAt(guess, timeZone);
}

/** The last millisecond of a calendar day in a time zone. */
export function endOfDay(dayText: string, timeZone: string): number {
  const next = new Date(Date.parse(`${dayText}T00:00:00Z`) + day).toISOString().slice(0, 10);
  return startOfDay(next, timeZone) - 1;
}

function offsetAt(at: number, timeZone: string): number {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
    at,
  );
  return Date.parse(`${text.replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
}
