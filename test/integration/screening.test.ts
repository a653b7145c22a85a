import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  allHits,
  bruteForceHits,
  comparable,
  fixtureMessages,
  fixtureTerms,
  importMessages,
  publishLexicon,
  publishTerms,
  screen,
} from '../support/hits-fixture.ts';
import { addMessages } from '../support/many-hits.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { databaseFileName } from '../../src/core/platform/workspace.ts';
import { type TestClient, type TestWorld, startTestWorld, until } from '../support/workspace.ts';
import { join } from 'node:path';

// One workspace and one story, in order: what a run finds, and what the next one leaves out.
describe('screening an archive', () => {
  let world: TestWorld;
  let client: TestClient;
  const first = fixtureMessages(0, 240);
  const later = fixtureMessages(240, 30);

  beforeAll(async () => {
    world = await startTestWorld();
    client = await world.signIn('everything');
    await importMessages(world, client, first);
  });
  afterAll(() => world.close());

  it('is refused while no lexicon has a published version', async () => {
    expect(await client.code('supervision.startScreening', {})).toBe('nothing-to-screen');
    expect(await client.call('supervision.runs')).toEqual([]);
  });

  it('looks with a filter at what it lets through, and counts the rest as still to do', async () => {
    await publishLexicon(client, '测试词库');
    const { conversations } = await client.call('archive.conversations', {});
    const room = conversations.find((entry) => entry.roomId === 'wrFixtureOne');
    expect(room).toBeDefined();
    const inRoom = first.filter(({ message }) => message['roomid'] === 'wrFixtureOne');
    const run = await screen(world, client, { filter: { conversationId: room?.id ?? null } });
    expect(run.messages).toBe(inRoom.length);
    expect(comparable(await allHits(client))).toEqual(comparable(bruteForceHits(inRoom, fixtureTerms)));
    expect((await client.call('supervision.summary')).unscreened).toBe(first.length);
  });

  it('finds every term at every place, with its offsets in the field, and no hit twice', async () => {
    const before = await allHits(client);
    const run = await screen(world, client);
    const hits = await allHits(client);
    const expected = bruteForceHits(first, fixtureTerms);
    expect(expected.length).toBeGreaterThan(300);
    expect(comparable(hits)).toEqual(comparable(expected));
    expect(run).toMatchObject({ state: 'done', messages: first.length, hits: hits.length - before.length });
    expect(hits.slice(0, before.length)).toEqual(before);
    expect((await client.call('supervision.summary')).unscreened).toBe(0);
  });

  it('says which folds a hit needed', async () => {
    const folds = new Map((await allHits(client)).map((hit) => [hit.text, hit.folds]));
    expect(folds.get('保本')).toEqual([]);
    expect(folds.get('保\u200B本')).toEqual(['invisible']);
    expect(folds.get('ｖｉｐ返现')).toEqual(['width', 'case']);
  });

  it('looks at nothing again', async () => {
    expect(await screen(world, client)).toMatchObject({ state: 'done', messages: 0, hits: 0 });
  });

  it('looks at everything again when asked to, and finds nothing new', async () => {
    const before = await allHits(client);
    expect(await screen(world, client, { onlyNew: false })).toMatchObject({
      messages: first.length,
      hits: 0,
    });
    expect(await allHits(client)).toEqual(before);
  });

  it('looks only at messages that came since', async () => {
    await importMessages(world, client, later);
    expect((await client.call('supervision.summary')).unscreened).toBe(later.length);
    const run = await screen(world, client);
    expect(run).toMatchObject({ messages: later.length, hits: bruteForceHits(later, fixtureTerms).length });
    expect(comparable(await allHits(client))).toEqual(
      comparable(bruteForceHits([...first, ...later], fixtureTerms)),
    );
  });

  it('looks at everything with a new version, and adds only what the old one had not found', async () => {
    const before = await allHits(client);
    const [lexicon] = await client.call('lexicons.list');
    expect(lexicon?.published?.number).toBe(1);
    if (lexicon === undefined) return;
    const added = {
      text: '周末',
      category: '闲谈',
      severity: 'info',
      basis: '',
      note: '',
      enabled: true,
    } as const;
    const published = await publishTerms(client, lexicon.id, [added]);
    expect((await client.call('supervision.summary')).unscreened).toBe(first.length + later.length);
    const run = await screen(world, client);
    expect(run.messages).toBe(first.length + later.length);
    const after = await allHits(client);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(comparable(after.slice(before.length))).toEqual(
      comparable(bruteForceHits([...first, ...later], [added])),
    );
    expect(run.hits).toBe(after.length - before.length);
    const [newest] = after.toReversed();
    const detail = await client.call('supervision.hit', { id: newest?.id ?? 0 });
    expect(detail.lexicon).toMatchObject({
      name: '测试词库',
      version: 2,
      versionId: published.published?.id,
    });
  });

  it('leaves its start and its end in the audit log, with the counts', async () => {
    const [run] = await client.call('supervision.runs');
    const { events } = await client.call('audit.list', {
      filter: { recordKind: 'screening-run', recordId: run?.id ?? '' },
    });
    expect(events.map((event) => [event.action, event.userName])).toEqual([
      ['supervision.screeningFinished', 'system'],
      ['supervision.startScreening', 'everything'],
    ]);
    expect(events[0]?.details).toEqual({ messages: run?.messages, hits: run?.hits, cut: 0 });
  });

  it('is not for those who only look', async () => {
    const auditor = await world.signIn('auditor');
    expect(await auditor.code('supervision.startScreening', {})).toBe('forbidden');
    expect((await auditor.call('supervision.runs')).length).toBeGreaterThan(0);
  });
});

describe('a run that is stopped', () => {
  it('keeps what it had done; the next one does the rest, and nothing twice', async () => {
    const world = await startTestWorld();
    try {
      const client = await world.signIn('everything');
      await publishLexicon(client, '测试词库', [
        { text: '收益', category: '承诺收益', severity: 'high', basis: '', note: '', enabled: true },
      ]);
      const messages = 40_000;
      const database = openDatabase(join(world.workspace, databaseFileName));
      addMessages(database.handle, { messages, termEvery: 2 });
      const containing = database.handle
        .prepare<[], { count: number }>(`SELECT count(*) AS count FROM messages WHERE text LIKE '%收益%'`)
        .get()?.count;
      await database.close();

      const events = world.listen(client);
      const { id, jobId } = await client.call('supervision.startScreening', {});
      await until(() =>
        events.some(
          (event) =>
            event.type === 'job' && event.job.id === jobId && (event.job.progress?.messages ?? 0) > 0,
        ),
      );
      await client.call('jobs.cancel', { id: jobId });
      await world.app.idle();
      const stopped = (await client.call('supervision.runs')).find((run) => run.id === id);
      expect(stopped?.state).toBe('cancelled');
      expect(stopped?.messages).toBeGreaterThan(0);
      expect(stopped?.messages).toBeLessThan(messages);
      expect((await client.call('supervision.hitIds', {})).total).toBe(stopped?.hits);

      const rest = await screen(world, client);
      expect(rest.messages).toBe(messages - (stopped?.messages ?? 0));
      expect((await client.call('supervision.hitIds', {})).total).toBe(containing);
    } finally {
      await world.close();
    }
  });
});
