import type { Insertable } from 'kysely';

import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';

export async function readFrontier(
  reader: Reader,
): Promise<{ size: number; hashes: Uint8Array } | undefined> {
  return reader.selectFrom('audit_frontier').select(['size', 'hashes']).executeTakeFirst();
}

export async function writeFrontier(writer: Writer, size: number, hashes: Uint8Array): Promise<void> {
  await writer
    .insertInto('audit_frontier')
    .values({ id: 1, size, hashes })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ size, hashes }))
    .execute();
}

export async function insertEvent(writer: Writer, row: Insertable<Tables['audit_events']>): Promise<void> {
  await writer.insertInto('audit_events').values(row).execute();
}
