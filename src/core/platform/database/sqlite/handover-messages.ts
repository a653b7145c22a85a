import type SqliteHandle from 'better-sqlite3';

import type { ConversationId, MessageId, Milliseconds, PersonId } from '../../../contract/ids.ts';

// Reading somebody's conversations by the million messages on the synchronous handle. The table is in the order of imports, so that
// a conversation's messages lie all over it: read conversation by conversation, each row costs a walk down the tree and often a
// page. So ids come first, from the index by conversation and time alone, and rows then in the order in which they lie.

/** Kinds that mean something here; a number, because a string for each row costs more than the rest of it. */
export const messageCodes = { other: 0, text: 1, card: 2, file: 3, revoke: 4 } as const;
export type MessageCode = (typeof messageCodes)[keyof typeof messageCodes];

/** A message as a row of columns; the body only of cards and files. */
export type MessageRow = readonly [
  id: MessageId,
  conversationId: ConversationId,
  senderId: PersonId | null,
  sentAt: Milliseconds,
  code: MessageCode,
  text: string,
  body: string | null,
  revokes: string | null,
];

export interface ConversationOf {
  readonly id: ConversationId;
  readonly kind: 'single' | 'group';
  readonly roomId: string | null;
  /** All of its messages, whenever they were sent. */
  readonly messageCount: number;
}

export interface MemberOf {
  readonly id: PersonId;
  readonly externalId: string;
  readonly kind: 'employee' | 'customer' | 'partner';
  readonly name: string | null;
}

export interface SingleConversation {
  readonly conversationId: ConversationId;
  /** An external_userid. */
  readonly partner: string;
  readonly name: string | null;
}

export interface HandoverMessages {
  /** The person with this userid or external_userid. */
  person(externalId: string): MemberOf | null;
  personById(id: PersonId): MemberOf | null;
  /** The ids of all employees. */
  employees(): readonly PersonId[];
  /** The person's conversations that have messages in that time, in order of id. */
  conversations(person: PersonId, from: number, to: number): readonly ConversationOf[];
  /** When anybody last wrote in one of the person's conversations; null: there are none. */
  lastActivity(person: PersonId): Milliseconds | null;
  members(conversation: ConversationId): readonly MemberOf[];
  /** The conversations with one person each, employees left out, and whose they are. */
  singleConversations(person: PersonId): readonly SingleConversation[];
  /**
   * Their messages from the first moment to the last, both included: of each conversation in order of time, those of different
   * ones mixed, some thousand at a time. Eight bytes are held for each message.
   */
  read(conversations: readonly ConversationId[], from: number, to: number): Iterable<readonly MessageRow[]>;
  msgid(id: MessageId): string;
  /** The message with that msgid. */
  idOf(msgid: string): MessageId | null;
  /** In how many of the sender's conversations exactly this was written in that time, and the first message that says it. */
  sameWords(
    sender: PersonId,
    text: string,
    from: number,
    to: number,
  ): { readonly conversations: number; readonly first: MessageId | null };
}

/** Rows at once. */
const rowsAtOnce = 4_096;

/** Prepares reading. */
export function prepareHandoverMessages({
  handle,
}: {
  readonly handle: SqliteHandle.Database;
}): HandoverMessages {
  const memberColumns = 'people.id, people.external_id AS externalId, people.kind, people.name';
  const person = handle.prepare<[string], MemberOf>(
    `SELECT ${memberColumns} FROM people WHERE external_id = ?`,
  );
  const byId = handle.prepare<[number], MemberOf>(`SELECT ${memberColumns} FROM people WHERE id = ?`);
  const employees = handle.prepare<[], PersonId>(`SELECT id FROM people WHERE kind = 'employee'`).pluck(true);
  const conversations = handle.prepare<[number, number, number], ConversationOf>(
    `SELECT conversations.id, conversations.kind, conversations.room_id AS roomId,
       conversations.message_count AS messageCount
     FROM conversation_members JOIN conversations ON conversations.id = conversation_members.conversation_id
     WHERE conversation_members.person_id = ? AND conversations.last_at >= ? AND conversations.first_at <= ?
     ORDER BY conversations.id`,
  );
  const lastActivity = handle
    .prepare<[number], Milliseconds | null>(
      `SELECT max(conversations.last_at) FROM conversation_members
       JOIN conversations ON conversations.id = conversation_members.conversation_id WHERE person_id = ?`,
    )
    .pluck(true);
  const members = handle.prepare<[number], MemberOf>(
    `SELECT ${memberColumns} FROM conversation_members JOIN people ON people.id = conversation_members.person_id
     WHERE conversation_members.conversation_id = ? ORDER BY people.id`,
  );
  const single = handle.prepare<[number], SingleConversation>(
    `SELECT own.conversation_id AS conversationId, people.external_id AS partner, people.name
     FROM conversation_members AS own
       JOIN conversations ON conversations.id = own.conversation_id AND conversations.kind = 'single'
       JOIN conversation_members AS other ON other.conversation_id = own.conversation_id
       JOIN people ON people.id = other.person_id AND people.kind <> 'employee'
     WHERE own.person_id = ? ORDER BY own.conversation_id`,
  );
  const ids = handle
    .prepare<[number, number, number], number>(
      'SELECT id FROM messages WHERE conversation_id = ? AND sent_at BETWEEN ? AND ? ORDER BY sent_at, id',
    )
    .pluck(true);
  const rows = handle
    .prepare<[string], MessageRow>(
      `SELECT messages.id, conversation_id, sender_id, sent_at,
         CASE kind WHEN 'text' THEN 1 WHEN 'card' THEN 2 WHEN 'file' THEN 3 WHEN 'qydiskfile' THEN 3
           WHEN 'revoke' THEN 4 ELSE CASE action WHEN 'recall' THEN 4 ELSE 0 END END,
         text, CASE WHEN kind IN ('card', 'file', 'qydiskfile') THEN body END, revokes
       FROM json_each(?) AS wanted CROSS JOIN messages ON messages.id = wanted.value`,
    )
    .raw(true);
  const msgid = handle.prepare<[number], string>('SELECT msgid FROM messages WHERE id = ?').pluck(true);
  const byMsgid = handle.prepare<[string], MessageId>('SELECT id FROM messages WHERE msgid = ?').pluck(true);
  const same = handle.prepare<
    [number, number, number, string],
    { readonly conversations: number; readonly first: MessageId | null }
  >(
    `SELECT count(DISTINCT conversation_id) AS conversations, min(id) AS first FROM messages
     WHERE sent_at BETWEEN ? AND ? AND sender_id = ? AND text = ?`,
  );
  return {
    person: (externalId) => person.get(externalId) ?? null,
    personById: (id) => byId.get(id) ?? null,
    employees: () => employees.all(),
    conversations: (id, from, to) => conversations.all(id, from, to),
    lastActivity: (id) => lastActivity.get(id) ?? null,
    members: (id) => members.all(id),
    singleConversations: (id) => single.all(id),
    *read(wanted, from, to) {
      const order = createReadingOrder();
      for (const conversation of wanted) order.add(ids.all(conversation, from, to));
      for (const batch of order.batches(rowsAtOnce)) yield rows.all(`[${batch.join()}]`);
    },
    msgid: (id) => msgid.get(id) ?? '',
    idOf: (msg) => byMsgid.get(msg) ?? null,
    sameWords: (sender, text, from, to) =>
      same.get(from, to, sender, text) ?? { conversations: 0, first: null },
  };
}

/**
 * The order to read rows in: that of ids for conversations that came in order of time, which most did; the others behind them, each
 * in order of time.
 */
function createReadingOrder() {
  let inOrder = new Float64Array(1 << 14);
  let count = 0;
  const others: (readonly number[])[] = [];

  function isAscending(ids: readonly number[]): boolean {
    for (let at = 1; at < ids.length; at += 1) if ((ids[at] ?? 0) < (ids[at - 1] ?? 0)) return false;
    return true;
  }

  return {
    /** The ids of one conversation, in order of time. */
    add(ids: readonly number[]): void {
      if (!isAscending(ids)) {
        others.push(ids);
        return;
      }
      if (count + ids.length > inOrder.length) {
        const grown = new Float64Array(Math.max(inOrder.length * 2, count + ids.length));
        grown.set(inOrder.subarray(0, count));
        inOrder = grown;
      }
      inOrder.set(ids, count);
      count += ids.length;
    },
    *batches(size: number): Iterable<Float64Array | readonly number[]> {
      const sorted = inOrder.subarray(0, count).toSorted();
      for (let at = 0; at < count; at += size) yield sorted.subarray(at, Math.min(count, at + size));
      for (const ids of others) for (let at = 0; at < ids.length; at += size) yield ids.slice(at, at + size);
    },
  };
}

/**
 * What an answer from the archive and the feeds rests on, as one string: another one means that something came in. Names of
 * people, holidays and every other setting are not part of it.
 */
export function evidenceVersion({ handle }: { readonly handle: SqliteHandle.Database }): string {
  return (
    handle
      .prepare<[], string>(
        `SELECT (SELECT coalesce(max(id), 0) FROM messages) || ' ' || (SELECT coalesce(max(id), 0) FROM feed_facts) || ' ' ||
           (SELECT coalesce(max(id), 0) FROM import_files) || ' ' || (SELECT count(*) FROM import_files WHERE state = 'done')`,
      )
      .pluck(true)
      .get() ?? ''
  );
}
