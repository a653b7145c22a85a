import { type Insertable, sql } from 'kysely';

import type { HandoverId, Milliseconds, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';
import type { HandoverClass } from '../model.ts';

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

export interface WordRow {
  readonly class: HandoverClass;
  readonly item: string;
  readonly text: string;
  readonly by: string;
  readonly at: Milliseconds;
}

/** The last word on each row, those that were taken back included with an empty text. */
export async function selectExplanations(reader: Reader, id: HandoverId): Promise<WordRow[]> {
  return reader
    .selectFrom('handover_explanations as word')
    .innerJoin('users', 'users.id', 'word.explained_by')
    .where('word.id', 'in', (query) =>
      query
        .selectFrom('handover_explanations as own')
        .select(({ fn }) => fn.max('own.id').as('last'))
        .where('own.handover_id', '=', id)
        .groupBy(['own.class', 'own.item']),
    )
    .select(['word.class', 'word.item', 'word.text', 'users.display_name as by', 'word.explained_at as at'])
    .execute();
}

export interface AssignmentRow {
  readonly class: HandoverClass;
  readonly item: string;
  readonly taker: string | null;
  readonly note: string;
  readonly by: string;
  readonly at: Milliseconds;
}

/** The last assignment of each row; its taker is null where it was taken back. */
export async function selectAssignments(reader: Reader, id: HandoverId): Promise<AssignmentRow[]> {
  return reader
    .selectFrom('handover_assignments as word')
    .innerJoin('users', 'users.id', 'word.assigned_by')
    .where('word.id', 'in', (query) =>
      query
        .selectFrom('handover_assignments as own')
        .select(({ fn }) => fn.max('own.id').as('last'))
        .where('own.handover_id', '=', id)
        .groupBy(['own.class', 'own.item']),
    )
    .select([
      'word.class',
      'word.item',
      'word.taker',
      'word.note',
      'users.display_name as by',
      'word.assigned_at as at',
    ])
    .execute();
}

/** Names by userid, external_userid: of those that have one. */
export async function selectNames(
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .selectFrom('people')
    .select(['external_id', 'name'])
    .where('external_id', 'in', sql<string>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    .where('name', 'is not', null)
    .execute();
  return new Map(
    rows.flatMap(({ external_id, name }) => (name === null ? [] : [[external_id, name] as const])),
  );
}

export function selectEmployee(reader: Reader, userid: string) {
  return reader
    .selectFrom('people')
    .select(['id', 'name', 'branch'])
    .where('external_id', '=', userid)
    .executeTakeFirst();
}

export function selectAccountNamed(reader: Reader, userName: string): Promise<{ id: UserId } | undefined> {
  return reader.selectFrom('users').select('id').where('user_name', '=', userName).executeTakeFirst();
}

/**
 * Another text after every change of what feeds say: facts are only added, and a file that names the same fact may take its place
 * as the source.
 */
export async function selectFactsStamp(reader: Reader): Promise<string> {
  const facts = await reader
    .selectFrom('feed_facts')
    .select(({ fn }) => fn.max('id').as('last'))
    .executeTakeFirst();
  const files = await reader
    .selectFrom('import_files')
    .where('state', '=', 'done')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return `${facts?.last ?? 0}:${files?.count ?? 0}`;
}
