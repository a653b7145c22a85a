import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '../../contract/errors.ts';
import { BlobId } from '../../contract/ids.ts';

/**
 * Content-addressed files: a blob's name is its SHA-256, so it can't be changed without being noticed, and the same
 * bytes are kept once. Written to a temporary name, synced, then renamed: a blob is whole or absent.
 */
export interface BlobStore {
  /** Stores the bytes; answers the id and size. Throws `file-too-large` beyond `limit` bytes. */
  write(source: AsyncIterable<Uint8Array>, limit?: number): Promise<{ id: BlobId; bytes: number }>;
  /** The file's path, for readers in this process. Throws `not-found`. */
  path(id: BlobId): Promise<string>;
  read(id: BlobId, start?: number): Promise<ReadStream>;
  size(id: BlobId): Promise<number>;
  /** Recomputes every blob's hash; answers what does not match its name. */
  verify(): Promise<{ count: number; bytes: number; damaged: readonly string[] }>;
  /** Removes what an upload that was cut off left behind. Only for whoever holds the workspace's lock. */
  discardIncoming(): Promise<void>;
}

/** Where bytes lie until their hash, and so their name, is known. */
export const temporaryFolder = 'incoming';

/** The store in `directory` (made when missing). */
export function createBlobStore(directory: string): BlobStore {
  const fileOf = (id: string) => join(directory, id.slice(0, 2), id);

  async function existing(id: BlobId): Promise<string> {
    const file = fileOf(BlobId.parse(id));
    try {
      await stat(file);
    } catch (error) {
      throw new AppError('not-found', 'That file is no longer in the workspace.', { blob: id }, error);
    }
    return file;
  }

  return {
    async write(source, limit = Number.POSITIVE_INFINITY) {
      const incoming = join(directory, temporaryFolder);
      await mkdir(incoming, { recursive: true });
      const temporary = join(incoming, randomUUID());
      const hash = createHash('sha256');
      let bytes = 0;
      const handle = await open(temporary, 'wx', 0o600);
      try {
        try {
          for await (const chunk of source) {
            bytes += chunk.byteLength;
            if (bytes > limit) {
              throw new AppError('file-too-large', `The file is larger than ${limit} bytes.`, { limit });
            }
            hash.update(chunk);
            await handle.writeFile(chunk);
          }
          await handle.sync();
        } finally {
          await handle.close();
        }
        const id = BlobId.parse(hash.digest('hex'));
        const file = fileOf(id);
        await mkdir(join(directory, id.slice(0, 2)), { recursive: true });
        await rename(temporary, file);
        await syncFolder(join(directory, id.slice(0, 2)));
        return { id, bytes };
      } catch (error) {
        await rm(temporary, { force: true });
        throw translateWriteError(error);
      }
    },
    path: existing,
    async read(id, start = 0) {
      return createReadStream(await existing(id), { start, highWaterMark: 1 << 20 });
    },
    async size(id) {
      return (await stat(await existing(id))).size;
    },
    async verify() {
      const damaged: string[] = [];
      let count = 0;
      let bytes = 0;
      // No folder yet: nothing was ever stored.
      const folders = existsSync(directory) ? await readdir(directory, { withFileTypes: true }) : [];
      for (const folder of folders) {
        if (!folder.isDirectory() || folder.name === temporaryFolder) continue;
        for (const name of await readdir(join(directory, folder.name))) {
          const hash = createHash('sha256');
          for await (const chunk of createReadStream(join(directory, folder.name, name))) {
            hash.update(chunk);
            bytes += chunk.length;
          }
          count += 1;
          if (hash.digest('hex') !== name) damaged.push(name);
        }
      }
      return { count, bytes, damaged };
    },
    async discardIncoming() {
      await rm(join(directory, temporaryFolder), { recursive: true, force: true });
    },
  };
}

/** Makes the rename itself survive a power cut: the database may refer to the blob from now on. */
async function syncFolder(folder: string): Promise<void> {
  // Windows can't open a folder, and NTFS journals the rename.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** No space on the disk, or none left of the user's share of it. */
const fullDisk: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/** Maps the file system's errors on writing to ours; others pass unchanged. */
export function translateWriteError(error: unknown): unknown {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    if (fullDisk.has(error.code)) {
      return new AppError(
        'disk-full',
        'The disk is full. Nothing that was stored before is lost; free some space and try again.',
        {},
        error,
      );
    }
    if (error.code === 'EROFS' || error.code === 'EACCES' || error.code.startsWith('SQLITE_READONLY')) {
      return new AppError(
        'workspace-read-only',
        'The workspace can be read but not written: its folder or disk is read-only.',
        {},
        error,
      );
    }
  }
  return error;
}
