import type { Insertable, Selectable } from 'kysely';

import type { SavedViewId, UserId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';

/** Most saved views of one user that are listed. */
const viewLimit = 500;

export async function selectViews(
  reader: Reader,
  userId: UserId,
): Promise<readonly Selectable<Tables['saved_views']>[]> {
  return reader
    .selectFrom('saved_views')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('name')
    .limit(viewLimit)
    .execute();
}

/** False where the user has a view of this name. */
export async function insertView(writer: Writer, row: Insertable<Tables['saved_views']>): Promise<boolean> {
  const result = await writer
    .insertInto('saved_views')
    .values(row)
    .onConflict((conflict) => conflict.columns(['user_id', 'name']).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** The removed view, or undefined where the user has none of this id. */
export async function deleteView(
  writer: Writer,
  userId: UserId,
  id: SavedViewId,
): Promise<Selectable<Tables['saved_views']> | undefined> {
  return writer
    .deleteFrom('saved_views')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
}
