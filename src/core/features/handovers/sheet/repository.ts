import type { Insertable } from 'kysely';

import type { Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';

/** Rows of one statement: SQLite takes some 32,000 values. */
const rowsAtOnce = 2_000;

export async function insertExplanations(
  writer: Writer,
  rows: readonly Insertable<Tables['handover_explanations']>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await writer
      .insertInto('handover_explanations')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute();
}

export async function insertAssignments(
  writer: Writer,
  rows: readonly Insertable<Tables['handover_assignments']>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await writer
      .insertInto('handover_assignments')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute();
}
