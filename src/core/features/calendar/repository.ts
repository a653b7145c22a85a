import type { Milliseconds } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { DayKind } from './model.ts';

interface StoredDay {
  readonly day: string;
  readonly kind: DayKind;
  readonly name: string;
}

/** A hundred years of a dozen holidays. */
const mostDays = 40_000;

export async function selectCalendarDays(reader: Reader): Promise<readonly StoredDay[]> {
  return reader
    .selectFrom('calendar_days')
    .select(['day', 'kind', 'name'])
    .orderBy('day')
    .limit(mostDays)
    .execute();
}

export async function selectCalendarYears(reader: Reader): Promise<readonly number[]> {
  const rows = await reader.selectFrom('calendar_years').select('year').limit(200).execute();
  return rows.map((row) => row.year);
}

export async function selectOfficeHours(
  reader: Reader,
): Promise<{ readonly hours: string; readonly updated_at: Milliseconds } | undefined> {
  return reader.selectFrom('calendar_hours').select(['hours', 'updated_at']).executeTakeFirst();
}

export async function saveOfficeHours(writer: Writer, hours: string, at: Milliseconds): Promise<void> {
  await writer
    .insertInto('calendar_hours')
    .values({ id: 1, hours, updated_at: at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ hours, updated_at: at }))
    .execute();
}

export async function replaceCalendarYear(
  writer: Writer,
  year: number,
  days: readonly StoredDay[],
): Promise<void> {
  await writer
    .deleteFrom('calendar_days')
    .where('day', '>=', `${year}-01-01`)
    .where('day', '<=', `${year}-12-31`)
    .execute();
  await writer
    .insertInto('calendar_years')
    .values({ year })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if (days.length > 0)
    await writer
      .insertInto('calendar_days')
      .values([...days])
      .execute();
}
