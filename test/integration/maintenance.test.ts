import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { checkWorkspace, workspaceInfo } from '../../src/core/features/workspaces/index.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { newestMigration, openDatabase } from '../../src/core/platform/database/connection.ts';
import { type TestWorld, startTestWorld } from '../support/workspace.ts';

let world: TestWorld;

beforeEach(async () => {
  world = await startTestWorld();
});

afterEach(() => world.close());

const target = () => join(world.folder, 'copy');

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

async function storeBlob(text: string): Promise<string> {
  const { id } = await createBlobStore(join(world.workspace, 'blobs')).write(bytesOf(text));
  return id;
}

/** Changes the copy's database as somebody with SQL could. */
async function change(directory: string, sql: string): Promise<void> {
  const connection = openDatabase(join(directory, 'workspace.sqlite'));
  try {
    connection.handle.pragma('foreign_keys = OFF');
    connection.handle.exec(sql);
  } finally {
    await connection.close();
  }
}

describe('a backup', () => {
  test('of a workspace in use opens as a workspace of its own, with everything in it', async () => {
    const admin = await world.signIn('admin');
    const blob = await storeBlob('一个文件');
    await writeFile(join(world.workspace, 'keys', 'key.pem'), 'a key');
    await mkdir(join(world.workspace, 'blobs', 'incoming'), { recursive: true });
    await writeFile(join(world.workspace, 'blobs', 'incoming', 'half'), 'an upload that is not whole yet');
    const report = await world.app.backup(admin.caller(), target());
    expect(report).toMatchObject({ directory: target(), blobs: 1, blobBytes: Buffer.byteLength('一个文件') });
    expect((await readdir(target())).toSorted()).toEqual([
      'blobs',
      'keys',
      'workspace.json',
      'workspace.sqlite',
    ]);
    expect(await readFile(join(target(), 'blobs', blob.slice(0, 2), blob), 'utf8')).toBe('一个文件');
    expect(await readFile(join(target(), 'keys', 'key.pem'), 'utf8')).toBe('a key');
    expect(await readdir(join(target(), 'blobs'))).not.toContain('incoming');
    const check = await checkWorkspace(target(), systemClock);
    expect(check).toMatchObject({ ok: true, database: [], blobs: { count: 1, damaged: [], missing: [] } });
    const { events } = await admin.call('audit.list', { limit: 1 });
    expect(events[0]).toMatchObject({ action: 'workspaces.backup', userName: 'admin' });
    // The copy holds the event of its own making.
    expect(check.audit.size).toBe((events[0]?.sequence ?? -1) + 1);
  });

  test('taken while another thread writes is of one moment', async () => {
    const admin = await world.signIn('admin');
    const writer = new Worker(new URL('../support/append-events.ts', import.meta.url), {
      workerData: { file: join(world.workspace, 'workspace.sqlite'), name: 'busy', count: 300 },
    });
    const ended = new Promise((resolve, reject) => {
      writer.on('exit', resolve);
      writer.on('error', reject);
    });
    const copies = [];
    for (let index = 0; index < 3; index += 1) {
      copies.push((await world.app.backup(admin.caller(), join(world.folder, `copy-${index}`))).directory);
    }
    expect(await ended).toBe(0);
    for (const copy of copies) expect(await checkWorkspace(copy, systemClock)).toMatchObject({ ok: true });
  });

  test('goes into no folder with something in it, nor into the workspace itself', async () => {
    const admin = await world.signIn('admin');
    await mkdir(target());
    await writeFile(join(target(), 'mine.txt'), 'keep me');
    await expect(world.app.backup(admin.caller(), target())).rejects.toMatchObject({
      code: 'workspace-exists',
    });
    expect(await readFile(join(target(), 'mine.txt'), 'utf8')).toBe('keep me');
    await expect(world.app.backup(admin.caller(), join(world.workspace, 'inside'))).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect((await readdir(world.folder)).toSorted()).toEqual(['copy', 'workspace']);
  });

  test('is for whoever manages the settings', async () => {
    const auditor = await world.signIn('auditor');
    await expect(world.app.backup(auditor.caller(), target())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(world.app.backup(world.anonymous().caller(), target())).rejects.toMatchObject({
      code: 'not-signed-in',
    });
  });
});

test('whoever has to choose a password of their own first can neither copy, check, describe nor bring files in', async () => {
  const admin = await world.signIn('admin');
  const account = { userName: 'lin.yi', displayName: '林一', password: 'Yunduan-shang-9' };
  await admin.call('users.create', { ...account, roles: ['admin', 'reviewer'] });
  const fresh = world.anonymous('cli');
  await fresh.call('users.signIn', account);
  const refused = { code: 'password-change-required' };
  await expect(world.app.backup(fresh.caller(), target())).rejects.toMatchObject(refused);
  await expect(world.app.check(fresh.caller())).rejects.toMatchObject(refused);
  await expect(world.app.info(fresh.caller())).rejects.toMatchObject(refused);
  await expect(world.app.prepareUpload(fresh.caller())).rejects.toMatchObject(refused);
  const reviewer = await world.signIn('reviewer');
  await expect(world.app.check(reviewer.caller())).rejects.toMatchObject({ code: 'forbidden' });
});

describe('a check', () => {
  async function copy(): Promise<string> {
    const admin = await world.signIn('admin');
    return (await world.app.backup(admin.caller(), target())).directory;
  }

  test('runs while the workspace is in use', async () => {
    expect(await checkWorkspace(world.workspace, systemClock)).toMatchObject({ ok: true });
  });

  test('names a blob whose bytes were changed, and one that is missing', async () => {
    const blob = await storeBlob('original');
    const missing = createHash('sha256').update('gone').digest('hex');
    const directory = await copy();
    await writeFile(join(directory, 'blobs', blob.slice(0, 2), blob), 'forged!!');
    await change(
      directory,
      `INSERT INTO import_files (import_id, ordinal, blob_id, name, bytes, state)
       VALUES ('i', 0, '${missing}', 'a.jsonl', 4, 'done'), ('i', 1, '${blob}', 'b.jsonl', 8, 'done')`,
    );
    const report = await checkWorkspace(directory, systemClock);
    expect(report.ok).toBe(false);
    expect(report.blobs).toMatchObject({ count: 1, damaged: [blob], missing: [missing] });
    // The rows refer to an import that does not exist.
    expect(report.database.join()).toContain('import_files');
  });

  test('names the audit event that was changed', async () => {
    const directory = await copy();
    await change(
      directory,
      `DROP TRIGGER audit_events_no_update;
       UPDATE audit_events SET body = replace(body, 'users.create', 'users.praise') WHERE sequence = 2`,
    );
    const report = await checkWorkspace(directory, systemClock);
    expect(report).toMatchObject({ ok: false, database: [], audit: { ok: false } });
    expect(report.audit.problems.map((problem) => problem.sequence)).toContain(2);
  });

  test('finds pages of the database that were overwritten', async () => {
    const directory = await copy();
    const file = join(directory, 'workspace.sqlite');
    const bytes = await readFile(file);
    // The last pages: tables and indexes, not the header that opening needs.
    bytes.fill(0x5a, bytes.length - 3 * 8192);
    await writeFile(file, bytes);
    const outcome = await checkWorkspace(directory, systemClock).then(
      (report) => report.ok,
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );
    expect([false, 'workspace-damaged']).toContain(outcome);
  });
});

describe('the facts', () => {
  test('name counts, sizes, schema and who has it open', async () => {
    await storeBlob('x');
    const facts = await workspaceInfo(world.workspace, systemClock);
    expect(facts).toMatchObject({
      title: 'Test',
      demo: false,
      schema: newestMigration,
      users: 6,
      messages: 0,
      hits: 0,
      blobs: 1,
      blobBytes: 1,
      writable: true,
      holder: { processId: process.pid },
    });
    expect(facts.databaseBytes).toBeGreaterThan(8192);
    expect(facts.auditEvents).toBeGreaterThanOrEqual(6);
  });

  test('of a workspace that nobody has open name no holder', async () => {
    const admin = await world.signIn('admin');
    const { directory } = await world.app.backup(admin.caller(), target());
    expect((await workspaceInfo(directory, systemClock)).holder).toBeNull();
  });

  test('of a workspace whose blobs folder was lost are still told', async () => {
    const admin = await world.signIn('admin');
    const { directory } = await world.app.backup(admin.caller(), target());
    await rm(join(directory, 'blobs'), { recursive: true });
    expect((await workspaceInfo(directory, systemClock)).blobs).toBe(0);
    await cp(directory, join(world.folder, 'second'), { recursive: true });
    expect((await checkWorkspace(join(world.folder, 'second'), systemClock)).ok).toBe(true);
  });
});
