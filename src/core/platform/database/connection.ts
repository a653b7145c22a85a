import { existsSync } from 'node:fs';

import SqliteHandle from 'better-sqlite3';
import { Kysely, type Transaction } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';

import { AppError } from '../../contract/errors.ts';
import type { Tables } from './schema.ts';
import { ImmediateSqliteDialect } from './sqlite/dialect.ts';
import { migrations } from './sqlite/migrations/index.ts';

/** What queries need. A transaction is one too. */
export type Reader = Kysely<Tables>;
/** What changes need: a function that writes takes a transaction, so nothing is written without its audit event. */
export type Writer = Transaction<Tables>;

export interface DatabaseConnection {
  readonly query: Reader;
  /** The synchronous handle, for `platform/database/sqlite/` only: bulk loads, backup, integrity checks. */
  readonly handle: SqliteHandle.Database;
  /** One Int32: how many of this connection's transactions wait for the writer's lock. Jobs give way to them. */
  readonly turns: SharedArrayBuffer;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly readonly?: boolean;
  /** Page cache in KiB. Bulk loads take more. */
  readonly cacheKibibytes?: number;
}

/** How long a connection waits for another's transaction before it gives up. */
const busyTimeoutMilliseconds = 30_000;

/**
 * Opens a workspace's database file. Does not migrate.
 * `synchronous=FULL`: a decision that was acknowledged survives a power cut; it costs some 100 µs a transaction, and bulk
 * loads write few, large ones.
 */
export function openDatabase(file: string, options: OpenOptions = {}): DatabaseConnection {
  const handle = new SqliteHandle(file, {
    readonly: options.readonly ?? false,
    timeout: busyTimeoutMilliseconds,
  });
  try {
    configure(handle, options);
  } catch (error) {
    // Not a database, say: an open handle would keep the file busy on Windows.
    handle.close();
    throw error;
  }
  const turns = new SharedArrayBuffer(4);
  const query = new Kysely<Tables>({ dialect: new ImmediateSqliteDialect({ database: handle }, turns) });
  return {
    query,
    handle,
    turns,
    async close() {
      await query.destroy();
      // destroy() closes the handle only when a query has run.
      if (handle.open) handle.close();
    },
  };
}

function configure(handle: SqliteHandle.Database, options: OpenOptions): void {
  if (!handle.readonly) {
    // 8 KiB pages: fewer, larger reads for the message table (docs/benchmarks.md). Only a new file takes it.
    handle.pragma('page_size = 8192');
    handle.pragma('journal_mode = WAL');
    handle.pragma('synchronous = FULL');
  }
  handle.pragma('foreign_keys = ON');
  handle.pragma('trusted_schema = OFF');
  handle.pragma(`cache_size = -${options.cacheKibibytes ?? 32_768}`);
}

/** The newest migration that this version of the app knows. */
export const newestMigration = Object.keys(migrations).toSorted().at(-1) ?? '';

/** Names of the migrations that have been applied, oldest first; empty for a new file. */
export function appliedMigrations(connection: DatabaseConnection): readonly string[] {
  const known = connection.handle
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'kysely_migration'`,
    )
    .get();
  if (!known) return [];
  return connection.handle
    .prepare<[], { name: string }>('SELECT name FROM kysely_migration ORDER BY name')
    .all()
    .map((row) => row.name);
}

/**
 * Brings the schema up to date, each migration in a transaction of its own with its name: one that is killed half-way
 * leaves the schema of the one before. Throws `workspace-newer` where the file was written by a later version of the app.
 */
export async function migrate(
  connection: DatabaseConnection,
  upTo: string = newestMigration,
  known: Readonly<Record<string, Migration>> = migrations,
): Promise<void> {
  const applied = appliedMigrations(connection);
  const newer = applied.filter((name) => !Object.hasOwn(known, name));
  if (newer.length > 0) {
    throw new AppError(
      'workspace-newer',
      `This workspace was written by a newer version of Countersign (it has the change ${newer.join(', ')}). ` +
        'Open it with that version.',
      { newer: newer.join(', ') },
    );
  }
  const pending = Object.keys(known)
    .filter((name) => name <= upTo && !applied.includes(name))
    .toSorted();
  if (pending.length === 0) return;
  const migrator = new Migrator({
    db: connection.query,
    provider: { getMigrations: () => Promise.resolve({ ...known }) },
  });
  for (const name of pending) {
    const { error } = await migrator.migrateTo(name);
    if (error !== undefined) throw error;
  }
}

/** True where `file` exists: opening would otherwise make an empty database. */
export function databaseExists(file: string): boolean {
  return existsSync(file);
}
