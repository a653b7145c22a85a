import type { Insertable, Updateable } from 'kysely';

import type { MaterialVersionId, ReviewId, ThreadId } from '../../../../contract/ids.ts';
import type { Reader, Writer } from '../../../../platform/database/connection.ts';
import type { Tables } from '../../../../platform/database/schema.ts';

/** Most threads and comments of one review that are read. */
const mostRows = 10_000;

function threads(reader: Reader) {
  return reader
    .selectFrom('review_threads as thread')
    .innerJoin('users as author', 'author.id', 'thread.created_by')
    .leftJoin('users as resolver', 'resolver.id', 'thread.resolved_by')
    .leftJoin('users as accepter', 'accepter.id', 'thread.accepted_by')
    .selectAll('thread')
    .select([
      'author.display_name as author_name',
      'resolver.display_name as resolver_name',
      'accepter.display_name as accepter_name',
    ]);
}

export type ThreadRow = NonNullable<Awaited<ReturnType<typeof selectThread>>>;

export async function selectThread(reader: Reader, id: ThreadId) {
  return threads(reader).where('thread.id', '=', id).executeTakeFirst();
}

/** In the order in which they were begun. */
export async function selectThreads(reader: Reader, id: ReviewId): Promise<readonly ThreadRow[]> {
  return threads(reader)
    .where('thread.review_id', '=', id)
    .orderBy('thread.created_at')
    .orderBy('thread.id')
    .limit(mostRows)
    .execute();
}

export async function insertThread(writer: Writer, row: Insertable<Tables['review_threads']>): Promise<void> {
  await writer.insertInto('review_threads').values(row).execute();
}

export async function updateThread(
  writer: Writer,
  id: ThreadId,
  change: Updateable<Tables['review_threads']>,
): Promise<void> {
  await writer.updateTable('review_threads').set(change).where('id', '=', id).execute();
}

export async function selectComments(reader: Reader, id: ReviewId) {
  return reader
    .selectFrom('review_comments')
    .innerJoin('review_threads as thread', 'thread.id', 'review_comments.thread_id')
    .innerJoin('users', 'users.id', 'review_comments.user_id')
    .selectAll('review_comments')
    .select('users.display_name as user_name')
    .where('thread.review_id', '=', id)
    .orderBy('review_comments.at')
    .orderBy('review_comments.id')
    .limit(mostRows)
    .execute();
}

export async function insertComment(
  writer: Writer,
  row: Insertable<Tables['review_comments']>,
): Promise<void> {
  await writer.insertInto('review_comments').values(row).execute();
}

export async function selectPlaces(reader: Reader, versionId: MaterialVersionId) {
  return reader
    .selectFrom('review_thread_places')
    .select(['thread_id', 'place'])
    .where('version_id', '=', versionId)
    .limit(mostRows)
    .execute();
}

export async function insertPlaces(
  writer: Writer,
  rows: readonly Insertable<Tables['review_thread_places']>[],
): Promise<void> {
  if (rows.length > 0)
    await writer
      .insertInto('review_thread_places')
      .values([...rows])
      .execute();
}
