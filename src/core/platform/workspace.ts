import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  copyFile,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

import SqliteHandle from 'better-sqlite3';
import { z } from 'zod';

import { AppError } from '../contract/errors.ts';
import { type BlobStore, createBlobStore, translateWriteError } from './blobs/index.ts';
import type { Clock } from './clock.ts';
import {
  type DatabaseConnection,
  appliedMigrations,
  databaseExists,
  migrate,
  newestMigration,
  openDatabase,
} from './database/connection.ts';
import { restoreMessageIndexes } from './database/sqlite/bulk-load.ts';
import { hasCode, moveIntoPlace, refuseNonEmpty } from './empty-folder.ts';
import { lockWorkspace } from './workspace-lock.ts';

/** `exclusive` holds the workspace's lock; `shared` does not, and runs no jobs. */
export type WorkspaceMode = 'exclusive' | 'shared';

const WorkspaceFile = z.object({
  format: z.literal(1),
  title: z.string().min(1),
  createdAt: z.number().int(),
  demo: z.boolean(),
});
/** What workspace.json says. */
export type WorkspaceFile = Readonly<z.output<typeof WorkspaceFile>>;

export interface OpenWorkspace {
  /** The folder's name as a slug: what crosses the contract instead of the path. */
  readonly name: string;
  readonly directory: string;
  readonly blobDirectory: string;
  readonly file: WorkspaceFile;
  readonly connection: DatabaseConnection;
  readonly blobs: BlobStore;
  /** False where the folder or its disk is read-only: the database is then a copy, and refuses changes. */
  readonly writable: boolean;
  close(): Promise<void>;
}

export const workspaceFileName = 'workspace.json';
export const databaseFileName = 'workspace.sqlite';
export const blobFolderName = 'blobs';
export const keyFolderName = 'keys';

/**
 * Makes a workspace in `directory`, which must not exist or be empty. It is built beside it and then renamed, so a
 * crash leaves either a whole workspace or none. `initialise` fills the new database (the first accounts).
 */
export async function createWorkspace(
  directory: string,
  options: {
    readonly title: string;
    readonly demo: boolean;
    readonly initialise?: (connection: DatabaseConnection) => Promise<void>;
  },
  clock: Clock,
): Promise<void> {
  const target = resolve(directory);
  await refuseNonEmpty(target);
  const building = join(dirname(target), `.${basename(target)}.${randomUUID()}.new`);
  try {
    await mkdir(building, { recursive: true, mode: 0o700 });
    await mkdir(join(building, blobFolderName), { mode: 0o700 });
    await mkdir(join(building, keyFolderName), { mode: 0o700 });
    const connection = openDatabase(join(building, databaseFileName));
    try {
      await migrate(connection);
      await options.initialise?.(connection);
    } finally {
      await connection.close();
    }
    await writeWorkspaceFile(building, {
      format: 1,
      title: options.title,
      createdAt: clock.now(),
      demo: options.demo,
    });
    await moveIntoPlace(building, target);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw translateWriteError(error);
  }
}

/** Opens the workspace in `directory`, brings its schema up to date, and takes its lock in exclusive mode. */
export async function openWorkspace(
  directory: string,
  options: {
    readonly mode: WorkspaceMode;
    readonly clock: Clock;
    /** What whoever finds the workspace locked reads: `Countersign`, `countersign import`… */
    readonly program?: string | undefined;
  },
): Promise<OpenWorkspace> {
  const root = resolve(directory);
  const file = await readWorkspaceFile(root);
  if (!databaseExists(join(root, databaseFileName))) {
    throw damaged(`its database (${databaseFileName}) is missing`);
  }
  const writable = await isWritable(root);
  if (!writable && options.mode === 'exclusive') {
    throw new AppError(
      'workspace-read-only',
      'The workspace can be read but not written: its folder or disk is read-only. Copy it to a place where you may write.',
    );
  }
  let unlock: (() => void) | null = null;
  try {
    if (options.mode === 'exclusive') unlock = lockWorkspace(root, options.clock, options.program);
    const database = writable ? await openLive(root, options) : await openCopy(root);
    const blobDirectory = join(root, blobFolderName);
    let closed = false;
    return {
      name: slugOf(basename(root)),
      directory: root,
      blobDirectory,
      file,
      connection: database,
      blobs: createBlobStore(blobDirectory),
      writable,
      async close() {
        // Twice would take the next holder's name out of the lock.
        if (closed) return;
        closed = true;
        try {
          await database.close();
        } finally {
          unlock?.();
        }
      },
    };
  } catch (error) {
    unlock?.();
    throw translateDatabaseError(error);
  }
}

async function openLive(
  root: string,
  { mode, clock, program }: Parameters<typeof openWorkspace>[1],
): Promise<DatabaseConnection> {
  const connection = openDatabase(join(root, databaseFileName));
  try {
    const applied = appliedMigrations(connection);
    // An empty file is a valid SQLite database: migrating it would hide that everything is gone.
    if (applied.length === 0) throw damaged('its database is empty');
    if (mode === 'exclusive' || applied.at(-1) === newestMigration || isNewer(applied)) {
      await migrate(connection);
      // Only the holder of the lock knows that no import is at work on the indexes.
      if (mode === 'exclusive') restoreMessageIndexes(connection);
    } else {
      // Sharing changes no schema under another process: the lock, for as long as the migration takes.
      const unlock = lockWorkspace(root, clock, program);
      try {
        await migrate(connection);
      } finally {
        unlock();
      }
    }
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function isNewer(applied: readonly string[]): boolean {
  return (applied.at(-1) ?? '') > newestMigration;
}

/**
 * SQLite can't read a database in WAL mode in a folder where it can't write its -shm file
 * (https://sqlite.org/wal.html, "Read-Only Databases"), so what is read is a copy. Nobody writes there meanwhile.
 */
async function openCopy(root: string): Promise<DatabaseConnection> {
  const copy = await mkdtemp(join(tmpdir(), 'countersign-'));
  const discard = () => rm(copy, { recursive: true, force: true });
  try {
    for (const suffix of ['', '-wal']) {
      const source = join(root, databaseFileName + suffix);
      if (databaseExists(source))
        await copyFile(source, join(copy, databaseFileName + suffix), constants.COPYFILE_FICLONE);
    }
    const connection = openDatabase(join(copy, databaseFileName));
    try {
      if (appliedMigrations(connection).length === 0) throw damaged('its database is empty');
      await migrate(connection);
      connection.handle.pragma('query_only = ON');
    } catch (error) {
      await connection.close();
      throw error;
    }
    return {
      ...connection,
      async close() {
        await connection.close();
        await discard();
      },
    };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** Reads and checks workspace.json. */
export async function readWorkspaceFile(directory: string): Promise<WorkspaceFile> {
  let text: string;
  try {
    text = await readFile(join(directory, workspaceFileName), 'utf8');
  } catch (error) {
    if (databaseExists(join(directory, databaseFileName))) {
      throw damaged(`its description (${workspaceFileName}) is missing or unreadable`, error);
    }
    throw new AppError(
      'not-found',
      `There is no workspace in ${basename(directory)}: the folder has no ${workspaceFileName}.`,
      { name: basename(directory) },
      error,
    );
  }
  const parsed = parseJson(text);
  const format = z.object({ format: z.number() }).safeParse(parsed);
  if (format.success && format.data.format > 1) {
    throw new AppError(
      'workspace-newer',
      `This workspace was written by a newer version of Countersign (format ${format.data.format}). Open it with that version.`,
      { newer: `format ${format.data.format}` },
    );
  }
  const file = WorkspaceFile.safeParse(parsed);
  if (!file.success) throw damaged(`its description (${workspaceFileName}) can't be understood`, file.error);
  return file.data;
}

/** Replaces workspace.json, whole or not at all. */
export async function writeWorkspaceFile(directory: string, file: WorkspaceFile): Promise<void> {
  const temporary = join(directory, `${workspaceFileName}.${randomUUID()}`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, join(directory, workspaceFileName));
  } catch (error) {
    await rm(temporary, { force: true });
    throw translateWriteError(error);
  }
}

/** Workspaces directly below `home`, by name; folders that are none are left out. */
export async function listWorkspaces(
  home: string,
): Promise<readonly { name: string; file: WorkspaceFile }[]> {
  const entries = await readdir(home, { withFileTypes: true }).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  const found: { name: string; file: WorkspaceFile }[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory() || entry.name !== slugOf(entry.name)) continue;
    const file = await readWorkspaceFile(join(home, entry.name)).catch(() => null);
    if (file !== null) found.push({ name: entry.name, file });
  }
  return found;
}

/** Lower-case letters, digits and hyphens of a text; `workspace` where it has none. */
export function slugOf(text: string): string {
  const slug = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50);
  return slug === '' ? 'workspace' : slug;
}

/** Maps what SQLite says of a file that is no database, or a broken one. */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof SqliteHandle.SqliteError) {
    if (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT')) {
      return damaged('its database is broken or is not a database', error);
    }
  }
  return translateWriteError(error);
}

function damaged(what: string, cause?: unknown): AppError {
  return new AppError(
    'workspace-damaged',
    `The workspace can't be opened: ${what}. Nothing was changed; restore the latest backup.`,
    { problem: what },
    cause,
  );
}

async function isWritable(root: string): Promise<boolean> {
  try {
    await access(root, constants.W_OK);
    await access(join(root, databaseFileName), constants.W_OK);
    return (await stat(root)).isDirectory();
  } catch {
    return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
