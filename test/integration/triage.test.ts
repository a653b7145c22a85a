import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DispositionId, HitId } from '../../src/core/contract/ids.ts';
import { severityRank } from '../../src/core/features/lexicons/model.ts';
import { HitFilter, type HitRow } from '../../src/core/features/supervision/contract.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { databaseFileName } from '../../src/core/platform/workspace.ts';
import { allHits, fixtureMessages, importMessages, publishLexicon, screen } from '../support/hits-fixture.ts';
import { type TestClient, type TestWorld, startTestWorld, until } from '../support/workspace.ts';

let world: TestWorld;
let client: TestClient;
let hits: readonly HitRow[];

beforeAll(async () => {
  world = await startTestWorld();
  client = await world.signIn('everything');
  await importMessages(world, client, fixtureMessages(0, 120));
  await publishLexicon(client, '测试词库');
  await screen(world, client);
  hits = await allHits(client);
});
afterAll(() => world.close());

function at(index: number): HitRow {
  const hit = hits[index];
  if (hit === undefined) throw new Error(`the fixture has no hit ${index}`);
  return hit;
}

async function stateOf(id: HitRow['id']): Promise<HitRow> {
  const [row] = await client.call('supervision.hitRows', { ids: [id] });
  if (row === undefined) throw new Error(`hit ${id} is gone`);
  return row;
}

async function eventsOf(id: HitRow['id']) {
  const { events } = await client.call('audit.list', { filter: { recordKind: 'hit', recordId: String(id) } });
  return events.toReversed();
}

describe('deciding', () => {
  it('never happens by looking', async () => {
    await client.call('supervision.hit', { id: at(0).id });
    expect(await stateOf(at(0).id)).toMatchObject({ state: 'open', decidedBy: null, decidedAt: null });
    expect(await eventsOf(at(0).id)).toEqual([]);
  });

  it('moves the hit, with who, when and why, and an audit event of its own', async () => {
    const { id } = at(0);
    const { hits: rows, dispositionIds } = await client.call('supervision.decide', {
      hitIds: [id],
      decision: 'confirmed',
      reasonCode: 'violation',
      note: '当面承诺保本',
    });
    expect(dispositionIds).toHaveLength(1);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      id,
      state: 'confirmed',
      decidedBy: 'everything',
      reasonCode: 'violation',
    });
    const detail = await client.call('supervision.hit', { id });
    expect(detail.history).toMatchObject([
      { decision: 'confirmed', note: '当面承诺保本', by: 'everything', undoes: null },
    ]);
    const [event, ...others] = await eventsOf(id);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      action: 'supervision.decide',
      userName: 'everything',
      details: { decision: 'confirmed', from: 'open', to: 'confirmed', dispositionId: dispositionIds[0] },
    });
    expect(event?.beforeHash).not.toBe(event?.afterHash);
    expect(JSON.stringify(event)).not.toContain('当面承诺');
  });

  it('over several hits leaves one event each; a hit named twice is decided once', async () => {
    const ids = [at(1).id, at(2).id, at(1).id];
    const { dispositionIds, hits: rows } = await client.call('supervision.decide', {
      hitIds: ids,
      decision: 'dismissed',
    });
    expect(dispositionIds).toHaveLength(2);
    expect(rows.map((row) => row.state)).toEqual(['dismissed', 'dismissed']);
    expect(await eventsOf(at(1).id)).toHaveLength(1);
    expect(await eventsOf(at(2).id)).toHaveLength(1);
  });

  it('changes nothing at all where one of the hits does not exist', async () => {
    const code = await client.code('supervision.decide', {
      hitIds: [at(3).id, 9_999_999],
      decision: 'dismissed',
    });
    expect(code).toBe('not-found');
    expect((await stateOf(at(3).id)).state).toBe('open');
    expect(await eventsOf(at(3).id)).toEqual([]);
  });

  it('again, by somebody else, counts last and keeps both', async () => {
    const { id } = at(4);
    const reviewer = await world.signIn('reviewer');
    const approver = await world.signIn('approver');
    await Promise.all([
      reviewer.call('supervision.decide', { hitIds: [id], decision: 'dismissed', reasonCode: 'negated' }),
      approver.call('supervision.decide', { hitIds: [id], decision: 'escalated' }),
    ]);
    const { history, hit } = await client.call('supervision.hit', { id });
    expect(history.map((entry) => entry.by).toSorted()).toEqual(['approver', 'reviewer']);
    expect(hit.state).toBe(history.at(-1)?.decision);
    expect(hit.decidedBy).toBe(history.at(-1)?.by);
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it('is not for the auditor and not for the administrator', async () => {
    for (const role of ['auditor', 'admin'] as const) {
      const other = await world.signIn(role);
      expect(await other.code('supervision.decide', { hitIds: [at(5).id], decision: 'dismissed' })).toBe(
        'forbidden',
      );
      expect(await other.code('supervision.undo', { dispositionIds: [1] })).toBe('forbidden');
      expect(await other.code('supervision.hit', { id: at(5).id })).toBe('ok');
    }
    expect((await stateOf(at(5).id)).state).toBe('open');
  });

  it('tells the screens that hits changed', async () => {
    const events = world.listen(client);
    await client.call('supervision.decide', { hitIds: [at(6).id], decision: 'dismissed' });
    await until(() => events.some((event) => event.type === 'changed' && event.topics.includes('hits')));
  });
});

describe('taking back', () => {
  it('puts the hit where it stood before, one decision after another', async () => {
    const { id } = at(10);
    const first = await client.call('supervision.decide', {
      hitIds: [id],
      decision: 'confirmed',
      reasonCode: 'violation',
    });
    const second = await client.call('supervision.decide', { hitIds: [id], decision: 'dismissed' });
    expect(await client.code('supervision.undo', { dispositionIds: first.dispositionIds })).toBe('conflict');

    const undone = await client.call('supervision.undo', { dispositionIds: second.dispositionIds });
    expect(undone.hits).toMatchObject([
      { id, state: 'confirmed', reasonCode: 'violation', decidedBy: 'everything' },
    ]);
    expect(await client.code('supervision.undo', { dispositionIds: second.dispositionIds })).toBe(
      'nothing-to-undo',
    );

    await client.call('supervision.undo', { dispositionIds: first.dispositionIds });
    expect(await stateOf(id)).toMatchObject({
      state: 'open',
      decidedBy: null,
      decidedAt: null,
      reasonCode: null,
    });
    const { history } = await client.call('supervision.hit', { id });
    expect(history.map((entry) => [entry.decision, entry.undoes])).toEqual([
      ['confirmed', null],
      ['dismissed', null],
      ['reopened', second.dispositionIds[0]],
      ['reopened', first.dispositionIds[0]],
    ]);
    expect((await eventsOf(id)).map((event) => event.action)).toEqual([
      'supervision.decide',
      'supervision.decide',
      'supervision.undo',
      'supervision.undo',
    ]);
  });

  it('takes a decision over many hits back in one go, or not at all', async () => {
    const ids = [at(11).id, at(12).id, at(13).id];
    const { dispositionIds } = await client.call('supervision.decide', {
      hitIds: ids,
      decision: 'escalated',
    });
    await client.call('supervision.decide', { hitIds: [at(12).id], decision: 'confirmed' });
    expect(await client.code('supervision.undo', { dispositionIds })).toBe('conflict');
    expect((await stateOf(at(11).id)).state).toBe('escalated');
    const undone = await client.call('supervision.undo', {
      dispositionIds: dispositionIds.filter((_, index) => index !== 1),
    });
    expect(undone.hits.map((hit) => hit.state)).toEqual(['open', 'open']);
  });

  it('says so where there is no such decision', async () => {
    expect(await client.code('supervision.undo', { dispositionIds: [DispositionId.parse(999_999)] })).toBe(
      'not-found',
    );
  });
});

describe('the list', () => {
  const sorts = ['severity', 'sentAt', 'term', 'category', 'sender', 'state', 'decidedAt'] as const;

  it.each(sorts)('by %s is in order, whole, and the same on every call', async (by) => {
    const keyOf = (row: HitRow): string | number => {
      switch (by) {
        case 'severity':
          return severityRank(row.severity);
        case 'sentAt':
          return row.sentAt;
        case 'term':
          return row.term;
        case 'category':
          return row.category;
        case 'sender':
          return row.sender?.name ?? row.sender?.externalId ?? '';
        case 'state':
          return ['open', 'confirmed', 'dismissed', 'escalated'].indexOf(row.state);
        case 'decidedAt':
          return row.decidedAt ?? 0;
      }
    };
    for (const descending of [true, false]) {
      const list = await client.call('supervision.hitIds', { sort: { by, descending } });
      expect(list).toMatchObject({ total: hits.length, limited: false });
      expect(new Set(list.ids).size).toBe(hits.length);
      expect((await client.call('supervision.hitIds', { sort: { by, descending } })).ids).toEqual(list.ids);
      const rows = await client.call('supervision.hitRows', { ids: list.ids.slice(0, 500) });
      expect(rows.map((row) => row.id)).toEqual(list.ids.slice(0, 500));
      const keys = rows.map(keyOf);
      for (let index = 1; index < keys.length; index += 1) {
        const [before = 0, after = 0] = [keys[index - 1], keys[index]];
        expect(descending ? before >= after : before <= after).toBe(true);
      }
    }
  });

  it('shows what each condition lets through', async () => {
    const now = await allHits(client);
    const person = now.find((hit) => hit.sender?.externalId === 'ceshi.jingli')?.sender;
    const filters: readonly (readonly [Parameters<typeof allHits>[1], (hit: HitRow) => boolean])[] = [
      [{ states: ['open'] }, (hit) => hit.state === 'open'],
      [
        { states: ['dismissed', 'escalated'] },
        (hit) => hit.state === 'dismissed' || hit.state === 'escalated',
      ],
      [{ states: [] }, () => true],
      [{ severities: ['critical', 'low'] }, (hit) => hit.severity === 'critical' || hit.severity === 'low'],
      [{ categories: ['返佣'] }, (hit) => hit.category === '返佣'],
      [{ terms: ['保本', '投诉'] }, (hit) => hit.term === '保本' || hit.term === '投诉'],
      [{ personId: person?.id ?? null }, (hit) => hit.sender?.id === person?.id],
      [{ conversationId: at(0).conversationId }, (hit) => hit.conversationId === at(0).conversationId],
      [{ from: at(40).sentAt }, (hit) => hit.sentAt >= at(40).sentAt],
      [{ to: at(40).sentAt }, (hit) => hit.sentAt <= at(40).sentAt],
      [{ query: '%' }, () => false],
    ];
    for (const [filter, lets] of filters) {
      const rows = await allHits(client, filter);
      expect(rows.map((row) => row.id)).toEqual(now.filter(lets).map((row) => row.id));
    }
    // Words are looked for in the whole message that the hit stands in, whatever their width and case.
    const textOf = new Map(
      fixtureMessages(0, 120).map(({ message, fields }) => [
        message.msgid,
        fields.map(({ text }) => text).join('\n'),
      ]),
    );
    for (const query of [
      'vip',
      'ＶＩＰ',
      '您放心',
      '您好,这款',
      '您好，这款',
      '13800138000',
      '不在任何一条里',
    ]) {
      const plain = query.normalize('NFKC').toLowerCase();
      const expected = now.filter((hit) =>
        [hit.term, hit.text, textOf.get(hit.msgid) ?? ''].some((text) =>
          text.normalize('NFKC').toLowerCase().includes(plain),
        ),
      );
      expect({ query, ids: (await allHits(client, { query })).map((hit) => hit.id) }).toEqual({
        query,
        ids: expected.map((hit) => hit.id),
      });
    }
    const [run] = await client.call('supervision.runs');
    expect(await allHits(client, { runId: run?.id ?? null })).toHaveLength(now.length);
  });

  it('finds by branch what its employees said and what was said to them', async () => {
    const database = openDatabase(join(world.workspace, databaseFileName));
    database.handle.prepare(`UPDATE people SET branch = '滨江支行' WHERE external_id = 'ceshi.jingli'`).run();
    await database.close();
    expect((await client.call('supervision.facets')).branches).toEqual(['滨江支行']);
    expect(await allHits(client, { branch: '滨江支行' })).toHaveLength(hits.length);
    expect(await allHits(client, { branch: '南湖支行' })).toEqual([]);
  });

  it('has rows whose excerpt holds the hit, with personal data masked', async () => {
    for (const row of await allHits(client)) {
      expect(row.excerpt.slice(row.excerptStart, row.excerptStart + row.text.length)).toBe(row.text);
      expect(row.excerpt).not.toContain('13800138000');
    }
    expect(hits.some((row) => row.excerpt.includes('***********'))).toBe(true);
  });

  it('leaves out rows of hits that do not exist', async () => {
    const rows = await client.call('supervision.hitRows', { ids: [HitId.parse(9_999_999), at(0).id] });
    expect(rows.map((row) => row.id)).toEqual([at(0).id]);
    expect(await client.code('supervision.hit', { id: 9_999_999 })).toBe('not-found');
  });

  it('offers categories and terms with their numbers', async () => {
    const { categories, terms } = await client.call('supervision.facets');
    const count = (key: string) => hits.filter((hit) => hit.term === key).length;
    expect(terms.find((entry) => entry.key === '保本')?.count).toBe(count('保本'));
    expect(categories.find((entry) => entry.key === '承诺收益')?.count).toBe(
      count('保本') + count('保本保息') + count('本保'),
    );
  });
});

describe('one hit', () => {
  it('comes with its conversation, the other hits there, its basis and its lexicon', async () => {
    const hit = at(20);
    const detail = await client.call('supervision.hit', { id: hit.id, context: 3 });
    expect(detail.message).toMatchObject({ id: hit.messageId, msgid: hit.msgid });
    expect(detail.context.some((message) => message.id === hit.messageId)).toBe(true);
    expect(detail.context.every((message) => message.conversationId === hit.conversationId)).toBe(true);
    expect(detail.context.length).toBeGreaterThan(1);
    expect(detail.context.length).toBeLessThanOrEqual(7);
    const shown = new Set(detail.context.map((message) => message.id));
    const others = hits.filter((other) => other.id !== hit.id && shown.has(other.messageId));
    expect(detail.neighbours.map((other) => other.id).toSorted((a, b) => a - b)).toEqual(
      others.map((other) => other.id),
    );
    expect(detail.basis).toBe(`行内制度之${hit.category}`);
    expect(detail.lexicon).toMatchObject({ name: '测试词库', version: 1 });
  });
});

describe('the summary', () => {
  it('counts what waits and what was done', async () => {
    const now = await allHits(client);
    const count = (state: HitRow['state']) => now.filter((hit) => hit.state === state).length;
    const summary = await client.call('supervision.summary');
    expect(summary).toMatchObject({
      open: count('open'),
      confirmed: count('confirmed'),
      dismissed: count('dismissed'),
      escalated: count('escalated'),
      decidedToday: now.length - count('open'),
      unscreened: 0,
      oldestOpenAt: Math.min(...now.filter((hit) => hit.state === 'open').map((hit) => hit.sentAt)),
    });
    expect(summary.openBySeverity.map((entry) => entry.severity)).toEqual([
      'critical',
      'high',
      'medium',
      'low',
      'info',
    ]);
    expect(summary.openBySeverity.reduce((sum, entry) => sum + entry.count, 0)).toBe(summary.open);
  });
});

describe('saved views', () => {
  it('belong to one user, by name, and can be removed by nobody else', async () => {
    const reviewer = await world.signIn('reviewer');
    const filter = HitFilter.parse({ categories: ['返佣'] });
    const sort = { by: 'term', descending: false } as const;
    const view = await reviewer.call('supervision.saveView', { name: '返佣待看', filter, sort });
    expect(await reviewer.call('supervision.views')).toEqual([
      { id: view.id, name: '返佣待看', filter, sort },
    ]);
    expect(await reviewer.code('supervision.saveView', { name: ' 返佣待看 ', filter, sort })).toBe(
      'name-taken',
    );
    expect(await client.call('supervision.views')).toEqual([]);
    expect(await client.code('supervision.removeView', { id: view.id })).toBe('not-found');
    await client.call('supervision.saveView', { name: '返佣待看', filter, sort });
    await reviewer.call('supervision.removeView', { id: view.id });
    expect(await reviewer.call('supervision.views')).toEqual([]);
    const { events } = await client.call('audit.list', {
      filter: { recordKind: 'saved-view', recordId: view.id },
    });
    expect(events.map((event) => event.action)).toEqual(['supervision.removeView', 'supervision.saveView']);
  });
});

describe('what the database itself forbids', () => {
  it.each([
    ['DELETE FROM hits', 'hits are never deleted'],
    [`UPDATE hits SET text = ''`, 'what a hit found never changes'],
    ['UPDATE hits SET start = 0', 'what a hit found never changes'],
    [`UPDATE dispositions SET note = ''`, 'dispositions are append-only'],
    ['DELETE FROM dispositions', 'dispositions are append-only'],
  ])('%s', async (statement, reason) => {
    const database = openDatabase(join(world.workspace, databaseFileName));
    try {
      expect(() => database.handle.exec(statement)).toThrow(reason);
    } finally {
      await database.close();
    }
  });
});
