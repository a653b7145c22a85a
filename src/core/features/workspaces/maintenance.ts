import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';

import { AppError } from '../../contract/errors.ts';
import { BlobId } from '../../contract/ids.ts';
import { temporaryFolder, translateWriteError } from '../../platform/blobs/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { appliedMigrations } from '../../platform/database/connection.ts';
import {
  backupDatabase,
  databaseBytes,
  databaseProblems,
} from '../../platform/database/sqlite/maintenance.ts';
import { moveIntoPlace, refuseNonEmpty } from '../../platform/empty-folder.ts';
import { type LockHolder, lockHolder } from '../../platform/workspace-lock.ts';
import {
  type OpenWorkspace,
  blobFolderName,
  databaseFileName,
  keyFolderName,
  openWorkspace,
  readWorkspaceFile,
  translateDatabaseError,
  writeWorkspaceFile,
} from '../../platform/workspace.ts';
import { type AuditVerification, verifyAudit } from '../audit/index.ts';
import { type WorkspaceCounts, countRows, namedBlobs } from './repository.ts';

export interface BackupReport {
  readonly directory: string;
  readonly databaseBytes: number;
  readonly blobs: number;
  readonly blobBytes: number;
}

/**
 * Copies a workspace that may be in use into a new or empty folder. The database first, as of one moment: blobs are
 * only ever added, so those that it names are all there when they are copied after it. Built beside the target and
 * renamed: what has the target's name is a whole backup.
 */
export async function backupWorkspace(workspace: OpenWorkspace, target: string): Promise<BackupReport> {
  const destination = resolve(target);
  if (destination === workspace.directory || destination.startsWith(workspace.directory + sep)) {
    throw new AppError(
      'bad-input',
      'A backup inside the workspace would be lost with it. Choose another folder.',
      {
        path: 'target',
        problem: 'inside the workspace',
      },
    );
  }
  await refuseNonEmpty(destination);
  const building = join(dirname(destination), `.${basename(destination)}.${randomUUID()}.new`);
  try {
    await mkdir(building, { recursive: true, mode: 0o700 });
    await backupDatabase(workspace.connection, join(building, databaseFileName));
    const incoming = join(workspace.blobDirectory, temporaryFolder);
    await copyFolder(
      workspace.blobDirectory,
      join(building, blobFolderName),
      (path) => !path.startsWith(incoming),
    );
    await copyFolder(join(workspace.directory, keyFolderName), join(building, keyFolderName), () => true);
    await writeWorkspaceFile(building, await readWorkspaceFile(workspace.directory));
    const copied = await folderSize(join(building, blobFolderName));
    const bytes = await databaseBytes(join(building, databaseFileName));
    await moveIntoPlace(building, destination);
    return { directory: destination, databaseBytes: bytes, blobs: copied.files, blobBytes: copied.bytes };
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw translateDatabaseError(translateWriteError(error));
  }
}

async function copyFolder(from: string, to: string, wanted: (path: string) => boolean): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  if (!existsSync(from)) return;
  await cp(from, to, { recursive: true, filter: wanted, preserveTimestamps: true });
}

export interface CheckReport {
  readonly ok: boolean;
  /** What SQLite says of the file and of references between rows. */
  readonly database: readonly string[];
  readonly blobs: {
    readonly count: number;
    readonly bytes: number;
    /** Files whose bytes are not what their name says. */
    readonly damaged: readonly string[];
    /** Named by an import or a frozen handover sheet, and not there. */
    readonly missing: readonly string[];
  };
  readonly audit: AuditVerification;
}

/** Checks database, blobs and audit log. Reads only; the workspace may be in use. */
export async function checkWorkspace(directory: string, clock: Clock): Promise<CheckReport> {
  const workspace = await openWorkspace(directory, { mode: 'shared', clock });
  try {
    const database = databaseProblems(workspace.connection);
    const stored = await workspace.blobs.verify();
    const missing: string[] = [];
    for await (const blob of namedBlobs(workspace.connection.query)) {
      const there = await workspace.blobs.size(blob).then(
        () => true,
        () => false,
      );
      if (!there && !missing.includes(blob)) missing.push(blob);
    }
    const audit = await verifyAudit(workspace.connection.query);
    return {
      ok: database.length === 0 && stored.damaged.length === 0 && missing.length === 0 && audit.ok,
      database,
      blobs: { ...stored, missing },
      audit,
    };
  } catch (error) {
    throw translateDatabaseError(error);
  } finally {
    await workspace.close();
  }
}

export interface WorkspaceInfo extends WorkspaceCounts {
  readonly title: string;
  readonly createdAt: number;
  readonly demo: boolean;
  /** The newest change of the schema that it has. */
  readonly schema: string;
  readonly databaseBytes: number;
  readonly blobs: number;
  readonly blobBytes: number;
  readonly writable: boolean;
  /** Who has it open; null when nobody. */
  readonly holder: LockHolder | null;
}

/** What a workspace is and holds; it may be in use. */
export async function workspaceInfo(directory: string, clock: Clock): Promise<WorkspaceInfo> {
  const workspace = await openWorkspace(directory, { mode: 'shared', clock });
  try {
    const blobs = await folderSize(workspace.blobDirectory);
    return {
      title: workspace.file.title,
      createdAt: workspace.file.createdAt,
      demo: workspace.file.demo,
      schema: appliedMigrations(workspace.connection).at(-1) ?? '',
      databaseBytes: await databaseBytes(join(workspace.directory, databaseFileName)),
      blobs: blobs.files,
      blobBytes: blobs.bytes,
      writable: workspace.writable,
      holder: lockHolder(workspace.directory),
      ...(await countRows(workspace.connection.query)),
    };
  } catch (error) {
    throw translateDatabaseError(error);
  } finally {
    await workspace.close();
  }
}

/** Files that are blobs, and their bytes. */
async function folderSize(directory: string): Promise<{ files: number; bytes: number }> {
  let files = 0;
  let bytes = 0;
  // No folder: nothing was ever stored, or all of it is lost, which a check says.
  const folders = existsSync(directory) ? await readdir(directory) : [];
  for (const folder of folders) {
    if (folder === temporaryFolder) continue;
    for (const name of await readdir(join(directory, folder))) {
      if (!BlobId.safeParse(name).success) continue;
      files += 1;
      bytes += (await stat(join(directory, folder, name))).size;
    }
  }
  return { files, bytes };
}
