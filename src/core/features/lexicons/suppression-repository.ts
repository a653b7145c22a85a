import type { Selectable } from 'kysely';

import type { Milliseconds, SuppressionId, UserId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';

export type SuppressionRow = Selectable<Tables['suppressions']> & {
  readonly owner_name: string | null;
  readonly ended_by_name: string | null;
};

/** Most suppressions that a list shows, and that a run heeds: `addSuppression` allows no more active ones. */
export const mostSuppressions = 1_000;

function suppressions(reader: Reader) {
  return reader
    .selectFrom('suppressions as suppression')
    .leftJoin('users as owner', 'owner.id', 'suppression.owner')
    .leftJoin('users as ender', 'ender.id', 'suppression.ended_by')
    .selectAll('suppression')
    .select(['owner.display_name as owner_name', 'ender.display_name as ended_by_name']);
}

/** Those that hold at `now`, or all there ever were; the newest first. */
export async function selectSuppressions(
  reader: Reader,
  activeAt: Milliseconds | null,
): Promise<SuppressionRow[]> {
  let query = suppressions(reader);
  if (activeAt !== null) {
    query = query.where('suppression.ended_at', 'is', null).where('suppression.expires_at', '>', activeAt);
  }
  return query
    .orderBy('suppression.created_at', 'desc')
    .orderBy('suppression.id', 'desc')
    .limit(mostSuppressions)
    .execute();
}

export async function selectSuppression(
  reader: Reader,
  id: SuppressionId,
): Promise<SuppressionRow | undefined> {
  return suppressions(reader).where('suppression.id', '=', id).executeTakeFirst();
}

export async function insertSuppression(
  writer: Writer,
  row: {
    readonly id: SuppressionId;
    readonly definition: string;
    readonly reason: string;
    readonly owner: UserId;
    readonly createdAt: Milliseconds;
    readonly expiresAt: Milliseconds;
  },
): Promise<void> {
  await writer
    .insertInto('suppressions')
    .values({
      id: row.id,
      definition: row.definition,
      reason: row.reason,
      owner: row.owner,
      created_at: row.createdAt,
      expires_at: row.expiresAt,
      ended_at: null,
      ended_by: null,
    })
    .execute();
}

export async function markEnded(
  writer: Writer,
  id: SuppressionId,
  ended: { readonly at: Milliseconds; readonly by: UserId },
): Promise<void> {
  await writer
    .updateTable('suppressions')
    .set({ ended_at: ended.at, ended_by: ended.by })
    .where('id', '=', id)
    .execute();
}
