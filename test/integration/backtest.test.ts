import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createApp } from '../../src/core/app.ts';
import { LexiconId } from '../../src/core/contract/ids.ts';
import type { ProcedureInput } from '../../src/core/contract/index.ts';
import type { BacktestView } from '../../src/core/features/lexicons/backtest-contract.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { databaseFileName } from '../../src/core/platform/workspace.ts';
import {
  type WrittenTerm,
  allHits,
  fixtureMessages,
  fixtureTerms,
  importMessages,
  publishLexicon,
  screen,
} from '../support/hits-fixture.ts';
import { addLexicon, addMessages } from '../support/many-hits.ts';
import {
  type TestClient,
  type TestWorld,
  cheapPasswords,
  createClient,
  createTestWorkspace,
  resources,
  startTestWorld,
  temporaryFolder,
  testPassword,
  until,
} from '../support/workspace.ts';

const messages = fixtureMessages(0, 240);
const added: WrittenTerm = { text: '周末愉快', category: '闲谈', severity: 'info' };
/** Without `绝对`, with another term, and `保本` only from employees and to the letter. */
const drafted: readonly WrittenTerm[] = [
  ...fixtureTerms.filter(({ text }) => text !== '绝对' && text !== '保本'),
  {
    text: '保本',
    category: '承诺收益',
    severity: 'critical',
    options: { foldsOff: ['invisible'], scope: { speaker: 'employee' } },
  },
  added,
];

/** Makes the lexicon's draft say `drafted`. */
async function draft(client: TestClient, lexiconId: BacktestView['lexiconId']) {
  const { draft: version } = await client.call('lexicons.startDraft', { lexiconId });
  if (version === null) throw new Error('no draft');
  const { terms } = await client.call('lexicons.terms', { versionId: version.id });
  for (const term of drafted) {
    const known = terms.find((entry) => entry.text === term.text);
    await client.call('lexicons.saveTerm', {
      versionId: version.id,
      id: known?.id ?? null,
      revision: known?.revision ?? null,
      term,
    });
  }
  const gone = terms.filter((entry) => !drafted.some((term) => term.text === entry.text));
  await client.call('lexicons.removeTerms', { versionId: version.id, ids: gone.map((entry) => entry.id) });
  return version.id;
}

/** What a run with only these terms finds, in a workspace of its own. */
async function hitsWith(terms: readonly WrittenTerm[]): Promise<ReadonlySet<string>> {
  const world = await startTestWorld();
  try {
    const client = await world.signIn('everything');
    await importMessages(world, client, messages);
    await publishLexicon(client, '测试词库', terms);
    await screen(world, client);
    return new Set((await allHits(client)).map(keyOf));
  } finally {
    await world.close();
  }
}

const keyOf = (hit: { msgid: string; field: string; start: number; end: number; term: string }) =>
  JSON.stringify([hit.msgid, hit.field, hit.start, hit.end, hit.term]);

async function backtest(
  world: TestWorld,
  client: TestClient,
  input: ProcedureInput<'lexicons.startBacktest'>,
): Promise<BacktestView> {
  const { id, lexiconId } = await client.call('lexicons.startBacktest', input);
  await world.app.idle();
  const done = (await client.call('lexicons.backtests', { lexiconId })).find((entry) => entry.id === id);
  if (done === undefined) throw new Error('the backtest is not listed');
  return done;
}

describe('a backtest', () => {
  let world: TestWorld;
  let client: TestClient;
  let lexiconId: BacktestView['lexiconId'];
  let versionId: BacktestView['versionId'];

  beforeAll(async () => {
    world = await startTestWorld();
    client = await world.signIn('everything');
    await importMessages(world, client, messages);
    lexiconId = (await publishLexicon(client, '测试词库')).id;
    versionId = await draft(client, lexiconId);
  });
  afterAll(() => world.close());

  it('counts what two runs, each with one side, find differently', async () => {
    const [before, after] = await Promise.all([hitsWith(fixtureTerms), hitsWith(drafted)]);
    const plus = [...after].filter((hit) => !before.has(hit));
    const minus = [...before].filter((hit) => !after.has(hit));
    expect(plus.length).toBeGreaterThan(10);
    expect(minus.length).toBeGreaterThan(50);

    const test = await backtest(world, client, { versionId });
    expect(test).toMatchObject({
      state: 'done',
      messages: messages.length,
      added: plus.length,
      removed: minus.length,
      kept: after.size - plus.length,
      outdated: false,
    });
    const { terms, total } = await client.call('lexicons.backtestTerms', { id: test.id });
    expect(total).toBe(terms.length);
    const changes = terms.map((entry) => entry.added + entry.removed);
    expect(changes).toEqual(changes.toSorted((a, b) => b - a));
    const count = (hits: readonly string[], term: string) =>
      hits.filter((hit) => hit.endsWith(`,${JSON.stringify(term)}]`)).length;
    for (const entry of terms) {
      expect([entry.term, entry.added, entry.removed]).toEqual([
        entry.term,
        count(plus, entry.term),
        count(minus, entry.term),
      ]);
      const samples = await client.call('lexicons.backtestSamples', { id: test.id, key: entry.key });
      const of = (change: 'added' | 'removed') => samples.filter((sample) => sample.change === change);
      expect([of('added').length, of('removed').length]).toEqual([
        Math.min(20, entry.added),
        Math.min(20, entry.removed),
      ]);
      for (const { text, excerpt, excerptStart } of samples)
        expect(excerpt.slice(excerptStart, excerptStart + text.length)).toBe(text);
    }
    expect((await client.call('supervision.hitIds', {})).total).toBe(0);
  });

  it('shows personal data around its samples masked', async () => {
    const [test] = await client.call('lexicons.backtests', { lexiconId });
    const { terms } = await client.call('lexicons.backtestTerms', { id: test?.id ?? '' });
    const excerpts = await Promise.all(
      terms.map((entry) => client.call('lexicons.backtestSamples', { id: test?.id ?? '', key: entry.key })),
    );
    expect(JSON.stringify(excerpts)).not.toContain('13800138000');
  });

  it('looks at a sample, or through a filter', async () => {
    const sampled = await backtest(world, client, { versionId, sample: 100 });
    expect(sampled).toMatchObject({ state: 'done', sample: 100 });
    // About one message of two, of both who take turns.
    expect(sampled.messages).toBeGreaterThan(90);
    expect(sampled.messages).toBeLessThan(150);
    const { terms } = await client.call('lexicons.backtestTerms', { id: sampled.id });
    const samples = await Promise.all(
      terms.map(({ key }) => client.call('lexicons.backtestSamples', { id: sampled.id, key })),
    );
    expect(new Set(samples.flat().map(({ sender }) => sender)).size).toBe(2);
    const { conversations } = await client.call('archive.conversations', {});
    const room = conversations.find((entry) => entry.roomId === 'wrFixtureOne');
    const filtered = await backtest(world, client, {
      versionId,
      filter: { conversationId: room?.id ?? null },
    });
    expect(filtered).toMatchObject({ state: 'done', messages: 80 });
  });

  it('is outdated once the draft says something else', async () => {
    await client.call('lexicons.saveTerm', {
      versionId,
      id: null,
      term: { text: '另一个词', category: '闲谈', severity: 'info' },
    });
    const tests = await client.call('lexicons.backtests', { lexiconId });
    expect(tests.map((test) => test.outdated)).toEqual([true, true, true]);
  });

  it('leaves its start and its end in the audit log', async () => {
    const [test] = await client.call('lexicons.backtests', { lexiconId });
    const { events } = await client.call('audit.list', {
      filter: { recordKind: 'backtest', recordId: test?.id ?? '' },
    });
    expect(events.map((event) => [event.action, event.userName])).toEqual([
      ['lexicons.backtestFinished', 'system'],
      ['lexicons.startBacktest', 'everything'],
    ]);
    expect(events[0]?.details).toMatchObject({ messages: test?.messages, added: test?.added });
  });

  it('is only of a draft, and only for those who edit', async () => {
    const [lexicon] = await client.call('lexicons.list');
    expect(await client.code('lexicons.startBacktest', { versionId: lexicon?.published?.id })).toBe(
      'lexicon-published',
    );
    const auditor = await world.signIn('auditor');
    expect(await auditor.code('lexicons.startBacktest', { versionId })).toBe('forbidden');
    expect(await auditor.call('lexicons.backtests', { lexiconId })).toHaveLength(3);
  });

  it('that is cancelled stores nothing, and says so', async () => {
    const { id, jobId } = await client.call('lexicons.startBacktest', { versionId });
    await client.call('jobs.cancel', { id: jobId });
    await world.app.idle();
    const [test] = await client.call('lexicons.backtests', { lexiconId });
    expect(test).toMatchObject({ id, state: 'cancelled', added: 0, removed: 0, kept: 0 });
    expect((await client.call('lexicons.backtestTerms', { id })).total).toBe(0);
  });
});

it('a backtest leaves out messages whose hits were cut, on both sides, and says how many', async () => {
  const world = await startTestWorld();
  try {
    const client = await world.signIn('everything');
    const [first, second, ...others] = fixtureMessages(0, 240);
    const said = first?.message;
    if (said === undefined || second === undefined) throw new Error('no messages');
    // 6,000 hits a side: only one of them would fit into a text's limit.
    const full = { ...said, msgtype: 'text', text: { content: '绝对，'.repeat(6_000) } };
    const term: WrittenTerm = { text: '绝对', category: '绝对化', severity: 'low' };
    await importMessages(world, client, [{ message: full, fields: [] }, second, ...others]);
    const { id: lexiconId } = await publishLexicon(client, '测试词库', [term]);
    const { draft: version } = await client.call('lexicons.startDraft', { lexiconId });
    if (version === null) throw new Error('no draft');
    const test = await backtest(world, client, { versionId: version.id });
    expect(test).toMatchObject({ state: 'done', messages: 240, added: 0, removed: 0, cut: 1 });
    expect(test.kept).toBeGreaterThan(0);
    expect(test.kept).toBeLessThan(1_000);
    const { events } = await client.call('audit.list', {
      filter: { recordKind: 'backtest', recordId: test.id },
    });
    expect(events[0]?.details).toMatchObject({ messages: 240, cut: 1 });
  } finally {
    await world.close();
  }
});

it('a backtest whose process is killed begins again, to the figures of one that nobody disturbed', async () => {
  const folder = await temporaryFolder();
  try {
    const killed = join(folder.path, 'killed');
    const undisturbed = join(folder.path, 'undisturbed');
    await createTestWorkspace(killed);
    const filling = openDatabase(join(killed, databaseFileName));
    const lexiconId = LexiconId.parse(addLexicon(filling.handle).lexiconId);
    addMessages(filling.handle, { messages: 60_000, termEvery: 2 });
    await filling.close();

    const options = {
      home: folder.path,
      resources,
      version: '0.0.0-test',
      log: createLog('silent'),
      passwordCost: cheapPasswords,
    };
    const openWorkspaceAt = async (workspace: string) => {
      const app = await createApp({ ...options, workspace });
      const client = createClient(app);
      await client.call('users.signIn', { userName: 'everything', password: testPassword });
      return { app, client };
    };
    const editing = await openWorkspaceAt(killed);
    const versionId = await draft(editing.client, lexiconId);
    await editing.app.close();
    await cp(killed, undisturbed, { recursive: true });

    const child = fileURLToPath(new URL('../support/backtest-child.ts', import.meta.url));
    const process = spawn(globalThis.process.execPath, [child, killed, versionId], { stdio: 'inherit' });
    const watching = openDatabase(join(killed, databaseFileName), { readonly: true });
    const running = watching.handle.prepare<[], { state: string }>(
      `SELECT jobs.state AS state FROM backtests JOIN jobs ON jobs.id = backtests.job_id WHERE jobs.state = 'running'`,
    );
    await until(() => {
      if (process.exitCode !== null) throw new Error(`the child ended by itself with ${process.exitCode}`);
      return running.get() ?? null;
    });
    process.kill('SIGKILL');
    expect((await once(process, 'exit'))[1]).toBe('SIGKILL');
    expect(running.get()).toEqual({ state: 'running' });
    await watching.close();

    const resumed = await openWorkspaceAt(killed);
    await resumed.app.idle();
    const [taken] = await resumed.client.call('lexicons.backtests', { lexiconId });
    await resumed.app.close();

    const calm = await openWorkspaceAt(undisturbed);
    await calm.client.call('lexicons.startBacktest', { versionId });
    await calm.app.idle();
    const [whole] = await calm.client.call('lexicons.backtests', { lexiconId });
    await calm.app.close();
    const figures = (test: BacktestView | undefined) =>
      test && [test.state, test.messages, test.added, test.removed, test.kept, test.outdated];
    expect(figures(taken)).toEqual(figures(whole));
    // `私下转账` is on both sides.
    expect(taken).toMatchObject({ state: 'done', messages: 60_000, added: 0 });
    expect((taken?.removed ?? 0) + (taken?.kept ?? 0)).toBe(30_000);
    expect(taken?.kept).toBeGreaterThan(0);
  } finally {
    await folder.remove();
  }
});
