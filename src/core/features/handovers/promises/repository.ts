import type { Insertable } from 'kysely';

import type { CalendarDay, HandoverId, Milliseconds, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';
import type { PromiseDecision } from '../model.ts';

export interface StandingDecision {
  readonly decision: PromiseDecision;
  readonly title: string;
  readonly dueDay: CalendarDay | null;
  readonly taker: string | null;
  readonly note: string;
  readonly by: { readonly id: UserId; readonly name: string };
  readonly at: Milliseconds;
}

/** What people decided on promises, by their keys: of each the last word, unless it was taken back. */
export async function selectPromiseDecisions(
  reader: Reader,
  id: HandoverId,
): Promise<ReadonlyMap<string, StandingDecision>> {
  const rows = await reader
    .selectFrom('handover_promises as promise')
    .innerJoin('users', 'users.id', 'promise.decided_by')
    .selectAll('promise')
    .select('users.display_name')
    .where('promise.handover_id', '=', id)
    .orderBy('promise.id')
    .execute();
  const standing = new Map<string, StandingDecision>();
  for (const row of rows) {
    if (row.decision === 'reset') standing.delete(row.promise_key);
    else
      standing.set(row.promise_key, {
        decision: row.decision,
        title: row.title,
        dueDay: row.due_day,
        taker: row.taker,
        note: row.note,
        by: { id: row.decided_by, name: row.display_name },
        at: row.decided_at,
      });
  }
  return standing;
}

export async function insertPromiseDecision(
  writer: Writer,
  row: Insertable<Tables['handover_promises']>,
): Promise<void> {
  await writer.insertInto('handover_promises').values(row).execute();
}
