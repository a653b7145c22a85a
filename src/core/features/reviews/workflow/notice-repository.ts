import type { Insertable } from 'kysely';

import type { Milliseconds, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';

/** Most notices that a list shows. */
const listLimit = 300;

/** What was told before is not told again. */
export async function insertNotices(
  writer: Writer,
  rows: readonly Insertable<Tables['notices']>[],
): Promise<void> {
  if (rows.length === 0) return;
  await writer
    .insertInto('notices')
    .values([...rows])
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}

/** False where it has fired before. */
export async function markFired(writer: Writer, key: string, at: Milliseconds): Promise<boolean> {
  const result = await writer
    .insertInto('fired_deadlines')
    .values({ key, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Newest first. */
export async function selectNotices(reader: Reader, userId: UserId, unreadOnly: boolean) {
  let query = reader
    .selectFrom('notices')
    .leftJoin('reviews', 'reviews.id', 'notices.review_id')
    .leftJoin('approvals', 'approvals.id', 'notices.approval_id')
    .leftJoin('materials', (join) =>
      join.on(({ eb, or, ref }) =>
        or([
          eb('materials.id', '=', ref('reviews.material_id')),
          eb('materials.id', '=', ref('approvals.material_id')),
        ]),
      ),
    )
    .selectAll('notices')
    .select(['materials.id as material_id', 'materials.title'])
    .where('notices.user_id', '=', userId);
  if (unreadOnly) query = query.where('notices.read_at', 'is', null);
  return query.orderBy('notices.at', 'desc').orderBy('notices.id', 'desc').limit(listLimit).execute();
}

export async function countUnread(reader: Reader, userId: UserId): Promise<number> {
  const row = await reader
    .selectFrom('notices')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Answers how many it marked. */
export async function markRead(
  writer: Writer,
  userId: UserId,
  ids: readonly string[] | null,
  at: Milliseconds,
): Promise<number> {
  let query = writer
    .updateTable('notices')
    .set({ read_at: at })
    .where('user_id', '=', userId)
    .where('read_at', 'is', null);
  if (ids !== null) query = query.where('id', 'in', ids.length > 0 ? [...ids] : ['']);
  const result = await query.executeTakeFirst();
  return Number(result.numUpdatedRows);
}
