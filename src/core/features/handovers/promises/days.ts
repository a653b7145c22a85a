// Days as `2026-11-27`, counted without clocks: a day is a day in every time zone.

const dayLength = 86_400_000;

const numberOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / dayLength;
const dayOf = (number: number) => new Date(number * dayLength).toISOString().slice(0, 10);

/** The day that many days later; earlier for a negative count. */
export function addDays(day: string, count: number): string {
  return dayOf(numberOf(day) + count);
}

/** Days from one to the other; negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return numberOf(to) - numberOf(from);
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: string): number {
  return ((((numberOf(day) + 3) % 7) + 7) % 7) + 1;
}

/** The Monday of that day's week: weeks begin on Mondays in China (GB/T 7408.1). */
export function mondayOf(day: string): string {
  return addDays(day, 1 - weekdayOf(day));
}

export interface YearMonth {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
}

export function monthOf(day: string): YearMonth {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) };
}

export function plusMonths({ year, month }: YearMonth, count: number): YearMonth {
  const all = year * 12 + month - 1 + count;
  return { year: Math.floor(all / 12), month: (all % 12) + 1 };
}

export function lengthOf({ year, month }: YearMonth): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** That date of that month; null where the month has none. */
export function dateOf({ year, month }: YearMonth, date: number): string | null {
  if (year < 1970 || year > 2199 || month < 1 || month > 12 || date < 1) return null;
  if (date > lengthOf({ year, month })) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** The month's last day. */
export function lastOf(month: YearMonth): string {
  return dateOf(month, lengthOf(month)) ?? '';
}
