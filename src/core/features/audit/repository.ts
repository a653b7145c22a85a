import type { ExpressionBuilder, Insertable, Selectable } from 'kysely';

import { AuditSequence } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';
import type { AuditFilter } from './contract.ts';

export async function readFrontier(
  reader: Reader,
): Promise<{ size: number; hashes: Uint8Array } | undefined> {
  return reader.selectFrom('audit_frontier').select(['size', 'hashes']).executeTakeFirst();
}

export async function writeFrontier(writer: Writer, size: number, hashes: Uint8Array): Promise<void> {
  await writer
    .insertInto('audit_frontier')
    .values({ id: 1, size, hashes })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ size, hashes }))
    .execute();
}

export async function insertEvent(writer: Writer, row: Insertable<Tables['audit_events']>): Promise<void> {
  await writer.insertInto('audit_events').values(row).execute();
}

export type EventRow = Selectable<Tables['audit_events']>;

/** The events from one sequence up to another (exclusive), in order. */
export async function eventsBetween(
  reader: Reader,
  from: number,
  to: number,
  limit: number,
): Promise<EventRow[]> {
  return reader
    .selectFrom('audit_events')
    .selectAll()
    .where('sequence', '>=', AuditSequence.parse(from))
    .where('sequence', '<', AuditSequence.parse(to))
    .orderBy('sequence')
    .limit(limit)
    .execute();
}

/** The tree's size and the number after the last event's, both of one moment: one statement reads them. */
export async function readExtent(
  reader: Reader,
): Promise<{ readonly size: number; readonly events: number }> {
  const row = await reader
    .selectNoFrom(({ selectFrom }) => [
      selectFrom('audit_frontier').select('size').as('size'),
      selectFrom('audit_events')
        .select(({ fn }) => fn.max('sequence').as('last'))
        .as('last'),
    ])
    .executeTakeFirstOrThrow();
  return { size: row.size ?? 0, events: row.last === null ? 0 : Number(row.last) + 1 };
}

function filtered(filter: AuditFilter) {
  return (expression: ExpressionBuilder<Tables, 'audit_events'>) =>
    expression.and([
      ...(filter.userId === null ? [] : [expression('user_id', '=', filter.userId)]),
      ...(filter.action === null ? [] : [expression('action', '=', filter.action)]),
      ...(filter.recordKind === null ? [] : [expression('record_kind', '=', filter.recordKind)]),
      ...(filter.recordId === null ? [] : [expression('record_id', '=', filter.recordId)]),
      ...(filter.from === null ? [] : [expression('at', '>=', filter.from)]),
      ...(filter.to === null ? [] : [expression('at', '<', filter.to)]),
    ]);
}

/** Newest first, below the sequence `before`. */
export async function listEvents(
  reader: Reader,
  filter: AuditFilter,
  before: AuditSequence | null,
  limit: number,
): Promise<EventRow[]> {
  const events = reader
    .selectFrom('audit_events')
    .selectAll()
    .where(filtered(filter))
    .orderBy('sequence', 'desc')
    .limit(limit);
  return before === null ? events.execute() : events.where('sequence', '<', before).execute();
}

export async function countEvents(reader: Reader, filter: AuditFilter): Promise<number> {
  const row = await reader
    .selectFrom('audit_events')
    .where(filtered(filter))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Actions and kinds of record are names in our code, people are a team: both are few. */
const mostFacets = 1_000;

export async function readFacets(reader: Reader) {
  const actions = await reader
    .selectFrom('audit_events')
    .select('action')
    .distinct()
    .orderBy('action')
    .limit(mostFacets)
    .execute();
  const kinds = await reader
    .selectFrom('audit_events')
    .select('record_kind')
    .distinct()
    .orderBy('record_kind')
    .limit(mostFacets)
    .execute();
  const users = await reader
    .selectFrom('users')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('audit_events')
          .whereRef('audit_events.user_id', '=', 'users.id')
          .select('audit_events.sequence'),
      ),
    )
    .select(['id', 'user_name as userName', 'display_name as displayName'])
    .orderBy('user_name')
    .limit(mostFacets)
    .execute();
  return {
    actions: actions.map((row) => row.action),
    recordKinds: kinds.map((row) => row.record_kind),
    users,
  };
}
