import { stat } from 'node:fs/promises';

import type { DatabaseConnection } from '../connection.ts';

/** Problems listed of one kind; a file with more is no less broken. */
const mostProblems = 100;

/**
 * Copies the database to `file` as of one moment, while others read and write it. All pages in one step: a backup in
 * small steps starts again each time somebody commits (https://sqlite.org/backup.html), and under an import never ends.
 */
export async function backupDatabase(connection: DatabaseConnection, file: string): Promise<void> {
  const everyPage = 2 ** 31 - 1;
  await connection.handle.backup(file, { progress: () => everyPage });
}

/** What SQLite finds wrong with the file's structure and its foreign keys; empty where all is well. */
export function databaseProblems(connection: DatabaseConnection): readonly string[] {
  const problems: string[] = [];
  for (const row of connection.handle
    .prepare<[], { integrity_check: string }>(`PRAGMA integrity_check(${mostProblems})`)
    .all()) {
    if (row.integrity_check !== 'ok') problems.push(row.integrity_check);
  }
  const broken = connection.handle.prepare<[], { table: string; rowid: number | null; parent: string }>(
    'PRAGMA foreign_key_check',
  );
  for (const row of broken.iterate()) {
    if (problems.length >= mostProblems) break;
    problems.push(
      `row ${row.rowid ?? '?'} of ${row.table} refers to a row of ${row.parent} that does not exist`,
    );
  }
  return problems;
}

/** Bytes of the database file and what waits in its log. */
export async function databaseBytes(file: string): Promise<number> {
  let bytes = 0;
  for (const suffix of ['', '-wal']) {
    bytes += await stat(file + suffix).then(
      ({ size }) => size,
      // No log: the last one to close the database took it in.
      () => 0,
    );
  }
  return bytes;
}
