import type { Milliseconds, UserId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { FeedKind } from './model.ts';

/** All mappings, by name. */
export async function selectMappings(reader: Reader) {
  return reader
    .selectFrom('feed_mappings')
    .innerJoin('users', 'users.id', 'feed_mappings.updated_by')
    .select([
      'feed_mappings.name',
      'feed_mappings.feed',
      'feed_mappings.columns',
      'feed_mappings.updated_at',
      'users.display_name as updated_by_name',
    ])
    .orderBy('feed_mappings.name')
    .limit(1_000)
    .execute();
}
export type MappingRow = Awaited<ReturnType<typeof selectMappings>>[number];

export async function selectMapping(reader: Reader, name: string) {
  return reader
    .selectFrom('feed_mappings')
    .select(['name', 'feed', 'columns'])
    .where('name', '=', name)
    .executeTakeFirst();
}

export async function upsertMapping(
  writer: Writer,
  mapping: {
    readonly name: string;
    readonly feed: FeedKind;
    readonly columns: string;
    readonly by: UserId;
    readonly at: Milliseconds;
  },
): Promise<void> {
  const { name, feed, columns, by, at } = mapping;
  const values = { feed, columns, updated_by: by, updated_at: at };
  await writer
    .insertInto('feed_mappings')
    .values({ name, ...values })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
    .execute();
}

/** Answers whether there was one. */
export async function deleteMapping(writer: Writer, name: string): Promise<boolean> {
  const { numDeletedRows } = await writer
    .deleteFrom('feed_mappings')
    .where('name', '=', name)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
