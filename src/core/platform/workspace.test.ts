import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { createTestWorkspace, temporaryFolder } from '../../../test/support/workspace.ts';
import { systemClock as clock } from './clock.ts';
import { migrate, openDatabase } from './database/connection.ts';
import { migrations } from './database/sqlite/migrations/index.ts';
import { lockHolder } from './workspace-lock.ts';
import { createWorkspace, listWorkspaces, openWorkspace, readWorkspaceFile, slugOf } from './workspace.ts';

// Threads and processes of their own, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let directory = '';
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
  directory = join(folder.path, 'branch');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await folder.remove();
});

const holder = fileURLToPath(new URL('../../../test/support/hold-workspace.ts', import.meta.url));

/** Starts a process that opens the workspace; answers it and its first line. */
async function openElsewhere(
  extra: readonly string[] = [],
  user: { uid?: number; gid?: number } = {},
): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, [holder, directory, ...extra], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...user,
  });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, line: line.toString().trim() };
}

const exclusive = () => openWorkspace(directory, { mode: 'exclusive', clock });
const shared = () => openWorkspace(directory, { mode: 'shared', clock });

describe('creating', () => {
  test('makes the folder with its description, database, blobs and keys, and nothing beside it', async () => {
    await createWorkspace(directory, { title: '风控部', demo: false }, clock);
    expect((await readdir(directory)).toSorted()).toEqual([
      'blobs',
      'keys',
      'workspace.json',
      'workspace.sqlite',
    ]);
    expect(await readWorkspaceFile(directory)).toMatchObject({ format: 1, title: '风控部', demo: false });
    expect(await readdir(folder.path)).toEqual(['branch']);
  });

  test('takes an empty folder and refuses one with something in it', async () => {
    await mkdir(directory);
    await createWorkspace(directory, { title: 'A', demo: false }, clock);
    await expect(createWorkspace(directory, { title: 'B', demo: false }, clock)).rejects.toMatchObject({
      code: 'workspace-exists',
    });
    expect((await readWorkspaceFile(directory)).title).toBe('A');
  });

  test('refuses a file in the place of the folder', async () => {
    await writeFile(directory, 'x');
    await expect(createWorkspace(directory, { title: 'B', demo: false }, clock)).rejects.toMatchObject({
      code: 'workspace-exists',
    });
  });

  test('keeps files that somebody puts in its place meanwhile', async () => {
    const creating = createWorkspace(
      directory,
      {
        title: 'A',
        demo: false,
        async initialise() {
          await mkdir(directory);
          await writeFile(join(directory, 'thesis.txt'), 'years of work');
        },
      },
      clock,
    );
    await expect(creating).rejects.toMatchObject({ code: 'workspace-exists' });
    expect(await readdir(directory)).toEqual(['thesis.txt']);
    expect(await readdir(folder.path)).toEqual(['branch']);
  });

  test('leaves nothing behind when filling it fails', async () => {
    const failing = createWorkspace(
      directory,
      { title: 'A', demo: false, initialise: () => Promise.reject(new Error('no')) },
      clock,
    );
    await expect(failing).rejects.toThrow('no');
    expect(await readdir(folder.path)).toEqual([]);
  });
});

describe('opening', () => {
  beforeEach(() => createTestWorkspace(directory));

  test('gives database, blobs and description', async () => {
    const workspace = await exclusive();
    expect(workspace).toMatchObject({ name: 'branch', writable: true, file: { title: 'Test' } });
    expect(await workspace.blobs.verify()).toEqual({ count: 0, bytes: 0, damaged: [] });
    await workspace.close();
  });

  test('says what is not there', async () => {
    await expect(
      openWorkspace(join(folder.path, 'nowhere'), { mode: 'exclusive', clock }),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(openWorkspace(folder.path, { mode: 'exclusive', clock })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test.each<[string, () => Promise<unknown>]>([
    ['a missing database', () => rm(join(directory, 'workspace.sqlite'))],
    ['a missing description', () => rm(join(directory, 'workspace.json'))],
    ['a description that is no JSON', () => writeFile(join(directory, 'workspace.json'), '{"format":')],
    ['a description of something else', () => writeFile(join(directory, 'workspace.json'), '{"name":"x"}')],
    [
      'a database that is none',
      () => writeFile(join(directory, 'workspace.sqlite'), 'not a database '.repeat(1000)),
    ],
    ['an empty database', () => writeFile(join(directory, 'workspace.sqlite'), '')],
  ])('calls %s damaged, and frees the lock', async (_what, damage) => {
    await damage();
    await expect(exclusive()).rejects.toMatchObject({ code: 'workspace-damaged' });
    expect(lockHolder(directory)).toBeNull();
  });

  test('refuses what a newer version wrote', async () => {
    const connection = openDatabase(join(directory, 'workspace.sqlite'));
    await migrate(connection, '9999-future', { ...migrations, '9999-future': { up: async () => {} } });
    await connection.close();
    await expect(exclusive()).rejects.toMatchObject({ code: 'workspace-newer' });
    await expect(shared()).rejects.toMatchObject({ code: 'workspace-newer' });
    await writeFile(join(directory, 'workspace.json'), JSON.stringify({ format: 2, anything: true }));
    await expect(exclusive()).rejects.toMatchObject({
      code: 'workspace-newer',
      details: { newer: 'format 2' },
    });
  });

  test('lists the workspaces of a home, and only those', async () => {
    await mkdir(join(folder.path, 'not-one'));
    await writeFile(join(folder.path, 'a-file'), '');
    expect((await listWorkspaces(folder.path)).map((entry) => entry.name)).toEqual(['branch']);
    expect(await listWorkspaces(join(folder.path, 'nowhere'))).toEqual([]);
  });
});

describe('the lock', () => {
  beforeEach(() => createTestWorkspace(directory));

  test('keeps a second opening in the same process out, names the holder, and goes with it', async () => {
    const first = await exclusive();
    await expect(exclusive()).rejects.toMatchObject({
      code: 'workspace-in-use',
      details: { processId: process.pid, hostName: hostname() },
    });
    expect(lockHolder(directory)).toMatchObject({ processId: process.pid });
    await first.close();
    expect(lockHolder(directory)).toBeNull();
    await (await exclusive()).close();
  });

  test('is held in the name that the host gives itself', async () => {
    const workspace = await openWorkspace(directory, {
      mode: 'exclusive',
      clock,
      program: 'countersign import',
    });
    expect(lockHolder(directory)).toMatchObject({ program: 'countersign import' });
    await expect(exclusive()).rejects.toThrow('open in countersign import (process');
    await workspace.close();
  });

  test('keeps another process out, names it, and ends with a kill', async () => {
    const { child, line } = await openElsewhere();
    expect(line).toBe('open 6 users, writable true');
    const refusal = await exclusive().catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'workspace-in-use',
      details: { processId: child.pid, program: 'hold-workspace.ts' },
    });
    expect(String(refusal)).toContain(String(child.pid));
    child.kill('SIGKILL');
    await once(child, 'exit');
    // The dead process left its name behind; the lock is what counts.
    expect(await readFile(join(directory, 'lock.json'), 'utf8')).toContain(String(child.pid));
    expect(lockHolder(directory)).toBeNull();
    await (await exclusive()).close();
  }, 30_000);

  test('lets those who share it in', async () => {
    const first = await exclusive();
    const second = await shared();
    expect(second.connection.handle.prepare('SELECT COUNT(*) AS count FROM users').get()).toEqual({
      count: 6,
    });
    await second.close();
    await first.close();
  });
});

describe('a read-only workspace', () => {
  // Root may write anywhere: then the test runs as nobody.
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const paths = ['', 'blobs', 'keys'];

  beforeEach(async () => {
    await createTestWorkspace(directory);
    await chmod(folder.path, 0o755);
    for (const name of ['workspace.json', 'workspace.sqlite']) await chmod(join(directory, name), 0o444);
    for (const path of paths) await chmod(join(directory, path), 0o555);
  });

  afterEach(async () => {
    for (const path of paths) await chmod(join(directory, path), 0o755);
  });

  test.skipIf(process.platform === 'win32')(
    'can be looked at and not opened for work',
    async () => {
      expect((await openElsewhere(['exclusive', '--once'], nobody)).line).toBe('workspace-read-only');
      expect((await openElsewhere(['shared', '--once'], nobody)).line).toBe('open 6 users, writable false');
      expect((await readdir(directory)).toSorted()).toEqual([
        'blobs',
        'keys',
        'workspace.json',
        'workspace.sqlite',
      ]);
    },
    30_000,
  );
});

test.each([
  ['Risk Control 2026', 'risk-control-2026'],
  ['风控部', 'workspace'],
  ['../../etc', 'etc'],
  ['', 'workspace'],
  ['a'.repeat(100), 'a'.repeat(50)],
])('the slug of %j is %s', (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});
