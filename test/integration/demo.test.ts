import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { type LocalApp, createApp } from '../../src/core/app.ts';
import type { AppEvent } from '../../src/core/contract/events.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { cheapPasswords, createClient, resources, temporaryFolder, until } from '../support/workspace.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const apps: LocalApp[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  await folder.remove();
});

async function start(): Promise<LocalApp> {
  const app = await createApp({
    home: folder.path,
    resources,
    version: '',
    log: createLog('silent'),
    passwordCost: cheapPasswords,
  });
  apps.push(app);
  return app;
}

test('the demo workspace is made, shown how far it is to whoever waits, interrupted, gone on with, and kept', async () => {
  const app = await start();
  const client = createClient(app);
  const heard: AppEvent[] = [];
  app.subscribe(client.caller(), (event) => heard.push(event));
  const { workspace, job } = await client.call('workspaces.openDemo');
  expect(workspace).toMatchObject({ name: 'demo', demo: true });
  if (job === null) throw new Error('no job');

  // Nobody has signed in, and still the first screen shows the progress and the accounts.
  await until(() => heard.some((event) => event.type === 'job' && event.job.state === 'running'));
  expect(await client.call('jobs.get', { id: job })).toMatchObject({ kind: 'demo', startedBy: 'system' });
  const status = await client.call('workspaces.status');
  expect(status.demoAccounts.map((account) => account.role).toSorted()).toEqual(
    ['admin', 'approver', 'auditor', 'editor', 'reviewer'].toSorted(),
  );
  // Asking again while it runs starts no second one.
  expect((await client.call('workspaces.openDemo')).job).toBe(job);

  // Closed in the middle of it: the import is recorded, and not done.
  const database = openDatabase(join(folder.path, 'demo', 'workspace.sqlite'), { readonly: true });
  await until(() => database.handle.prepare('SELECT 1 FROM imports').get() !== undefined);
  for (const running of apps.splice(0)) await running.close();
  await database.close();
  const again = await start();
  const later = createClient(again);
  await again.idle();
  expect(await later.call('jobs.get', { id: job })).toMatchObject({ state: 'succeeded', error: null });
  expect((await later.call('workspaces.openDemo')).job).toBeNull();
  for (const { userName, password, role } of status.demoAccounts) {
    const user = await createClient(again).call('users.signIn', { userName, password });
    expect(user.roles).toEqual([role]);
  }
  const reviewer = createClient(again);
  const account = status.demoAccounts.find((entry) => entry.role === 'reviewer');
  if (account === undefined) throw new Error('no reviewer');
  await reviewer.call('users.signIn', { userName: account.userName, password: account.password });
  // What the demo's job did on its way, it did once.
  expect(await reviewer.call('jobs.list')).toMatchObject([{ id: job, kind: 'demo', state: 'succeeded' }]);
  const auditor = createClient(again);
  await auditor.call('users.signIn', { userName: 'auditor', password: account.password });
  for (const action of ['archive.importFinished', 'supervision.screeningFinished']) {
    expect(await auditor.call('audit.list', { filter: { action } }), action).toMatchObject({ total: 1 });
  }
  const summary = await reviewer.call('archive.summary');
  expect(summary.messages).toBeGreaterThanOrEqual(19_000);
  const { openBySeverity } = await reviewer.call('supervision.summary');
  expect(openBySeverity.reduce((sum, entry) => sum + entry.count, 0)).toBeGreaterThan(0);
});

test('a job of another kind is nobody’s business who has not signed in', async () => {
  const app = await start();
  const client = createClient(app);
  expect(await client.code('jobs.get', { id: '00000000-0000-7000-8000-000000000000' })).toBe('no-workspace');
  await client.call('workspaces.openDemo');
  expect(await client.code('jobs.get', { id: '00000000-0000-7000-8000-000000000000' })).toBe('not-found');
});
