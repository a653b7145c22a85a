import type SqliteHandle from 'better-sqlite3';

import type { ConversationId, MessageId, Milliseconds, PersonId } from '../../../contract/ids.ts';
import type { ArchiveFilter } from '../../../features/archive/contract.ts';

// Reading messages by the million on the synchronous handle, in order and in batches: for screening and for search.

export interface ScannedMessage {
  readonly id: MessageId;
  readonly conversation_id: ConversationId | null;
  readonly sender_id: PersonId | null;
  readonly sent_at: Milliseconds;
  readonly kind: string;
  readonly text: string;
  readonly body: string | null;
}

export interface FoundMessage extends Omit<ScannedMessage, 'body'> {
  readonly sender: string | null;
}

type Value = string | number;

/** The conditions of a filter, each with its values. */
function conditionsOf(filter: ArchiveFilter): {
  readonly sql: readonly string[];
  readonly values: readonly Value[];
} {
  const sql: string[] = [];
  const values: Value[] = [];
  const add = (condition: string, ...bound: Value[]) => {
    sql.push(condition);
    values.push(...bound);
  };
  if (filter.conversationId !== null) add('messages.conversation_id = ?', filter.conversationId);
  if (filter.personId !== null) {
    add(
      `(messages.conversation_id IN (SELECT conversation_id FROM conversation_members WHERE person_id = ?)
        OR (messages.conversation_id IS NULL AND messages.sender_id = ?))`,
      filter.personId,
      filter.personId,
    );
  }
  if (filter.branch !== null) {
    add(
      `(messages.conversation_id IN (SELECT members.conversation_id FROM conversation_members AS members
          JOIN people ON people.id = members.person_id WHERE people.branch = ?)
        OR (messages.conversation_id IS NULL AND messages.sender_id IN (SELECT id FROM people WHERE branch = ?)))`,
      filter.branch,
      filter.branch,
    );
  }
  if (filter.from !== null) add('messages.sent_at >= ?', filter.from);
  if (filter.to !== null) add('messages.sent_at <= ?', filter.to);
  if (filter.kinds !== null)
    add('messages.kind IN (SELECT value FROM json_each(?))', JSON.stringify(filter.kinds));
  return { sql, values };
}

/** Messages with an id above `afterId` and up to `upToId` that the filter lets pass, in order of id, at most `batch`. */
export function scanMessages(
  connection: { readonly handle: SqliteHandle.Database },
  afterId: number,
  upToId: number,
  filter: ArchiveFilter,
  batch: number,
): ScannedMessage[] {
  const { sql, values } = conditionsOf(filter);
  return connection.handle
    .prepare<Value[], ScannedMessage>(
      `SELECT id, conversation_id, sender_id, sent_at, kind, text, body FROM messages
       WHERE ${['id > ?', 'id <= ?', ...sql].join(' AND ')} ORDER BY id LIMIT ?`,
    )
    .all(afterId, upToId, ...values, batch);
}

/** Where a walk from the newest message to the oldest has got to. */
export interface Place {
  readonly sentAt: number;
  readonly id: number;
}

/** A statement that walks from the newest message to the oldest, a batch at a time. */
export function prepareNewestFirst(
  connection: { readonly handle: SqliteHandle.Database },
  filter: ArchiveFilter,
  batch: number,
): (before: Place | null) => FoundMessage[] {
  const { sql, values } = conditionsOf(filter);
  const statement = connection.handle.prepare<Value[], FoundMessage>(
    `SELECT messages.id, messages.conversation_id, messages.sender_id, messages.sent_at, messages.kind, messages.text,
       coalesce(people.name, people.external_id) AS sender
     FROM messages LEFT JOIN people ON people.id = messages.sender_id
     WHERE ${['(messages.sent_at, messages.id) < (?, ?)', ...sql].join(' AND ')}
     ORDER BY messages.sent_at DESC, messages.id DESC LIMIT ?`,
  );
  return (before) =>
    statement.all(
      before?.sentAt ?? Number.MAX_SAFE_INTEGER,
      before?.id ?? Number.MAX_SAFE_INTEGER,
      ...values,
      batch,
    );
}

/** How many messages a walk with this filter looks at. */
export function countMessages(
  connection: { readonly handle: SqliteHandle.Database },
  filter: ArchiveFilter,
): number {
  const { sql, values } = conditionsOf(filter);
  const count: unknown = connection.handle
    .prepare(
      sql.length === 0
        ? 'SELECT max(id) FROM messages' // Ids have no gaps.
        : `SELECT count(*) FROM messages WHERE ${sql.join(' AND ')}`,
    )
    .pluck()
    .get(...values);
  return typeof count === 'number' ? count : 0;
}
