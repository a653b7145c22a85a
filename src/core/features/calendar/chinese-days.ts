import { createRequire } from 'node:module';

import { z } from 'zod';

import { SpecialDay } from './contract.ts';

// The State Council's yearly notices on holidays (国务院办公厅关于部分节假日安排的通知), as the package chinese-days collects them. Its code is left
// aside: the data are all we need.

/** `2026-02-16` → `Spring Festival,春节,4`. */
const Days = z.record(z.string(), z.string());
const Data = z.object({ holidays: Days, workdays: Days });

// Not called `require`: the build declares a name of its own like that.
const fromPackages = createRequire(import.meta.url);

let years: ReadonlyMap<number, readonly SpecialDay[]> | null = null;

/** Every year's holidays and make-up workdays that the app ships with, in order of days. */
export function builtInYears(): ReadonlyMap<number, readonly SpecialDay[]> {
  if (years !== null) return years;
  const raw: unknown = fromPackages('chinese-days/dist/chinese-days.json');
  const { holidays, workdays } = Data.parse(raw);
  const byYear = new Map<number, SpecialDay[]>();
  for (const [kind, days] of [
    ['holiday', holidays],
    ['workday', workdays],
  ] as const) {
    for (const [day, names] of Object.entries(days)) {
      const year = Number(day.slice(0, 4));
      const list = byYear.get(year) ?? [];
      list.push(SpecialDay.parse({ day, kind, name: names.split(',')[1] ?? '' }));
      byYear.set(year, list);
    }
  }
  for (const list of byYear.values()) list.sort((a, b) => (a.day < b.day ? -1 : 1));
  years = byYear;
  return years;
}
