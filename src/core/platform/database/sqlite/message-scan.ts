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

/** Which messages a scan reads: those that the filter lets pass, of them about one of `every`. */
export interface MessageSelection {
  readonly filter: ArchiveFilter;
  readonly every: number;
}

/**
 * Spreads ids by multiplying them with 2^32 over the golden ratio (Knuth, The Art of Computer Programming 3, 6.4) and taking
 * the upper bits of 32. By the ids themselves every second message of a conversation would be one person's.
 */
const spreadId = '((id * 2654435769) & 4294967295) >> 8';

/** Messages with an id above `afterId` and up to `upToId` that are selected, in order of id, at most `batch`. */
export function scanMessages(
  connection: { readonly handle: SqliteHandle.Database },
  afterId: number,
  upToId: number,
  { filter, every }: MessageSelection,
  batch: number,
): ScannedMessage[] {
  const { sql, values } = conditionsOf(filter);
  const sampled = every > 1;
  return connection.handle
    .prepare<Value[], ScannedMessage>(
      `SELECT id, conversation_id, sender_id, sent_at, kind, text, body FROM messages
       WHERE ${['id > ?', 'id <= ?', ...sql, ...(sampled ? [`(${spreadId}) % ? = 0`] : [])].join(' AND ')} ORDER BY id LIMIT ?`,
    )
    .all(afterId, upToId, ...values, ...(sampled ? [every] : []), batch);
}

/** A message beside another one of its sender. */
export interface NeighbourMessage {
  readonly id: MessageId;
  readonly sent_at: Milliseconds;
  readonly kind: string;
  readonly text: string;
}

/** What one sender said in one conversation around a message, of what has a lower id: that was in the archive before it. */
export interface NeighbourSource {
  /** At or before its time and not before `from`; at most `limit`, the latest, in order of time. */
  before(message: PlacedMessage, from: number, limit: number): readonly NeighbourMessage[];
  /** After its time and not after `to`; at most `limit`, the earliest, in order of time. */
  after(message: PlacedMessage, to: number, limit: number): readonly NeighbourMessage[];
  /**
   * Up to when the conversation has nothing more, whoever sent it: when its next message was sent, or an earlier time where many
   * that came into the archive later stand before that one; Infinity where there is none.
   */
  next(message: PlacedMessage): number;
}

/** A message that is in a conversation and has a sender. */
export interface PlacedMessage {
  readonly id: MessageId;
  readonly conversation_id: ConversationId;
  readonly sender_id: PersonId;
  readonly sent_at: Milliseconds;
}

/** Messages that `next` looks at: in a conversation that was imported from its end there may be a million. */
const mostFollowing = 200;

/** Prepares looking for neighbours, in the index by conversation and time. Messages without text are passed over. */
export function prepareNeighbours(connection: { readonly handle: SqliteHandle.Database }): NeighbourSource {
  const columns = `SELECT id, sent_at, kind, text FROM messages
    WHERE conversation_id = ? AND sender_id = ? AND id < ? AND text <> ''`;
  // On its own, by the index's id: thousands of messages may be of one second, and all of them come behind the first.
  const atOnce = connection.handle.prepare<number[], NeighbourMessage>(
    `${columns} AND sent_at = ? ORDER BY id DESC LIMIT ?`,
  );
  const before = connection.handle.prepare<number[], NeighbourMessage>(
    `${columns} AND sent_at >= ? AND sent_at < ? ORDER BY sent_at DESC, id DESC LIMIT ?`,
  );
  const after = connection.handle.prepare<number[], NeighbourMessage>(
    `${columns} AND sent_at > ? AND sent_at <= ? ORDER BY sent_at, id LIMIT ?`,
  );
  const following = connection.handle.prepare<number[], { id: number; sent_at: number }>(
    'SELECT id, sent_at FROM messages WHERE conversation_id = ? AND sent_at > ? ORDER BY sent_at, id LIMIT ?',
  );
  return {
    before({ conversation_id, sender_id, id, sent_at }, from, limit) {
      const latest = atOnce.all(conversation_id, sender_id, id, sent_at, limit);
      const earlier = before.all(conversation_id, sender_id, id, from, sent_at, limit - latest.length);
      return [...latest, ...earlier].toReversed();
    },
    after: ({ conversation_id, sender_id, id, sent_at }, to, limit) =>
      after.all(conversation_id, sender_id, id, sent_at, to, limit),
    next({ conversation_id, id, sent_at }) {
      const seen = following.all(conversation_id, sent_at, mostFollowing);
      const known = seen.find((message) => message.id < id);
      if (known !== undefined) return known.sent_at;
      return seen.length < mostFollowing ? Infinity : (seen.at(-1)?.sent_at ?? Infinity);
    },
  };
}

export interface PersonFacts {
  readonly id: PersonId;
  readonly kind: 'employee' | 'customer' | 'partner';
  readonly branch: string | null;
}

export interface ConversationFacts {
  readonly id: ConversationId;
  readonly kind: 'single' | 'group';
  /** Of the first of its employees, by id, who has one. */
  readonly branch: string | null;
}

/** Prepares looking up who people are and what their conversations are, many at a time; ids that don't exist are left out. */
export function prepareFacts(connection: { readonly handle: SqliteHandle.Database }): {
  people(ids: readonly PersonId[]): readonly PersonFacts[];
  conversations(ids: readonly ConversationId[]): readonly ConversationFacts[];
} {
  const people = connection.handle.prepare<[string], PersonFacts>(
    'SELECT id, kind, branch FROM people WHERE id IN (SELECT value FROM json_each(?))',
  );
  const conversations = connection.handle.prepare<[string], ConversationFacts>(
    `SELECT id, kind, (
       SELECT people.branch FROM conversation_members AS members JOIN people ON people.id = members.person_id
       WHERE members.conversation_id = conversations.id AND people.kind = 'employee' AND people.branch IS NOT NULL
       ORDER BY people.id LIMIT 1) AS branch
     FROM conversations WHERE id IN (SELECT value FROM json_each(?))`,
  );
  return {
    people: (ids) => people.all(JSON.stringify(ids)),
    conversations: (ids) => conversations.all(JSON.stringify(ids)),
  };
}

/** Prepares reading single messages by their ids. */
export function prepareMessageById(connection: {
  readonly handle: SqliteHandle.Database;
}): (id: MessageId) => ScannedMessage {
  const statement = connection.handle.prepare<[number], ScannedMessage>(
    'SELECT id, conversation_id, sender_id, sent_at, kind, text, body FROM messages WHERE id = ?',
  );
  return (id) => {
    const message = statement.get(id);
    if (message === undefined) throw new Error(`there is no message ${id}`);
    return message;
  };
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
