import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { type LocalApp, createApp } from '../../src/core/app.ts';
import { Milliseconds } from '../../src/core/contract/ids.ts';
import type { AppEvent } from '../../src/core/contract/events.ts';
import type { Fate } from '../../src/core/features/demo/departures/plan.ts';
import { planDemo } from '../../src/core/features/demo/generate.ts';
import { demoOptions } from '../../src/core/features/demo/size.ts';
import { type Outcome, handoverClasses, outcomes } from '../../src/core/features/handovers/model.ts';
import { materialStates, materialTypes } from '../../src/core/features/reviews/material/model.ts';
import { approvalStates } from '../../src/core/features/reviews/workflow/approvals/model.ts';
import { reviewStates } from '../../src/core/features/reviews/workflow/model.ts';
import { demoPassword } from '../../src/core/features/workspaces/demo-accounts.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { demo } from '../support/prepared.ts';
import {
  cheapPasswords,
  createClient,
  resources,
  startTestWorld,
  temporaryFolder,
  until,
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

/** Closes the app as soon as the demo's database has a row of this. */
async function closeOnce(query: string): Promise<void> {
  const database = openDatabase(join(folder.path, 'demo', 'workspace.sqlite'), { readonly: true });
  await until(() => database.handle.prepare(query).get() !== undefined);
  for (const running of apps.splice(0)) await running.close();
  await database.close();
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
  expect(new Set(status.demoAccounts.map((account) => account.role))).toEqual(
    new Set(['admin', 'approver', 'auditor', 'editor', 'reviewer']),
  );
  // Asking again while it runs starts no second one.
  expect((await client.call('workspaces.openDemo')).job).toBe(job);

  // Closed in the middle of it, twice: some materials are there and not all; the import is recorded, and not done.
  await closeOnce('SELECT 1 FROM approvals');
  await start();
  await closeOnce('SELECT 1 FROM imports');
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
  const events = new Map<string, number>();
  for (const action of ['materials.create', 'products.save', 'templates.addStarters', 'approvals.withdraw'])
    events.set(action, (await auditor.call('audit.list', { filter: { action } })).total ?? 0);
  expect(Object.fromEntries(events)).toEqual({
    'materials.create': 60,
    'products.save': 10,
    'templates.addStarters': 1,
    'approvals.withdraw': 2,
  });
  const { openBySeverity } = await reviewer.call('supervision.summary');
  expect(openBySeverity.reduce((sum, entry) => sum + entry.count, 0)).toBeGreaterThan(0);
}, 240_000);

test('the demo has materials in every state, with what happened to them, once, in the order of time', async () => {
  const world = await startTestWorld({}, demo);
  try {
    const approver = await world.signIn('approver');
    const { materials, total } = await approver.call('materials.list', {
      filter: { states: [...materialStates] },
      limit: 100,
    });
    expect(total).toBe(60);
    expect(new Set(materials.map(({ state }) => state))).toEqual(new Set(materialStates));
    expect(new Set(materials.map(({ title }) => title)).size).toBe(60);
    expect(new Set(materials.map(({ type }) => type))).toEqual(new Set(materialTypes));
    const templates = await approver.call('templates.list');
    expect(templates.filter(({ published }) => published !== null)).toHaveLength(3);

    const { rows: queue } = await approver.call('reviews.queue', { tab: 'all', limit: 100 });
    expect(queue.some(({ overdue }) => overdue)).toBe(true);
    expect(queue.some(({ stuck }) => stuck)).toBe(true);
    const { rows: over } = await approver.call('reviews.queue', { tab: 'done', limit: 100 });
    const reviews = await Promise.all(
      [...queue, ...over].map(({ id }) => approver.call('reviews.get', { id })),
    );
    expect(new Set(reviews.map(({ state }) => state))).toEqual(new Set(reviewStates));
    expect(new Set(reviews.map(({ template }) => template.name)).size).toBe(3);
    const decisions = reviews.flatMap((review) => review.decisions);
    expect(decisions.some(({ stale }) => stale)).toBe(true);
    expect(decisions.some(({ onBehalfOf }) => onBehalfOf !== null)).toBe(true);
    expect(decisions.some(({ reasonCodes }) => reasonCodes.length > 0)).toBe(true);
    const conditions = reviews.flatMap((review) => review.conditions);
    expect(new Set(conditions.map(({ met }) => met !== null))).toEqual(new Set([true, false]));
    expect(reviews.some(({ acceptedExemptions }) => acceptedExemptions.length > 0)).toBe(true);
    const threads = reviews.flatMap((review) => review.threads);
    expect(threads.some(({ mustFix, resolved }) => mustFix && resolved === null)).toBe(true);
    expect(threads.some(({ suggestionAccepted }) => suggestionAccepted !== null)).toBe(true);
    expect(threads.some(({ comments }) => comments.length > 1)).toBe(true);

    const { rows: approvals } = await approver.call('approvals.list', { limit: 100 });
    expect(new Set(approvals.map(({ state }) => state))).toEqual(new Set(approvalStates));
    const recalled = approvals.find(({ state }) => state === 'withdrawn');
    if (recalled === undefined) throw new Error('nothing was recalled');
    const { withdrawal, uses } = await approver.call('approvals.get', { id: recalled.id });
    expect(withdrawal?.told.length).toBeGreaterThan(0);
    expect(uses.length).toBeGreaterThan(0);
    const versions = await Promise.all(
      materials.flatMap(({ latestVersionId }) =>
        latestVersionId === null ? [] : [approver.call('materials.version', { id: latestVersionId })],
      ),
    );
    expect(versions.some(({ content }) => content.variants.length > 0)).toBe(true);
    expect(versions.some(({ content }) => content.attachments.length > 0)).toBe(true);
    expect(versions.some(({ found }) => found?.some(({ rule }) => rule === 'qr-link-not-allowed'))).toBe(
      true,
    );

    const auditor = await world.signIn('auditor');
    expect(await auditor.call('audit.verify')).toMatchObject({ ok: true });
    const database = openDatabase(join(world.workspace, 'workspace.sqlite'), { readonly: true });
    const times = database.handle.prepare('SELECT at FROM audit_events ORDER BY sequence').pluck().all();
    await database.close();
    expect(times).toEqual(times.map(Number).toSorted((a, b) => a - b));
  } finally {
    await world.close();
  }
});

/** What the sheet shows of each fate that the demo's generator gives a customer (demo/departures/plan.ts). */
const outcomeOf: Readonly<Record<Fate, Outcome>> = {
  taken: 'takenOver',
  'taken-then-gone': 'takenOver',
  'second-taker': 'takenOver',
  late: 'waiting',
  waiting: 'waiting',
  refused: 'refused',
  'at-limit': 'takerAtLimit',
  invalid: 'invalid',
  'deleted-by-customer': 'deletedByCustomer',
  'deleted-by-leaver': 'deletedByLeaver',
  errcode: 'unexplained',
  vanished: 'unexplained',
  forgotten: 'unexplained',
  contradiction: 'unexplained',
};

test('three people have left the demo’s bank: one cleanly, one with loose ends, one with customers', async () => {
  const world = await startTestWorld({}, demo);
  try {
    const reviewer = await world.signIn('reviewer');
    const { handovers } = await reviewer.call('handovers.list');
    expect(handovers.map(({ state }) => state).toSorted()).toEqual(['open', 'open', 'signed']);
    const [first] = handovers;
    const endAt = Date.parse(first?.lastDay ?? '');
    // Of whichever day the demo is: who leaves, and what becomes of whom, is the same.
    const plan = planDemo(demoOptions(Milliseconds.parse(endAt)));
    for (const { key, leaver, customers } of plan.departures) {
      const handover = handovers.find((one) => one.leaver.userid === leaver.userid);
      if (handover === undefined) throw new Error(`no handover of ${key}`);
      const { id } = handover;
      const { classes } = await reviewer.call('handovers.sheet', { target: { handoverId: id } });
      const expected = outcomes.map((outcome) => [
        outcome,
        customers.filter(({ fate }) => outcomeOf[fate] === outcome).length,
      ]);
      expect(classes.customers, key).toMatchObject({
        opening: customers.length,
        ...Object.fromEntries(expected),
        conflicts: customers.filter(({ fate }) => fate === 'contradiction').length,
      });
      const unexplained = handoverClasses.map((name) => classes[name].unexplained);
      const { risk } = await reviewer.call('handovers.timeline', { id });
      const signing = await reviewer.call('handovers.signing', { id });
      switch (key) {
        case 'clean':
          expect(unexplained).toEqual([0, 0, 0, 0, 0, 0]);
          expect(risk.level).toBe('none');
          expect((await reviewer.call('handovers.promises', { id })).counts.open).toBe(0);
          expect(signing.seats.every(({ signature }) => signature?.absence === null)).toBe(true);
          break;
        case 'messy':
          expect(unexplained.slice(0, 4)).toEqual([5, 2, 1, 1]);
          expect(classes.customers).toMatchObject({ late: 8, explained: 1 });
          expect(signing.may.freeze).toBeNull();
          break;
        case 'carrier':
          expect(risk.level).toBe('high');
          break;
      }
    }
    // Who left without anybody noticing waits to be found.
    const suggested = await reviewer.call('handovers.suggestions');
    expect(suggested.map(({ leaver }) => leaver.userid)).toContain(plan.unnoticed.userid);

    // The leaver sees their own handover, and no other.
    const leaver = createClient(world.app);
    await leaver.call('users.signIn', { userName: 'leaver', password: demoPassword });
    const { handovers: own } = await leaver.call('handovers.list');
    expect(own.map(({ leaver: employee }) => employee.userid)).toEqual([
      plan.departures.find(({ key }) => key === 'clean')?.leaver.userid,
    ]);
  } finally {
    await world.close();
  }
});

test('a job of another kind is nobody’s business who has not signed in', async () => {
  const app = await start();
  const client = createClient(app);
  expect(await client.code('jobs.get', { id: '00000000-0000-7000-8000-000000000000' })).toBe('no-workspace');
  await client.call('workspaces.openDemo');
  expect(await client.code('jobs.get', { id: '00000000-0000-7000-8000-000000000000' })).toBe('not-found');
});
