import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import {
  cheapPasswords,
  createClient,
  createTestWorkspace,
  resources,
  temporaryFolder,
  testPassword,
  until,
} from '../../../test/support/workspace.ts';
import type { AppEvent } from '../contract/events.ts';
import type { App } from '../contract/handlers.ts';
import { startRemoteApp } from './remote-app.ts';

// Threads and processes of their own, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let workspace = '';
let app: App | null = null;

beforeEach(async () => {
  folder = await temporaryFolder();
  workspace = join(folder.path, 'branch');
});

afterEach(async () => {
  await app?.close();
  app = null;
  await folder.remove();
});

const start = () =>
  startRemoteApp({
    home: folder.path,
    workspace,
    resources,
    version: '1.0.0',
    program: 'Countersign',
    passwordCost: cheapPasswords,
  });

describe('the application in a worker', () => {
  test('answers calls, keeps sessions apart, and delivers events until they are no longer wanted', async () => {
    await createTestWorkspace(workspace);
    app = await start();
    const admin = createClient(app);
    const reviewer = createClient(app, 'http');
    await admin.call('users.signIn', { userName: 'admin', password: testPassword });
    expect(await reviewer.code('settings.get')).toBe('not-signed-in');
    await reviewer.call('users.signIn', { userName: 'reviewer', password: testPassword });
    expect(await reviewer.code('users.list')).toBe('forbidden');

    const events: AppEvent[] = [];
    const stop = app.subscribe(reviewer.caller(), (event) => events.push(event));
    const settings = await admin.call('settings.get');
    await admin.call('settings.update', { ...settings, idleLockMinutes: 20 });
    const topics = () => events.flatMap((event) => (event.type === 'changed' ? event.topics : []));
    await until(() => topics().includes('settings'));
    stop();
    const before = events.length;
    await admin.call('settings.update', { ...settings, idleLockMinutes: 21 });
    await admin.call('settings.get');
    expect(events).toHaveLength(before);
  });

  test('says where uploads go, to whoever may upload', async () => {
    await createTestWorkspace(workspace);
    app = await start();
    const nobody = createClient(app);
    await expect(app.prepareUpload(nobody.caller())).rejects.toMatchObject({ code: 'not-signed-in' });
    const auditor = createClient(app);
    await auditor.call('users.signIn', { userName: 'auditor', password: testPassword });
    await expect(app.prepareUpload(auditor.caller())).rejects.toMatchObject({ code: 'forbidden' });
    const reviewer = createClient(app);
    await reviewer.call('users.signIn', { userName: 'reviewer', password: testPassword });
    const upload = await app.prepareUpload(reviewer.caller());
    expect(upload.blobDirectory).toBe(join(workspace, 'blobs'));
    expect(upload.limit).toBeGreaterThan(2 ** 31);
  });

  test('rejects with the error that opening the workspace met', async () => {
    await expect(start()).rejects.toMatchObject({ code: 'not-found' });
    await mkdir(workspace);
    await writeFile(join(workspace, 'workspace.json'), JSON.stringify({ format: 7 }));
    await expect(start()).rejects.toMatchObject({ code: 'workspace-newer' });
  });

  test('names the holder when it is open already, and frees it when it is closed', async () => {
    await createTestWorkspace(workspace);
    app = await start();
    await expect(start()).rejects.toMatchObject({
      code: 'workspace-in-use',
      details: { processId: process.pid },
    });
    await app.close();
    app = await start();
    expect(await createClient(app).call('workspaces.status')).toMatchObject({ open: { name: 'branch' } });
  });

  test('closes once, however often it is asked to', async () => {
    await createTestWorkspace(workspace);
    app = await start();
    await expect(Promise.all([app.close(), app.close(), app.close()])).resolves.toBeDefined();
  });

  test('answers after its end, and to an input that is no data', async () => {
    await createTestWorkspace(workspace);
    app = await start();
    const result = await app.dispatch(
      'users.signIn',
      { userName: () => 'x' },
      { host: 'desktop', sessionToken: null },
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    await app.close();
    const late = await app.dispatch('users.me', {}, { host: 'desktop', sessionToken: null });
    expect(late).toMatchObject({ ok: false, error: { code: 'internal' } });
  });
});
