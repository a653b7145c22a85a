import type SqliteHandle from 'better-sqlite3';

import type { ConversationId, MessageId, Milliseconds, PersonId } from '../../../contract/ids.ts';

// Reading somebody's conversations by the million messages on the synchronous handle, one conversation after another and each in
// order of time: what was said before and after a message is then at hand, and nothing has to be kept.

/** Kinds that mean something here; a number, because a string for each row costs more than the rest of it. */
export const messageCodes = { other: 0, text: 1, card: 2, file: 3, revoke: 4 } as const;
export type MessageCode = (typeof messageCodes)[keyof typeof messageCodes];

/** A message as a row of columns: id, sender, time, code, text, body (of cards and files), what it revokes. */
export type MessageRow = readonly [
  id: MessageId,
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
}

export interface MemberOf {
  readonly id: PersonId;
  readonly externalId: string;
  readonly kind: 'employee' | 'customer' | 'partner';
  readonly name: string | null;
}

export interface HandoverMessages {
  /** The person with this userid or external_userid. */
  person(externalId: string): MemberOf | null;
  personById(id: PersonId): MemberOf | null;
  /** The person's conversations that have messages in that time, in order of id. */
  conversations(person: PersonId, from: number, to: number): readonly ConversationOf[];
  members(conversation: ConversationId): readonly MemberOf[];
  /** The external_userids of whom the person talked with alone, employees left out. */
  partnersOf(person: PersonId): readonly string[];
  /** Messages from the first moment to the last, both included, in order of time. */
  read(conversation: ConversationId, from: number, to: number): Iterable<MessageRow>;
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

/** Messages at once: one conversation may have a million of them. */
const rowsAtOnce = 8_192;

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
  const conversations = handle.prepare<[number, number, number], ConversationOf>(
    `SELECT conversations.id, conversations.kind, conversations.room_id AS roomId
     FROM conversation_members JOIN conversations ON conversations.id = conversation_members.conversation_id
     WHERE conversation_members.person_id = ? AND conversations.last_at >= ? AND conversations.first_at <= ?
     ORDER BY conversations.id`,
  );
  const members = handle.prepare<[number], MemberOf>(
    `SELECT ${memberColumns} FROM conversation_members JOIN people ON people.id = conversation_members.person_id
     WHERE conversation_members.conversation_id = ? ORDER BY people.id`,
  );
  const partners = handle
    .prepare<[number], string>(
      `SELECT DISTINCT people.external_id
       FROM conversation_members AS own
         JOIN conversations ON conversations.id = own.conversation_id AND conversations.kind = 'single'
         JOIN conversation_members AS other ON other.conversation_id = own.conversation_id
         JOIN people ON people.id = other.person_id AND people.kind <> 'employee'
       WHERE own.person_id = ?`,
    )
    .pluck(true);
  const rows = handle
    .prepare<[number, number, number, number, number], MessageRow>(
      `SELECT id, sender_id, sent_at,
         CASE kind WHEN 'text' THEN 1 WHEN 'card' THEN 2 WHEN 'file' THEN 3 WHEN 'qydiskfile' THEN 3
           WHEN 'revoke' THEN 4 ELSE CASE action WHEN 'recall' THEN 4 ELSE 0 END END,
         text, CASE WHEN kind IN ('card', 'file', 'qydiskfile') THEN body END, revokes
       FROM messages
       WHERE conversation_id = ? AND (sent_at, id) > (?, ?) AND sent_at <= ? ORDER BY sent_at, id LIMIT ?`,
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
    conversations: (id, from, to) => conversations.all(id, from, to),
    members: (id) => members.all(id),
    partnersOf: (id) => partners.all(id),
    *read(conversation, from, to) {
      let [at, id]: [number, number] = [from - 1, Number.MAX_SAFE_INTEGER];
      for (;;) {
        const batch = rows.all(conversation, at, id, to, rowsAtOnce);
        yield* batch;
        const last = batch.at(-1);
        if (last === undefined || batch.length < rowsAtOnce) return;
        [id, , at] = last;
      }
    },
    msgid: (id) => msgid.get(id) ?? '',
    idOf: (msg) => byMsgid.get(msg) ?? null,
    sameWords: (sender, text, from, to) =>
      same.get(from, to, sender, text) ?? { conversations: 0, first: null },
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
