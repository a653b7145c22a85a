import { z } from 'zod';

import { NoInput } from '../../contract/common.ts';
import { CalendarDay, Milliseconds } from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';
import { dayKinds } from './model.ts';

export const SpecialDay = z.object({
  day: CalendarDay,
  kind: z.enum(dayKinds),
  name: z.string().trim().max(100).default(''),
});
export type SpecialDay = z.output<typeof SpecialDay>;

const Year = z.number().int().min(2000).max(2100);

export const CalendarYear = z.object({
  year: Year,
  /** `built-in`: as the app knows it; `stored`: kept in this workspace, edited or not; `unknown`: only weekends are free. */
  source: z.enum(['built-in', 'stored', 'unknown']),
  /** Whether the app knows this year's holidays, so that they can be brought in again. */
  importable: z.boolean(),
  days: z.array(SpecialDay),
});
export type CalendarYear = z.output<typeof CalendarYear>;

export const OfficeHoursInput = z
  .array(
    z
      .object({ from: z.number().int().min(0).max(1439), to: z.number().int().min(1).max(1440) })
      .refine(({ from, to }) => from < to, { error: 'ends before it begins' }),
  )
  .min(1)
  .max(6)
  .refine((hours) => hours.every(({ from }, index) => from >= (hours[index - 1]?.to ?? 0)), {
    error: 'in order, without overlap',
  });

export const CalendarView = z.object({
  timeZone: z.string(),
  /** Minutes of the local day. */
  officeHours: z.array(z.object({ from: z.number(), to: z.number() })),
  /** Every year that is known, and those around now, in order. */
  years: z.array(CalendarYear),
  updatedAt: Milliseconds.nullable(),
});
export type CalendarView = z.output<typeof CalendarView>;

export const calendarContract = {
  'calendar.get': procedure({
    kind: 'query',
    permission: 'settings:read',
    input: NoInput,
    output: CalendarView,
  }),
  /** Sets office hours, and the special days of the years that are named: each named year is replaced as a whole. */
  'calendar.save': procedure({
    kind: 'mutation',
    permission: 'settings:manage',
    input: z.object({
      officeHours: OfficeHoursInput,
      years: z
        .array(
          z
            .object({ year: Year, days: z.array(SpecialDay).max(366) })
            .refine(({ year, days }) => days.every(({ day }) => day.startsWith(`${year}-`)), {
              error: 'a day of another year',
            })
            .refine(({ days }) => new Set(days.map(({ day }) => day)).size === days.length, {
              error: 'a day twice',
            }),
        )
        .max(20)
        .default([]),
      /** What the editor saw: a later change by someone else is a conflict. */
      expectedUpdatedAt: Milliseconds.nullable(),
    }),
    output: CalendarView,
  }),
  /** Stores a year's holidays and make-up workdays as the app knows them, in place of what is stored. Refused with `year-unknown` where it doesn't. */
  'calendar.importYear': procedure({
    kind: 'mutation',
    permission: 'settings:manage',
    input: z.object({ year: Year }),
    output: CalendarView,
  }),
  /** Counts working hours, for templates and screens that show what a deadline means. */
  'calendar.addHours': procedure({
    kind: 'query',
    permission: 'settings:read',
    input: z.object({ at: Milliseconds, hours: z.number().min(0).max(2_000) }),
    output: z.object({ at: Milliseconds, assumedYears: z.array(z.number()) }),
  }),
};
