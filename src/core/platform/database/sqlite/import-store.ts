import type SqliteHandle from 'better-sqlite3';

import type { DatabaseConnection } from '../connection.ts';

type Statement = SqliteHandle.Statement;

export interface QuarantineRow {
  readonly line: number;
  readonly reason: string;
  readonly detail: string;
  readonly raw: Uint8Array;
  readonly size: number;
}

export interface FileCounts {
  read: number;
  imported: number;
  duplicates: number;
  quarantined: number;
}

/** What an import reads and writes besides the messages themselves, on the synchronous handle: millions of small steps. */
export class ImportStore {
  readonly #handle: SqliteHandle.Database;
  readonly #findPerson: Statement;
  readonly #insertPerson: Statement;
  readonly #findConversation: Statement;
  readonly #insertConversation: Statement;
  readonly #growConversation: Statement;
  readonly #insertMember: Statement;
  readonly #memberIds: Statement;
  readonly #findMsgid: Statement;
  readonly #msgidOf: Statement;
  readonly #insertKind: Statement;
  readonly #addContact: Statement;
  readonly #setConsent: Statement;
  readonly #insertQuarantine: Statement;
  readonly #insertUndecryptable: Statement;
  readonly #putSequence: Statement;
  readonly #updateFile: Statement;

  constructor(connection: DatabaseConnection) {
    const { handle } = connection;
    this.#handle = handle;
    const prepare = (sql: string) => handle.prepare(sql);
    this.#findPerson = prepare('SELECT id FROM people WHERE external_id = ?').pluck();
    this.#insertPerson = prepare('INSERT INTO people (external_id, kind, updated_at) VALUES (?, ?, ?)');
    this.#findConversation = prepare('SELECT id FROM conversations WHERE key = ?').pluck();
    this.#insertConversation = prepare(
      `INSERT INTO conversations (key, kind, room_id, first_at, last_at, message_count) VALUES (?, ?, ?, ?, ?, 0)`,
    );
    this.#growConversation = prepare(
      `UPDATE conversations SET message_count = message_count + @count, first_at = min(first_at, @first),
         last_at = max(last_at, @last) WHERE id = @id`,
    );
    this.#insertMember = prepare(
      'INSERT OR IGNORE INTO conversation_members (conversation_id, person_id) VALUES (?, ?)',
    );
    this.#memberIds = prepare('SELECT person_id FROM conversation_members WHERE conversation_id = ?').pluck();
    // Without the unique index (a bulk load) this must never run: it would read the whole table.
    this.#findMsgid = prepare('SELECT 1 FROM messages WHERE msgid = ?').pluck();
    this.#msgidOf = prepare('SELECT msgid FROM messages WHERE id = ?').pluck();
    this.#insertKind = prepare('INSERT OR IGNORE INTO message_kinds (kind) VALUES (?)');
    this.#addContact = prepare(
      `INSERT INTO import_contacts (file_id, employee_id, day, customer_id, messages) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (file_id, employee_id, day, customer_id) DO UPDATE SET messages = messages + excluded.messages`,
    );
    this.#setConsent = prepare(
      `INSERT INTO consents (person_id, agreed, at) VALUES (?, ?, ?)
       ON CONFLICT (person_id) DO UPDATE SET agreed = excluded.agreed, at = excluded.at WHERE excluded.at >= consents.at`,
    );
    this.#insertQuarantine = prepare(
      'INSERT INTO quarantine (file_id, line, reason, detail, raw, size) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#insertUndecryptable = prepare(
      'INSERT INTO import_undecryptable (file_id, line, seq, employee_id, at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#putSequence = prepare(
      `INSERT INTO import_sequences (file_id, first, last, employee_id, at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (file_id, first) DO UPDATE SET last = excluded.last, employee_id = excluded.employee_id, at = excluded.at`,
    );
    this.#updateFile = prepare(
      `UPDATE import_files SET kind = @kind, read = @read, imported = @imported, duplicates = @duplicates,
         quarantined = @quarantined, checkpoint = @checkpoint WHERE id = @id`,
    );
  }

  /** Runs `work` in a write transaction: all of it is stored, or nothing. */
  transaction(work: () => void): void {
    this.#handle.transaction(work).immediate();
  }

  /** The number of messages: ids have no gaps, since nothing is ever deleted. */
  lastMessageId(): number {
    return numberOf(this.#handle.prepare('SELECT max(id) FROM messages').pluck().get());
  }

  /** Every message's id and msgid, as bytes. */
  *msgids(): Generator<{ readonly id: number; readonly msgid: Uint8Array }> {
    const rows = this.#handle
      .prepare<[], { id: number; msgid: Uint8Array }>('SELECT id, CAST(msgid AS BLOB) AS msgid FROM messages')
      .iterate();
    yield* rows;
  }

  hasMsgid(msgid: string): boolean {
    return this.#findMsgid.get(msgid) !== undefined;
  }

  msgidOf(id: number): string | null {
    const msgid: unknown = this.#msgidOf.get(id);
    return typeof msgid === 'string' ? msgid : null;
  }

  findPerson(externalId: string): number {
    return numberOf(this.#findPerson.get(externalId));
  }

  insertPerson(externalId: string, kind: string, at: number): number {
    return numberOf(this.#insertPerson.run(externalId, kind, at).lastInsertRowid);
  }

  findConversation(key: string): number {
    return numberOf(this.#findConversation.get(key));
  }

  insertConversation(key: string, kind: 'single' | 'group', roomId: string | null, at: number): number {
    return numberOf(this.#insertConversation.run(key, kind, roomId, at, at).lastInsertRowid);
  }

  growConversation(id: number, count: number, first: number, last: number): void {
    this.#growConversation.run({ id, count, first, last });
  }

  memberIds(conversation: number): number[] {
    return this.#memberIds.all(conversation).map(numberOf);
  }

  insertMember(conversation: number, person: number): void {
    this.#insertMember.run(conversation, person);
  }

  insertKind(kind: string): void {
    this.#insertKind.run(kind);
  }

  addContact(file: number, employee: number, day: string, customer: number, messages: number): void {
    this.#addContact.run(file, employee, day, customer, messages);
  }

  setConsent(person: number, agreed: boolean, at: number): void {
    this.#setConsent.run(person, agreed ? 1 : 0, at);
  }

  insertQuarantine(file: number, row: QuarantineRow): void {
    this.#insertQuarantine.run(file, row.line, row.reason, row.detail, row.raw, row.size);
  }

  insertUndecryptable(
    file: number,
    line: number,
    seq: string | null,
    employee: number | null,
    at: number | null,
  ): void {
    this.#insertUndecryptable.run(file, line, seq, employee, at);
  }

  putSequence(file: number, first: string, last: string, employee: number | null, at: number | null): void {
    this.#putSequence.run(file, first, last, employee, at);
  }

  sequences(file: number): { first: string; last: string; employee_id: number | null; at: number | null }[] {
    return this.#handle
      .prepare<[number], { first: string; last: string; employee_id: number | null; at: number | null }>(
        'SELECT first, last, employee_id, at FROM import_sequences WHERE file_id = ?',
      )
      .all(file);
  }

  clearSequences(file: number): void {
    this.#handle.prepare('DELETE FROM import_sequences WHERE file_id = ?').run(file);
  }

  updateFile(id: number, kind: string, counts: FileCounts, checkpoint: string): void {
    this.#updateFile.run({ id, kind, ...counts, checkpoint });
  }
}

/** An id or a count from the database; 0 for no row. */
function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0;
}
