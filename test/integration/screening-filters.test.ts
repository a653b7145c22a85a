import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ArchiveFilter } from '../../src/core/features/archive/contract.ts';
import { importFiles } from '../support/archive-fixtures.ts';
import { runCli } from '../support/cli.ts';
import {
  type FixtureMessage,
  allHits,
  bruteForceHits,
  comparable,
  fixtureMessages,
  fixtureTerms,
  importMessages,
  publishLexicon,
  screen,
} from '../support/hits-fixture.ts';
import { type TestClient, type TestWorld, startTestWorld, testPassword } from '../support/workspace.ts';

type Raw = Readonly<Record<string, unknown>>;
const timeOf = ({ message }: FixtureMessage) => Number((message as Raw)['msgtime']);
const kindOf = ({ message }: FixtureMessage) => String((message as Raw)['msgtype']);
const inRoom = (room: string) => (entry: FixtureMessage) => (entry.message as Raw)['roomid'] === room;

/** Half of them between two others, in a conversation of their own. */
function otherPeople(messages: readonly FixtureMessage[]): readonly FixtureMessage[] {
  return messages.map(({ message, fields }) => ({
    message: {
      ...message,
      msgid: `other-${message.msgid}`,
      from: 'lingwai.jingli',
      tolist: ['wmLingwai'],
      roomid: '',
    },
    fields,
  }));
}

const ours = fixtureMessages(0, 200);
const theirs = otherPeople(fixtureMessages(200, 100));
const all = [...ours, ...theirs];

describe('a run over a part of the archive', () => {
  let world: TestWorld;
  let client: TestClient;
  const seen = new Set<FixtureMessage>();

  beforeAll(async () => {
    world = await startTestWorld();
    client = await world.signIn('everything');
    await importMessages(world, client, all);
    await importFiles(world, client, {
      'roster.csv': 'userid,name,branch\nceshi.jingli,甲,东门支行\nlingwai.jingli,乙,西门支行\n',
    });
    await publishLexicon(client, '测试词库');
  });
  afterAll(() => world.close());

  const noon = timeOf(all[50] ?? { message: { msgid: '' }, fields: [] });
  const cases: readonly (readonly [
    string,
    () => Promise<Partial<ArchiveFilter>>,
    (entry: FixtureMessage) => boolean,
  ])[] = [
    [
      'a period',
      async () => ({ from: at(20), to: at(39) }),
      (entry) => timeOf(entry) >= at(20) && timeOf(entry) <= at(39),
    ],
    [
      'kinds',
      async () => ({ kinds: ['link'], to: at(120) }),
      (entry) => kindOf(entry) === 'link' && timeOf(entry) <= at(120),
    ],
    [
      'a person and two kinds',
      async () => ({ personId: await personOf('lingwai.jingli'), kinds: ['text', 'chatrecord'] }),
      (entry) => theirs.includes(entry) && kindOf(entry) !== 'link',
    ],
    ['a branch', async () => ({ branch: '西门支行' }), (entry) => theirs.includes(entry)],
    [
      'a branch within a period',
      async () => ({ branch: '东门支行', from: at(150) }),
      (entry) => ours.includes(entry) && timeOf(entry) >= at(150),
    ],
    ['nothing that is there', async () => ({ from: at(10_000) }), () => false],
  ];
  const at = (index: number) => (noon + (index - 50) * 60_000) as ArchiveFilter['from'] & number;
  const personOf = async (externalId: string) =>
    (await client.call('archive.people', { externalId }))[0]?.id ?? null;

  it.each(cases)(
    '%s finds what brute force finds there, and looks at nothing else',
    async (_name, filter, lets) => {
      const before = (await allHits(client)).length;
      const expected = all.filter(lets);
      for (const entry of expected) seen.add(entry);
      const run = await screen(world, client, { filter: await filter(), onlyNew: false });
      const hits = await allHits(client);
      expect(run).toMatchObject({ state: 'done', messages: expected.length, hits: hits.length - before });
      expect(comparable(hits)).toEqual(
        comparable(
          bruteForceHits(
            all.filter((entry) => seen.has(entry)),
            fixtureTerms,
          ),
        ),
      );
    },
  );
});

describe('screen on the command line', () => {
  let world: TestWorld;
  let folder: string;
  const account = { COUNTERSIGN_USER: 'everything', COUNTERSIGN_PASSWORD: testPassword };
  const run = (...options: readonly string[]) =>
    runCli(['screen', '--workspace', world.workspace, '--all', '--json', ...options], account);
  const count = (lets: (entry: FixtureMessage) => boolean) => all.filter(lets).length;

  beforeAll(async () => {
    world = await startTestWorld();
    folder = await mkdtemp(join(tmpdir(), 'countersign-screen-'));
    const client = await world.signIn('everything');
    await importMessages(world, client, all);
    await importFiles(world, client, {
      'roster.csv': 'userid,name,branch\nceshi.jingli,甲,东门支行\nlingwai.jingli,乙,西门支行\n',
    });
    await publishLexicon(client, '测试词库');
    await publishLexicon(client, '另一词库', [
      { text: '周末', category: '闲谈', severity: 'info', basis: '', note: '', enabled: true },
    ]);
    const off = await publishLexicon(client, '停用词库');
    await client.call('lexicons.update', { id: off.id, name: off.name, description: '', active: false });
    // The command opens the workspace itself.
    await world.app.close();
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  // 2026-02-02T01:00Z is nine o'clock in Shanghai, the workspace's zone: its day ends 15 hours of messages later.
  const dayOf = (entry: FixtureMessage) => new Date(timeOf(entry) + 8 * 3_600_000).toISOString().slice(0, 10);

  it.each([
    [['--conversation', 'wrFixtureOne'], inRoom('wrFixtureOne')],
    [['--conversation', 'lingwai.jingli wmLingwai'], (entry: FixtureMessage) => theirs.includes(entry)],
    [
      ['--person', 'wmLingwai', '--kind', 'link'],
      (entry: FixtureMessage) => theirs.includes(entry) && kindOf(entry) === 'link',
    ],
    [['--branch', '东门支行'], (entry: FixtureMessage) => ours.includes(entry)],
    [['--kind', 'link', '--kind', 'chatrecord'], (entry: FixtureMessage) => kindOf(entry) !== 'text'],
    [
      ['--from', '2026-02-02', '--to', '2026-02-02'],
      (entry: FixtureMessage) => dayOf(entry) === '2026-02-02',
    ],
    [['--from', '2026-02-03'], (entry: FixtureMessage) => dayOf(entry) >= '2026-02-03'],
  ])('%j looks at exactly those messages', async (options, lets) => {
    const result = await run(...options);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.json()).toEqual([expect.objectContaining({ state: 'done', messages: count(lets) })]);
  });

  it('takes the lexicons that are named', async () => {
    const result = await run('--lexicon', '另一词库');
    expect(result.json()).toEqual([
      expect.objectContaining({ messages: all.length, lexicons: [{ name: '另一词库', version: 1 }] }),
    ]);
  });

  it.each([
    [['--person', 'wmNobody'], 'wmNobody'],
    [['--conversation', 'wrNowhere'], 'wrNowhere'],
    [['--branch', '北门支行'], '北门支行'],
    [['--lexicon', '测试词库', '--lexicon', '没有的词库'], '没有的词库'],
    [['--lexicon', '停用词库'], '停用词库'],
    [['--from', '2026-02-30'], '2026-02-30'],
    [['--from', '2026-02-03', '--to', '2026-02-02'], '2026-02-03'],
  ])('%j is refused and named, and nothing is screened', async (options, named) => {
    const result = await run(...options);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(named);
  });

  it('import brings in the good files of several and says what is wrong with the others', async () => {
    const good = join(folder, 'good.jsonl');
    const empty = join(folder, 'empty.jsonl');
    await writeFile(good, JSON.stringify({ ...ours[0]?.message, msgid: 'cli-several-1' }));
    await writeFile(empty, '');
    const files = [join(folder, 'absent.jsonl'), good, empty, folder];
    const result = await runCli(['import', ...files, '--workspace', world.workspace, '--json'], account);
    expect(result.code).toBe(2);
    const none = { read: 0, imported: 0, duplicates: 0, quarantined: 0, state: 'failed' };
    const one = { read: 1, imported: 1, duplicates: 0, quarantined: 0 };
    const error = (code: string) => expect.objectContaining({ code });
    expect(result.json()).toEqual([
      expect.objectContaining({
        ...one,
        state: 'done',
        files: [
          expect.objectContaining({ name: 'absent.jsonl', ...none, error: error('file-unreadable') }),
          expect.objectContaining({ name: 'good.jsonl', ...one, state: 'done', error: null }),
          expect.objectContaining({ name: 'empty.jsonl', ...none, error: error('file-empty') }),
          expect.objectContaining({ ...none, error: error('file-is-directory') }),
        ],
      }),
    ]);
    for (const file of ['absent.jsonl', 'empty.jsonl']) expect(result.stderr).toContain(file);
    const nothing = await runCli(['import', empty, '--workspace', world.workspace, '--json'], account);
    expect(nothing.code).toBe(2);
    expect(nothing.json()).toEqual([expect.objectContaining({ id: null, ...none })]);
  });
});
