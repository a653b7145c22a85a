import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { type AppOptions, type LocalApp, createApp, createWorkspaceAt } from '../../src/core/app.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { createLog } from '../../src/core/platform/log.ts';
import {
  cheapPasswords,
  createClient,
  createTestWorkspace,
  resources,
  temporaryFolder,
  testPassword,
} from '../support/workspace.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const apps: LocalApp[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  await folder.remove();
});

async function start(options: Partial<AppOptions> = {}): Promise<LocalApp> {
  const app = await createApp({
    home: folder.path,
    resources,
    version: '1.2.3',
    log: createLog('silent'),
    passwordCost: cheapPasswords,
    ...options,
  });
  apps.push(app);
  return app;
}

async function restart(): Promise<LocalApp> {
  for (const app of apps.splice(0)) await app.close();
  return start();
}

const admin = { userName: 'mingyue', displayName: '何明月', password: 'Chuangqian-guang-7' };

describe('the first run', () => {
  test('offers nothing to open, and every other procedure says that no workspace is open', async () => {
    const client = createClient(await start());
    expect(await client.call('workspaces.status')).toMatchObject({
      open: null,
      canSwitch: true,
      known: [],
      demoAccounts: [],
      version: '1.2.3',
      problem: null,
    });
    expect(await client.call('users.me')).toEqual({ state: 'signed-out', user: null, idleLockAfter: 0 });
    expect(await client.code('users.signIn', { userName: 'a1', password: 'x' })).toBe('no-workspace');
  });

  test('makes a workspace and signs its first administrator in, who may do everything', async () => {
    const client = createClient(await start());
    const made = await client.call('workspaces.create', { title: '风控部', admin });
    expect(made).toMatchObject({ name: 'workspace-1', title: '风控部', demo: false });
    const me = await client.call('users.me');
    expect(me).toMatchObject({
      state: 'signed-in',
      user: { userName: 'mingyue', mustChangePassword: false },
    });
    expect(me.user?.roles).toEqual(['reviewer', 'approver', 'admin']);
    const events = await client.call('audit.list', {});
    expect(events.events.map((event) => event.action)).toEqual(
      expect.arrayContaining(['users.create', 'workspaces.created', 'users.signIn']),
    );
    expect(events.events.find((event) => event.action === 'users.create')).toMatchObject({
      userName: 'mingyue',
    });
    expect((await client.call('audit.verify')).ok).toBe(true);
    expect((await client.call('lexicons.list')).length).toBeGreaterThan(0);
    expect((await client.call('settings.get')).workspaceTitle).toBe('风控部');
  });

  test('refuses a weak password before it makes anything', async () => {
    const client = createClient(await start());
    const weak = { title: 'Branch', admin: { ...admin, password: 'short' } };
    expect(await client.code('workspaces.create', weak)).toBe('password-too-weak');
    expect(await readdir(folder.path)).toEqual([]);
    expect((await client.call('workspaces.status')).open).toBeNull();
  });

  test('gives workspaces of one title different folders', async () => {
    const client = createClient(await start());
    const names = [];
    for (const title of ['Branch', 'Branch', '支行', '支行', 'Demo']) {
      names.push((await client.call('workspaces.create', { title, admin })).name);
    }
    expect(names).toEqual(['branch', 'branch-1', 'workspace-1', 'workspace-2', 'workspace-3']);
    expect((await client.call('workspaces.status')).known).toHaveLength(5);
  });
});

describe('opening and closing', () => {
  test('the workspace that was open is open again after a restart; the session is still good', async () => {
    const client = createClient(await start());
    await client.call('workspaces.create', { title: 'Branch', admin });
    const again = await restart();
    const result = await again.dispatch('users.me', {}, client.caller());
    expect(result).toMatchObject({ ok: true, output: { state: 'signed-in' } });
  });

  test('closing ends the session and goes back to the first screen, also after a restart', async () => {
    const client = createClient(await start());
    await client.call('workspaces.create', { title: 'Branch', admin });
    await client.call('workspaces.close');
    expect(client.caller().sessionToken).toBeNull();
    expect((await client.call('workspaces.status')).open).toBeNull();
    expect(await client.code('workspaces.close')).toBe('not-signed-in');
    const later = createClient(await restart());
    expect((await later.call('workspaces.status')).open).toBeNull();
    await later.call('workspaces.open', { name: 'branch' });
    await later.call('users.signIn', { userName: 'mingyue', password: admin.password });
    const actions = (await later.call('audit.list', {})).events.map((event) => event.action);
    expect(actions).toEqual(expect.arrayContaining(['workspaces.open', 'workspaces.close']));
  });

  test('a workspace that is open elsewhere is named with its holder, and the app still starts', async () => {
    const client = createClient(await start());
    await client.call('workspaces.create', { title: 'Branch', admin });
    const second = createClient(await start());
    const status = await second.call('workspaces.status');
    expect(status.open).toBeNull();
    expect(status.problem).toMatchObject({ code: 'workspace-in-use', details: { processId: process.pid } });
    expect(await second.code('workspaces.open', { name: 'branch' })).toBe('workspace-in-use');
  });

  test('what can’t be opened leaves the open one open', async () => {
    const client = createClient(await start());
    await client.call('workspaces.create', { title: 'Branch', admin });
    await mkdir(join(folder.path, 'broken'));
    await writeFile(join(folder.path, 'broken', 'workspace.json'), '{}');
    expect(await client.code('workspaces.open', { name: 'broken' })).toBe('workspace-damaged');
    expect(await client.code('workspaces.open', { name: 'nowhere' })).toBe('not-found');
    expect((await client.call('workspaces.status')).open?.name).toBe('branch');
    expect((await client.call('users.me')).state).toBe('signed-in');
  });

  test('one that fails half-way is not open: the first screen says so, and another can be opened', async () => {
    await createTestWorkspace(join(folder.path, 'odd'));
    await createTestWorkspace(join(folder.path, 'even'));
    const connection = openDatabase(join(folder.path, 'odd', 'workspace.sqlite'));
    connection.handle.exec(
      "INSERT INTO jobs (id, kind, input, state, created_at) VALUES ('x', 'no such kind', '{}', 'queued', 0)",
    );
    await connection.close();
    const client = createClient(await start());
    expect(await client.code('workspaces.open', { name: 'odd' })).toBe('internal');
    expect((await client.call('workspaces.status')).open).toBeNull();
    expect(await client.code('workspaces.open', { name: 'even' })).toBe('ok');
    expect((await client.call('workspaces.status')).open?.name).toBe('even');
  });

  test('one that can’t be remembered for the next start is open all the same', async () => {
    await mkdir(join(folder.path, 'last.json.new'));
    const client = createClient(await start());
    await client.call('workspaces.create', { title: 'Branch', admin });
    expect((await client.call('workspaces.status')).open?.name).toBe('branch');
  });

  test('the demo’s data never goes into a workspace that is not the demo', async () => {
    await createTestWorkspace(join(folder.path, 'demo'));
    const app = await start();
    const client = createClient(app);
    expect(await client.code('workspaces.openDemo')).toBe('workspace-exists');
    expect(await client.code('workspaces.open', { name: 'demo' })).toBe('ok');
    await app.idle();
    await client.call('users.signIn', { userName: 'reviewer', password: testPassword });
    expect((await client.call('archive.summary')).messages).toBe(0);
  });

  test('no path crosses: a name with a separator is bad input', async () => {
    const client = createClient(await start());
    for (const name of ['../x', '/etc', 'a/b', '..']) {
      expect(await client.code('workspaces.open', { name })).toBe('bad-input');
    }
  });

  test('a host of one workspace can neither leave nor change it', async () => {
    const workspace = join(folder.path, 'only');
    await createTestWorkspace(workspace);
    const client = createClient(await start({ workspace }));
    await client.call('users.signIn', { userName: 'admin', password: testPassword });
    expect(await client.call('workspaces.status')).toMatchObject({ canSwitch: false, known: [] });
    for (const [name, input] of [
      ['workspaces.close', {}],
      ['workspaces.open', { name: 'only' }],
      ['workspaces.openDemo', {}],
      ['workspaces.create', { title: 'x', admin }],
    ] as const) {
      expect(await client.code(name, input)).toBe('forbidden');
    }
  });

  test('changing the title changes what the list of workspaces says', async () => {
    const client = createClient(await start());
    await client.call('workspaces.create', { title: 'Branch', admin });
    const settings = await client.call('settings.get');
    await client.call('settings.update', { ...settings, workspaceTitle: '上海分行' });
    const status = await client.call('workspaces.status');
    expect(status.open?.title).toBe('上海分行');
    expect(status.known[0]?.title).toBe('上海分行');
    expect(await client.code('settings.update', { ...settings, timeZone: 'Mars/Olympus' })).toBe('bad-input');
  });
});

test('the command line makes a workspace in a folder of its own choice', async () => {
  const directory = join(folder.path, 'Any Name');
  await createWorkspaceAt(directory, { title: 'Branch', admin }, { resources });
  await expect(createWorkspaceAt(directory, { title: 'Branch', admin }, { resources })).rejects.toMatchObject(
    {
      code: 'workspace-exists',
    },
  );
  const client = createClient(await start({ workspace: directory }));
  await client.call('users.signIn', { userName: 'mingyue', password: admin.password });
  expect((await client.call('workspaces.status')).open?.name).toBe('any-name');
  expect((await client.call('lexicons.list')).length).toBeGreaterThan(0);
  await expect(
    createWorkspaceAt(
      join(folder.path, 'b'),
      { title: 'b', admin: { ...admin, userName: '何 明月' } },
      { resources },
    ),
  ).rejects.toMatchObject({ code: 'bad-input' });
});
