import { CalendarDay, type ConversationId, type Milliseconds } from '../../../contract/ids.ts';
import { type WorkCalendar, isWorkingDay, localDay } from '../../calendar/model.ts';
import { addDays } from '../promises/index.ts';
import type { ContinuityRow, ContinuityView } from './contract.ts';
import type { ContinuityState } from './model.ts';

/** What the archive and the feeds show of a customer whom somebody took over. */
export interface TakenOver {
  readonly customer: { readonly id: string; readonly name: string };
  readonly taker: string;
  /** The takeover, or the end of the leaver's last day where no record gives a time. */
  readonly since: Milliseconds;
  readonly contactedAt: Milliseconds | null;
  /** The first word of the customer after the taker's. */
  readonly answeredAt: Milliseconds | null;
  readonly complainedAt: Milliseconds | null;
  readonly leftAt: Milliseconds | null;
  readonly conversationId: ConversationId | null;
}

export interface ContinuityRules {
  readonly lastDay: CalendarDay;
  readonly workingDays: number;
  readonly calendar: WorkCalendar;
  readonly now: number;
}

export interface ContinuityFilter {
  readonly states: readonly ContinuityState[];
  readonly complained: boolean;
  readonly taker: string | null;
  readonly query: string;
  readonly offset: number;
  readonly limit: number;
}

const mostWeeks = 26;

/**
 * Judges every customer by whether the taker wrote within so many working days after the takeover, and counts week by week. The day
 * of the takeover is day zero: with one working day, the next one is in time. Pure.
 */
export function assessContinuity(
  customers: readonly TakenOver[],
  rules: ContinuityRules,
  filter: ContinuityFilter,
): Omit<ContinuityView, 'unseenTakers'> {
  const { lastDay, workingDays, calendar, now } = rules;
  const assumed = new Set<number>();
  const dueDays = new Map<string, CalendarDay>();
  const today = localDay(now, calendar.timeZone);

  function dueOf(since: number): CalendarDay {
    const from = localDay(since, calendar.timeZone);
    let due = dueDays.get(from);
    if (due === undefined) {
      due = workingDaysAfter(from, workingDays, calendar, assumed);
      dueDays.set(from, due);
    }
    return due;
  }

  const rows = customers.map((customer): ContinuityRow => {
    const dueDay = dueOf(customer.since);
    const contacted =
      customer.contactedAt === null ? null : localDay(customer.contactedAt, calendar.timeZone);
    return { ...customer, dueDay, state: stateOf(customer, contacted, dueDay, today) };
  });
  const totals = {
    customers: rows.length,
    answered: 0,
    contacted: 0,
    late: 0,
    waiting: 0,
    missed: 0,
    left: 0,
    complained: rows.filter(({ complainedAt }) => complainedAt !== null).length,
  };
  for (const { state } of rows) totals[state] += 1;
  const found = rows.filter((row) => passes(row, filter)).toSorted(byUrgency);
  return {
    lastDay,
    workingDays,
    assumedYears: [...assumed].toSorted((a, b) => a - b),
    totals,
    weeks: weeksOf(rows, lastDay, today, calendar.timeZone),
    total: found.length,
    rows: found.slice(filter.offset, filter.offset + filter.limit),
  };
}

/** The last day in time; years of which no holidays are known are noted. */
function workingDaysAfter(
  from: string,
  count: number,
  calendar: WorkCalendar,
  assumed: Set<number>,
): CalendarDay {
  let day = from;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    const year = Number(day.slice(0, 4));
    if (!calendar.years.has(year)) assumed.add(year);
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return CalendarDay.parse(day);
}

function stateOf(
  { answeredAt, leftAt }: TakenOver,
  contacted: string | null,
  due: string,
  today: string,
): ContinuityState {
  if (leftAt !== null) return 'left';
  if (contacted === null) return today <= due ? 'waiting' : 'missed';
  if (contacted > due) return 'late';
  return answeredAt === null ? 'contacted' : 'answered';
}

function passes(row: ContinuityRow, { states, complained, taker, query }: ContinuityFilter): boolean {
  if (states.length > 0 && !states.includes(row.state)) return false;
  if (complained && row.complainedAt === null) return false;
  if (taker !== null && row.taker !== taker) return false;
  const wanted = query.trim().toLowerCase();
  return wanted === '' || `${row.customer.id}\n${row.customer.name}`.toLowerCase().includes(wanted);
}

/** What asks for somebody to do something first. */
const urgency: readonly ContinuityState[] = ['missed', 'waiting', 'late', 'left', 'contacted', 'answered'];

function byUrgency(one: ContinuityRow, other: ContinuityRow): number {
  return (
    urgency.indexOf(one.state) - urgency.indexOf(other.state) ||
    (one.dueDay < other.dueDay ? -1 : one.dueDay > other.dueDay ? 1 : 0) ||
    (one.customer.id < other.customer.id ? -1 : 1)
  );
}

function weeksOf(
  rows: readonly ContinuityRow[],
  lastDay: string,
  today: string,
  timeZone: string,
): ContinuityView['weeks'] {
  const days = rows.map((row) => {
    const dayOf = (at: number | null) => (at === null ? null : localDay(at, timeZone));
    return {
      since: dayOf(row.since),
      contacted: dayOf(row.contactedAt),
      answered: dayOf(row.answeredAt),
      left: dayOf(row.leftAt),
      complained: dayOf(row.complainedAt),
    };
  });
  const weeks: ContinuityView['weeks'] = [];
  for (let index = 0; index < mostWeeks; index += 1) {
    const from = addDays(lastDay, 1 + 7 * index);
    if (from > today) break;
    const to = addDays(from, 6);
    // Somebody may have been contacted before the record of the takeover came.
    const own = days.filter(({ since }) => since !== null && since <= to);
    const count = (of: 'contacted' | 'answered' | 'left' | 'complained') =>
      own.filter((each) => (each[of] ?? '9') <= to).length;
    weeks.push({
      from: CalendarDay.parse(from),
      to: CalendarDay.parse(to),
      customers: own.length,
      contacted: count('contacted'),
      answered: count('answered'),
      left: count('left'),
      complained: count('complained'),
    });
  }
  return weeks;
}
