import type { Milliseconds } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';

/** Settings have fixed keys; more rows than this would not be ours. */
const mostSettings = 100;

export async function readSettingRows(reader: Reader): Promise<ReadonlyMap<string, string>> {
  const rows = await reader.selectFrom('settings').select(['key', 'value']).limit(mostSettings).execute();
  return new Map(rows.map((row) => [row.key, row.value]));
}

export async function writeSetting(
  writer: Writer,
  key: string,
  value: string,
  at: Milliseconds,
): Promise<void> {
  await writer
    .insertInto('settings')
    .values({ key, value, updated_at: at })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value, updated_at: at }))
    .execute();
}
