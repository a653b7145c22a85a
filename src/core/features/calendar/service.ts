import { AppError } from '../../contract/errors.ts';
import { type Handlers, type SignedIn, requireUser } from '../../contract/handlers.ts';
import { Milliseconds } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import { recordAudit } from '../audit/index.ts';
import { readSettings } from '../settings/index.ts';
import { builtInYears } from './chinese-days.ts';
import { type CalendarView, type calendarContract, OfficeHoursInput, SpecialDay } from './contract.ts';
import {
  type OfficeHours,
  type WorkCalendar,
  addWorkingHours,
  defaultOfficeHours,
  localDay,
} from './model.ts';
import {
  replaceCalendarYear,
  saveOfficeHours,
  selectCalendarDays,
  selectCalendarYears,
  selectOfficeHours,
} from './repository.ts';

interface Stored {
  readonly officeHours: readonly OfficeHours[];
  readonly updatedAt: Milliseconds | null;
  /** The years that are kept in the workspace, and in place of those that the app knows. */
  readonly stored: ReadonlyMap<number, readonly SpecialDay[]>;
}

async function readStored(reader: Reader): Promise<Stored> {
  const hours = await selectOfficeHours(reader);
  const stored = new Map<number, SpecialDay[]>();
  for (const year of await selectCalendarYears(reader)) stored.set(year, []);
  for (const row of await selectCalendarDays(reader)) {
    stored.get(Number(row.day.slice(0, 4)))?.push(SpecialDay.parse(row));
  }
  return {
    officeHours: hours === undefined ? defaultOfficeHours : OfficeHoursInput.parse(JSON.parse(hours.hours)),
    updatedAt: hours?.updated_at ?? null,
    stored,
  };
}

/** The calendar that deadlines are counted by now. */
export async function readCalendar(reader: Reader): Promise<WorkCalendar> {
  const { officeHours, stored } = await readStored(reader);
  const { timeZone } = await readSettings(reader);
  const years = new Map([...builtInYears(), ...stored]);
  return {
    timeZone,
    officeHours,
    days: new Map([...years.values()].flatMap((days) => days.map(({ day, kind }) => [day, kind] as const))),
    years: new Set(years.keys()),
  };
}

export interface CalendarFeature {
  readonly handlers: Handlers<typeof calendarContract>;
}

/** Office hours, holidays and make-up workdays. */
export function createCalendarFeature(services: Services): CalendarFeature {
  const { connection, clock } = services;

  async function view(reader: Reader): Promise<CalendarView> {
    const { officeHours, updatedAt, stored } = await readStored(reader);
    const { timeZone } = await readSettings(reader);
    const builtIn = builtInYears();
    const now = Number(localDay(clock.now(), timeZone).slice(0, 4));
    const years = new Set([...builtIn.keys(), ...stored.keys(), now, now + 1]);
    return {
      timeZone,
      officeHours: [...officeHours],
      updatedAt,
      years: [...years]
        .toSorted((a, b) => a - b)
        .map((year) => ({
          year,
          source: stored.has(year) ? 'stored' : builtIn.has(year) ? 'built-in' : 'unknown',
          importable: builtIn.has(year),
          days: [...(stored.get(year) ?? builtIn.get(year) ?? [])],
        })),
    };
  }

  async function change(
    user: SignedIn,
    action: string,
    details: Readonly<Record<string, string | number>>,
    work: (writer: Writer, before: Stored, at: Milliseconds) => Promise<void>,
  ): Promise<CalendarView> {
    const after = await connection.query.transaction().execute(async (writer) => {
      const before = await readStored(writer);
      // Later than the change before it, also within one millisecond: `expectedUpdatedAt` tells two states apart by it.
      await work(writer, before, Milliseconds.parse(Math.max(clock.now(), (before.updatedAt ?? 0) + 1)));
      await recordAudit(writer, clock, user, {
        action,
        recordKind: 'calendar',
        recordId: 'workspace',
        before: audited(before),
        after: audited(await readStored(writer)),
        details,
      });
      return view(writer);
    });
    services.emit({ type: 'changed', topics: ['calendar', 'audit'] });
    return after;
  }

  return {
    handlers: {
      'calendar.get': () => view(connection.query),
      async 'calendar.save'({ officeHours, years, expectedUpdatedAt }, context) {
        const details = { years: years.map(({ year }) => year).join(',') };
        return change(requireUser(context), 'calendar.save', details, async (writer, before, at) => {
          if (before.updatedAt !== expectedUpdatedAt) {
            throw new AppError(
              'conflict',
              'Somebody changed the calendar meanwhile. Look at it again, then change it.',
            );
          }
          for (const { year, days } of years) await replaceCalendarYear(writer, year, days);
          await saveOfficeHours(writer, JSON.stringify(officeHours), at);
        });
      },
      async 'calendar.importYear'({ year }, context) {
        const days = builtInYears().get(year);
        if (days === undefined) {
          throw new AppError(
            'year-unknown',
            `The app doesn't know the holidays of ${year}. Enter them from the State Council's notice, or update the app.`,
            { year },
          );
        }
        return change(requireUser(context), 'calendar.importYear', { year }, async (writer, before, at) => {
          await replaceCalendarYear(writer, year, days);
          await saveOfficeHours(writer, JSON.stringify(before.officeHours), at);
        });
      },
      async 'calendar.addHours'({ at, hours }) {
        const { at: then, assumedYears } = addWorkingHours(at, hours, await readCalendar(connection.query));
        return { at: then, assumedYears: [...assumedYears] };
      },
    },
  };
}

function audited({ officeHours, stored }: Stored): Record<string, unknown> {
  return { officeHours, years: [...stored].map(([year, days]) => ({ year, days })) };
}
