import type { Insertable } from 'kysely';

import type { HandoverId, Milliseconds, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';

export interface Dismissal {
  readonly reason: string;
  readonly by: { readonly id: UserId; readonly name: string };
  readonly at: Milliseconds;
}

/**
 * The findings that are dismissed now, signs and those of procedure, by their keys: of each the last word counts. None where no
 * handover is opened.
 */
export async function selectDismissals(
  reader: Reader,
  id: HandoverId | null,
): Promise<ReadonlyMap<string, Dismissal>> {
  if (id === null) return new Map();
  const rows = await reader
    .selectFrom('handover_dismissals as dismissal')
    .innerJoin('users', 'users.id', 'dismissal.decided_by')
    .select([
      'dismissal.finding_key',
      'dismissal.dismissed',
      'dismissal.reason',
      'dismissal.decided_by',
      'dismissal.decided_at',
      'users.display_name',
    ])
    .where('dismissal.handover_id', '=', id)
    .orderBy('dismissal.id')
    .execute();
  const standing = new Map<string, Dismissal>();
  for (const row of rows) {
    if (row.dismissed === 0) standing.delete(row.finding_key);
    else
      standing.set(row.finding_key, {
        reason: row.reason,
        by: { id: row.decided_by, name: row.display_name },
        at: row.decided_at,
      });
  }
  return standing;
}

export async function insertDismissal(
  writer: Writer,
  row: Insertable<Tables['handover_dismissals']>,
): Promise<void> {
  await writer.insertInto('handover_dismissals').values(row).execute();
}
