import { readdir, rename, rmdir } from 'node:fs/promises';
import { basename } from 'node:path';

import { AppError } from '../contract/errors.ts';

// What is made whole is built beside its place and renamed to it; nothing that lies there is ever removed.

/** Throws `workspace-exists` unless `directory` is missing or empty. */
export async function refuseNonEmpty(directory: string): Promise<void> {
  const entries = await readdir(directory).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    if (hasCode(error, 'ENOTDIR')) return ['a file'];
    throw error;
  });
  if (entries.length > 0) throw notEmpty(directory);
}

/**
 * Renames what was built to `target`, which must not exist or be empty. Somebody may have put files there while it was
 * built: only an empty folder is ever removed, and these files make it fail with `workspace-exists`.
 */
export async function moveIntoPlace(building: string, target: string): Promise<void> {
  try {
    // Windows can't rename onto a folder, not even an empty one.
    await rmdir(target).catch((error: unknown) => {
      if (!hasCode(error, 'ENOENT')) throw error;
    });
    await rename(building, target);
  } catch (error) {
    const taken = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].some((code) => hasCode(error, code));
    throw taken ? notEmpty(target, error) : error;
  }
}

function notEmpty(directory: string, cause?: unknown): AppError {
  return new AppError(
    'workspace-exists',
    `${basename(directory)} is not an empty folder. Choose a new name or an empty folder; nothing was changed.`,
    { name: basename(directory) },
    cause,
  );
}

/** Whether it is the file system's error of this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
