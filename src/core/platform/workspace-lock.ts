import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { basename, join } from 'node:path';

import { z } from 'zod';

import { AppError } from '../contract/errors.ts';
import type { Clock } from './clock.ts';
import { takeFileLock } from './database/sqlite/file-lock.ts';

/** Who holds a workspace, for the message that the next one gets. */
const LockHolder = z.object({
  processId: z.number().int(),
  hostName: z.string(),
  userName: z.string(),
  program: z.string(),
  since: z.number().int(),
});
export type LockHolder = z.output<typeof LockHolder>;

const lockFile = 'lock.sqlite';
const holderFile = 'lock.json';

/** Takes the workspace's lock and writes who has it: the program's name as people know it. Throws `workspace-in-use`, which names the holder. */
export function lockWorkspace(directory: string, clock: Clock, program = startedProgram()): () => void {
  const release = takeFileLock(join(directory, lockFile));
  if (release === null) throw inUse(readHolder(directory));
  const holder: LockHolder = {
    processId: process.pid,
    hostName: hostname(),
    userName: loginName(),
    program,
    since: clock.now(),
  };
  try {
    writeFileSync(join(directory, holderFile), JSON.stringify(holder, null, 2));
  } catch (error) {
    release();
    throw error;
  }
  return () => {
    // In this order: once the lock is free, the file may already be the next holder's.
    rmSync(join(directory, holderFile), { force: true });
    release();
  };
}

/** Who holds the workspace now; null where nobody does. */
export function lockHolder(directory: string): LockHolder | null {
  // Never opened, or on a disk where nobody can hold anything.
  if (!existsSync(join(directory, lockFile))) return null;
  const release = takeFileLock(join(directory, lockFile));
  if (release === null) {
    return readHolder(directory) ?? { processId: 0, hostName: '?', userName: '?', program: '?', since: 0 };
  }
  release();
  return null;
}

/** The script that this process was started with, for hosts that don't name themselves. */
function startedProgram(): string {
  return basename(process.argv[1] ?? process.title);
}

function readHolder(directory: string): LockHolder | null {
  try {
    return LockHolder.parse(JSON.parse(readFileSync(join(directory, holderFile), 'utf8')));
  } catch {
    // The holder is just writing it, or just going: the lock counts, the name is only for the message.
    return null;
  }
}

function inUse(holder: LockHolder | null): AppError {
  if (holder === null) {
    return new AppError(
      'workspace-in-use',
      'Another program has this workspace open. Close it there, then try again.',
    );
  }
  const since = new Date(holder.since).toISOString();
  return new AppError(
    'workspace-in-use',
    `This workspace is open in ${holder.program} (process ${holder.processId}, user ${holder.userName}, ` +
      `computer ${holder.hostName}) since ${since}. Close it there, then try again.`,
    { ...holder },
  );
}

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no entry in the password database.
    return process.env.USER ?? 'unknown';
  }
}
