import type { Milliseconds } from '../../contract/ids.ts';

/** What a day is beyond its weekday: a public holiday, or a weekend day that is worked instead (调休). */
export const dayKinds = ['holiday', 'workday'] as const;
export type DayKind = (typeof dayKinds)[number];

/** A stretch of office hours in minutes of the local day: 540 to 720 is 09:00 to 12:00. */
export interface OfficeHours {
  readonly from: number;
  readonly to: number;
}

/** 09:00–12:00 and 13:00–18:00: the eight hours of the Labour Law §36. */
export const defaultOfficeHours: readonly OfficeHours[] = [
  { from: 540, to: 720 },
  { from: 780, to: 1080 },
];

export interface WorkCalendar {
  /** IANA name. */
  readonly timeZone: string;
  /** In order, without overlap; at least one. */
  readonly officeHours: readonly OfficeHours[];
  /** `2026-02-16` → what it is. Other days are worked from Monday to Friday. */
  readonly days: ReadonlyMap<string, DayKind>;
  /** The years whose holidays are known. In any other year weekends are assumed to be all that is free. */
  readonly years: ReadonlySet<number>;
}

/** A point in time, and the years on the way to it whose holidays nobody has entered: there it may come too early. */
export interface WorkingTime {
  readonly at: Milliseconds;
  readonly assumedYears: readonly number[];
}

const minute = 60_000;
const quarterHour = 15 * minute;
const hour = 60 * minute;
const dayLength = 24 * hour;
/** Ten years of days: a deadline beyond that is a mistake, not a date. */
const mostDays = 3_660;

/** The day and the milliseconds since its midnight, by the clock on that zone's wall. */
export function localTime(at: number, timeZone: string): { readonly day: string; readonly since: number } {
  const wall = at + offsetAt(at, timeZone);
  const midnight = Math.floor(wall / dayLength) * dayLength;
  return { day: dayOf(midnight), since: wall - midnight };
}

/** The local day of a point in time, `2026-11-27`. */
export function localDay(at: number, timeZone: string): string {
  return localTime(at, timeZone).day;
}

/** Whether people work on that day: a make-up workday, or Monday to Friday and no holiday. */
export function isWorkingDay(day: string, calendar: Pick<WorkCalendar, 'days'>): boolean {
  const kind = calendar.days.get(day);
  if (kind !== undefined) return kind === 'workday';
  const weekday = new Date(midnightOf(day)).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/**
 * The moment at which `hours` working hours have passed since `at`. Time outside of office hours doesn't count; zero hours
 * answer `at` itself. Throws RangeError for negative hours, or where ten years don't have so many.
 */
export function addWorkingHours(at: number, hours: number, calendar: WorkCalendar): WorkingTime {
  if (!(hours >= 0)) throw new RangeError(`${hours} is no number of working hours`);
  let left = Math.round(hours * hour);
  if (left === 0) return { at: milliseconds(at), assumedYears: [] };
  const assumed = new Set<number>();
  for (const { day, spans } of daysFrom(at, calendar)) {
    note(day, calendar, assumed);
    for (const [from, to] of spans) {
      const start = Math.max(from, at);
      if (to <= start) continue;
      if (to - start >= left) return { at: milliseconds(start + left), assumedYears: [...assumed] };
      left -= to - start;
    }
  }
  throw new RangeError(`ten years have no ${hours} working hours`);
}

/** Working milliseconds between two moments; 0 where the second is not later. */
export function workingTimeBetween(from: number, until: number, calendar: WorkCalendar): Milliseconds {
  let sum = 0;
  if (until > from) {
    for (const { spans } of daysFrom(from, calendar)) {
      const first = spans[0];
      if (first !== undefined && first[0] >= until) break;
      for (const [start, end] of spans) sum += Math.max(0, Math.min(end, until) - Math.max(start, from));
    }
  }
  return milliseconds(sum);
}

/** Hours of it, as a person counts them. */
export function workingHoursBetween(from: number, until: number, calendar: WorkCalendar): number {
  return workingTimeBetween(from, until, calendar) / hour;
}

/** The moment of that wall clock time: of one that comes twice the first, of one that a clock change skips that of the change. */
export function momentOf(day: string, minuteOfDay: number, timeZone: string): Milliseconds {
  const wall = midnightOf(day) + minuteOfDay * minute;
  // The offset before and after: a day has at most one change, and it is found from either side.
  const earlier = wall - offsetAt(wall - dayLength, timeZone);
  const later = wall - offsetAt(wall + dayLength, timeZone);
  for (const candidate of [earlier, later]) {
    if (candidate + offsetAt(candidate, timeZone) === wall) return milliseconds(candidate);
  }
  let moment = Math.floor(later / quarterHour) * quarterHour;
  while (moment + offsetAt(moment, timeZone) < wall) moment += quarterHour;
  return milliseconds(moment);
}

/** The same day so many months later, or that month's last: 31 January and one month is 28 February. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

function* daysFrom(
  at: number,
  calendar: WorkCalendar,
): Generator<{ readonly day: string; readonly spans: readonly (readonly [number, number])[] }> {
  let midnight = midnightOf(localDay(at, calendar.timeZone));
  for (let count = 0; count < mostDays; count += 1) {
    const day = dayOf(midnight);
    yield {
      day,
      spans: isWorkingDay(day, calendar)
        ? calendar.officeHours.map(({ from, to }) => [
            momentOf(day, from, calendar.timeZone),
            momentOf(day, to, calendar.timeZone),
          ])
        : [],
    };
    midnight += dayLength;
  }
}

function note(day: string, calendar: WorkCalendar, assumed: Set<number>): void {
  const year = Number(day.slice(0, 4));
  if (!calendar.years.has(year)) assumed.add(year);
}

function midnightOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(midnight: number): string {
  return new Date(midnight).toISOString().slice(0, 10);
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Quarter of an hour since 1970 → milliseconds. */
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();
const mostOffsets = 50_000;

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (zone === undefined) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    zone = { format, offsets: new Map() };
    zones.set(timeZone, zone);
  }
  return zone;
}

/** How far that zone's clocks are ahead of UTC, in milliseconds. Remembered by the quarter of an hour, which every change keeps to. */
function offsetAt(at: number, timeZone: string): number {
  const { format, offsets } = zoneOf(timeZone);
  const quarter = Math.floor(at / quarterHour);
  let offset = offsets.get(quarter);
  if (offset === undefined) {
    const start = quarter * quarterHour;
    const parts = format.formatToParts(start);
    const of = (type: Intl.DateTimeFormatPartTypes) =>
      Number(parts.find((part) => part.type === type)?.value ?? 0);
    offset = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - start;
    if (offsets.size >= mostOffsets) offsets.clear();
    offsets.set(quarter, offset);
  }
  return offset;
}

// oxlint-disable-next-line typescript/consistent-type-assertions -- a sum of milliseconds is one; zod stays out of the renderer
const milliseconds = (value: number) => value as Milliseconds;
