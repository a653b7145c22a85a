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

/** What has changed since: two equal texts mean that nothing has. */
export interface Stamps {
  /** What feeds say: facts are only added, and a file that says the same may take a fact's place as its source. */
  readonly facts: string;
  /** All else that a sheet rests on. */
  readonly app: string;
}

export async function selectStamps(reader: Reader): Promise<Stamps> {
  const { rows } = await sql<Stamps>`
    SELECT
      json_array(
        (SELECT max(id) FROM feed_facts),
        (SELECT count(*) FROM import_files WHERE state = 'done'),
        (SELECT value FROM settings WHERE key = 'timeZone')
      ) AS facts,
      json_array(
        (SELECT max(id) FROM handover_explanations),
        (SELECT max(id) FROM handover_assignments),
        (SELECT max(id) FROM handover_dismissals),
        (SELECT max(id) FROM messages),
        (SELECT max(id) FROM hits),
        (SELECT max(id) FROM dispositions),
        (SELECT count(*) FROM findings),
        (SELECT max(id) FROM finding_dispositions),
        (SELECT max(updated_at) FROM materials),
        (SELECT count(*) FROM approval_withdrawals),
        (SELECT max(updated_at) FROM reviews),
        (SELECT max(updated_at) FROM users)
      ) AS app`.execute(reader);
  return rows[0] ?? { facts: '', app: '' };
}
