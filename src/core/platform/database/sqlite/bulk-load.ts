import type SqliteHandle from 'better-sqlite3';

import type { Milliseconds } from '../../../contract/ids.ts';
import type { DatabaseConnection } from '../connection.ts';

// Loading messages by the million. With the secondary indexes present a row costs three times as much as building
// them afterwards (docs/benchmarks.md, "Imports"), so a large load drops them first. `bulk_load` records that, and whoever
// opens the workspace after a crash builds them again: uniqueness of msgid is back before anybody relies on it.

/** As in the migrations; bulk-load.test.ts compares. */
const messageIndexes = {
  messages_by_msgid: `CREATE UNIQUE INDEX messages_by_msgid ON messages (msgid)`,
  messages_by_conversation: `CREATE INDEX messages_by_conversation ON messages (conversation_id, sent_at, id)`,
  messages_by_revoked: `CREATE INDEX messages_by_revoked ON messages (revokes) WHERE revokes IS NOT NULL`,
  messages_by_time: `CREATE INDEX messages_by_time ON messages (sent_at)`,
} as const;

/**
 * Page cache during a bulk load, in KiB. Appending touches each page once, and the sorter of an index takes as much memory
 * again as the cache has: more gains nothing measurable at 1,000,000 messages.
 */
const bulkCache = 32_768;
/** The log is copied into the database after so many pages (64 MiB): each time waits for the disk twice. */
const bulkLogPages = 8192;
/** SQLite's own number. */
const usualLogPages = 1000;

/** How many steps `finishBulkLoad` reports. */
export const bulkLoadSteps = Object.keys(messageIndexes).length;

/**
 * Drops the message table's indexes and says so in the database, in one transaction. Until `finishBulkLoad`, whoever inserts
 * must see to it that no msgid comes twice.
 */
export function beginBulkLoad(connection: DatabaseConnection, now: Milliseconds): void {
  const { handle } = connection;
  handle.pragma(`cache_size = -${bulkCache}`);
  handle.pragma(`wal_autocheckpoint = ${bulkLogPages}`);
  handle
    .transaction(() => {
      handle.prepare('INSERT OR IGNORE INTO bulk_load (id, started_at) VALUES (1, ?)').run(now);
      for (const name of Object.keys(messageIndexes)) handle.exec(`DROP INDEX IF EXISTS ${name}`);
    })
    .immediate();
}

/** True between `beginBulkLoad` and `finishBulkLoad`, crashes included. */
export function isBulkLoading(connection: DatabaseConnection): boolean {
  return connection.handle.prepare('SELECT 1 FROM bulk_load').get() !== undefined;
}

/** Builds the indexes again, each in a transaction of its own, and ends the bulk load with the last. */
export function finishBulkLoad(
  connection: DatabaseConnection,
  step: (done: number) => void = () => {},
): void {
  const { handle } = connection;
  for (const [index, [name, statement]] of Object.entries(messageIndexes).entries()) {
    step(index);
    const known = handle.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?`).get(name);
    if (known === undefined) handle.exec(statement);
  }
  handle.prepare('DELETE FROM bulk_load').run();
  handle.pragma(`wal_autocheckpoint = ${usualLogPages}`);
  step(bulkLoadSteps);
}

/** Called when a workspace is opened: mends what an import that was killed left behind. True where there was something. */
export function restoreMessageIndexes(connection: DatabaseConnection): boolean {
  if (!isBulkLoading(connection)) return false;
  finishBulkLoad(connection);
  return true;
}

/**
 * Whether a commit waits for the disk. An import need not: after a power cut it goes on from the last commit that arrived,
 * whose checkpoint, counts and rows are one transaction (https://sqlite.org/pragma.html#pragma_synchronous, NORMAL in WAL).
 */
export function waitForDisk({ handle }: DatabaseConnection, wait: boolean): void {
  handle.pragma(`synchronous = ${wait ? 'FULL' : 'NORMAL'}`);
}

/** A value that is bound. */
export type SqlValue = string | number | null;

/**
 * Values of one row for `MessageInserter`, in this order: id, msgid, conversation, sender, sent at, action, kind, text, body,
 * recipients, seq, revokes, line. msgid, text, body, seq and revokes are two values each: the offset of their bytes in the
 * block, from 1, and their length; null for no text.
 */
export const valuesPerMessage = 18;
/** Rows per statement: more gains nothing measurable, and the parameters stay below SQLite's 32,766. */
export const messagesPerStatement = 64;

const text = 'CAST(substr(@block, ?, ?) AS TEXT)';
const rowSql = `(?, ${text}, ?, ?, ?, ?, ?, ${text}, ${text}, ?, ${text}, ${text}, @file, ?)`;

function insertSql(rows: number): string {
  return `INSERT INTO messages (id, msgid, conversation_id, sender_id, sent_at, action, kind, text, body, recipients, seq,
    revokes, file_id, line) VALUES ${Array.from({ length: rows }, () => rowSql).join(', ')}`;
}

/**
 * Inserts messages whose texts lie in one block of UTF-8: SQLite cuts them out itself, so they never become JavaScript
 * strings.
 */
export class MessageInserter {
  readonly #many: SqliteHandle.Statement;
  readonly #one: SqliteHandle.Statement;

  constructor({ handle }: DatabaseConnection) {
    this.#many = handle.prepare(insertSql(messagesPerStatement));
    this.#one = handle.prepare(insertSql(1));
  }

  /** The first `count` values, of at most `messagesPerStatement` rows. */
  insert(file: number, block: Uint8Array, values: readonly SqlValue[], count: number): void {
    if (count === valuesPerMessage * messagesPerStatement) {
      this.#many.run(values, { block, file });
      return;
    }
    for (let at = 0; at < count; at += valuesPerMessage) {
      this.#one.run(values.slice(at, at + valuesPerMessage), { block, file });
    }
  }
}
