import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ProcedureInput } from '../../src/core/contract/index.ts';
import { CalendarDay, Milliseconds } from '../../src/core/contract/ids.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { dayFact, fact, seedFacts } from '../support/feeds.ts';
import { addPerson, decide, publishTemplate, stageOf, submitMaterial } from '../support/reviews.ts';
import { type TestClient, type TestWorld, startTestWorld } from '../support/workspace.ts';

let world: TestWorld;
let everything: TestClient;
let editor: TestClient;
let auditor: TestClient;

beforeAll(async () => {
  world = await startTestWorld();
  everything = await world.signIn('everything');
  editor = await world.signIn('editor');
  auditor = await world.signIn('auditor');
});

afterAll(() => world.close());

const day = (text: string) => CalendarDay.parse(text);
let counter = 0;

async function account(userName: string) {
  const accounts = await everything.call('handovers.accounts');
  const found = accounts.find((one) => one.userName === userName);
  if (found === undefined) throw new Error(`no account ${userName}`);
  return found.userId;
}

function open(input: Partial<ProcedureInput<'handovers.open'>> = {}) {
  return everything.call('handovers.open', {
    leaver: `leaver-${(counter += 1)}`,
    lastDay: day('2026-03-31'),
    reason: '离职',
    ...input,
  });
}

describe('a handover', () => {
  test('is opened with its parties, and found again', async () => {
    const opened = await open({
      takers: [{ taker: 'taker-1', userId: await account('editor') }, { taker: 'taker-2' }],
      supervisorUser: await account('approver'),
    });
    expect(opened).toMatchObject({ state: 'open', revision: 1, daysOpen: 0, aging: 'week', roles: [] });
    expect(opened.takers.map((one) => [one.employee.userid, one.user?.userName])).toEqual([
      ['taker-1', 'editor'],
      ['taker-2', undefined],
    ]);
    expect(await everything.call('handovers.get', { id: opened.id })).toEqual(opened);
    const { handovers } = await everything.call('handovers.list', { query: opened.leaver.userid });
    expect(handovers).toEqual([opened]);
  });

  test('is seen by an editor only where it concerns them', async () => {
    const theirs = await open({ leaverUser: await account('editor') });
    const others = await open();
    const { handovers } = await editor.call('handovers.list');
    expect(handovers.map((one) => one.id)).toContain(theirs.id);
    expect(handovers.map((one) => one.id)).not.toContain(others.id);
    expect((await editor.call('handovers.get', { id: theirs.id })).roles).toEqual(['leaver']);
    expect(await editor.code('handovers.get', { id: others.id })).toBe('not-found');
    expect(await editor.code('handovers.figures', { ids: [others.id] })).toBe('not-found');
    expect(await editor.code('handovers.sheet', { target: { handoverId: others.id } })).toBe('not-found');
    expect(await editor.code('handovers.sheet', { target: { leaver: 'anybody' } })).toBe('forbidden');
    expect((await auditor.call('handovers.list')).handovers.map((one) => one.id)).toContain(others.id);
  });

  test('keeps its roles apart', async () => {
    const [first, second] = [await account('editor'), await account('approver')];
    const problem = async (input: Partial<ProcedureInput<'handovers.open'>>) => {
      const answer = await everything.try('handovers.open', {
        leaver: 'li',
        lastDay: '2026-03-31',
        ...input,
      });
      return answer.ok ? 'ok' : answer.error.details['problem'];
    };
    expect(await problem({ takers: [{ taker: 'li' }] })).toBe('taker-is-leaver');
    expect(await problem({ takers: [{ taker: 'wu' }, { taker: 'wu' }] })).toBe('taker-twice');
    expect(await problem({ leaverUser: first, takers: [{ taker: 'wu', userId: first }] })).toBe(
      'account-twice',
    );
    expect(await problem({ leaverUser: first, supervisorUser: first })).toBe('supervisor-is-leaver');
    expect(await problem({ takers: [{ taker: 'wu', userId: second }], supervisorUser: second })).toBe(
      'supervisor-is-taker',
    );
    expect(await problem({ openingDay: day('2026-04-01') })).toBe('dates-reversed');
    expect(
      (await everything.call('handovers.list', { query: 'li' })).handovers.map((one) => one.leaver.userid),
    ).not.toContain('li');
  });

  test('exists once for a last day', async () => {
    const { leaver } = await open();
    const again = { leaver: leaver.userid, lastDay: '2026-03-31' };
    expect(await everything.code('handovers.open', again)).toBe('handover-exists');
    expect(await everything.code('handovers.open', { ...again, lastDay: '2026-04-30' })).toBe('ok');
  });

  test('is changed by whoever saw its last state', async () => {
    const opened = await open();
    const change = { lastDay: day('2026-04-15'), takers: [{ taker: 'wu' }], reason: '调岗' };
    const changed = await everything.call('handovers.update', { id: opened.id, revision: 1, change });
    expect(changed).toMatchObject({ revision: 2, lastDay: '2026-04-15', reason: '调岗' });
    expect(await everything.code('handovers.update', { id: opened.id, revision: 1, change })).toBe(
      'conflict',
    );
  });

  test('is judged by nobody who hands over or takes over', async () => {
    const reviewer = await world.signIn('reviewer');
    const own = await account('reviewer');
    const refusal = async (name: string, input: unknown) => {
      const answer = await reviewer.try(name, input);
      return answer.ok ? 'ok' : (answer.error.details['reason'] ?? answer.error.code);
    };
    // Bound to the account, known by its user name, and as the taker.
    const theirs = [
      await open({ leaverUser: own }),
      await open({ leaver: 'reviewer', lastDay: day('2026-03-20') }),
      await open({ takers: [{ taker: 'taker-1', userId: own }] }),
    ];
    for (const { id, revision } of theirs) {
      const change = { lastDay: day('2026-03-30'), leaverUser: null, takers: [] };
      expect(await refusal('handovers.update', { id, revision, change })).toBe('own-handover');
      const row = { handoverId: id, class: 'materials', items: ['m'] };
      expect(await refusal('handovers.explain', { ...row, text: '已交接' })).toBe('own-handover');
      expect(await refusal('handovers.assign', { ...row, taker: 'wu' })).toBe('own-handover');
      expect(
        await refusal('handovers.dismissFinding', { id, key: 'k', dismissed: true, reason: '没有' }),
      ).toBe('own-handover');
      expect(await refusal('handovers.decidePromise', { id, key: '1:0', decision: 'reset' })).toBe(
        'own-handover',
      );
    }
    expect(await refusal('handovers.open', { leaver: 'reviewer', lastDay: '2026-05-31' })).toBe(
      'own-handover',
    );
    expect(await refusal('handovers.dismissSuggestion', { leaver: 'reviewer', reason: '调岗' })).toBe(
      'own-handover',
    );
    const { handovers } = await reviewer.call('handovers.list', { query: 'reviewer' });
    expect(handovers.map(({ roles }) => roles)).toEqual([['leaver']]);
    const supervised = await open({ supervisorUser: own });
    const change = { lastDay: day('2026-03-30'), supervisorUser: null };
    expect(await refusal('handovers.update', { id: supervised.id, revision: 1, change })).toBe(
      'own-handover',
    );
    expect(
      await refusal('handovers.update', {
        id: supervised.id,
        revision: 1,
        change: { ...change, supervisorUser: own },
      }),
    ).toBe('ok');
  });

  test('is not opened by whoever may only read', async () => {
    expect(await auditor.code('handovers.open', { leaver: 'x', lastDay: '2026-03-31' })).toBe('forbidden');
    // Nor does a party need whom others could name.
    const party = await world.signIn('editor');
    expect(await party.code('handovers.accounts')).toBe('forbidden');
    expect(await party.code('handovers.employees')).toBe('forbidden');
  });
});

describe('materials of the leaver’s account', () => {
  test('are in the sheet until they are assigned', async () => {
    const { id: material } = await editor.call('materials.create', { type: 'script' });
    const { id, revision } = await open({
      leaverUser: await account('editor'),
      takers: [{ taker: 'wuhao' }],
    });
    const target = { handoverId: id };
    const rowOf = async () => {
      const { rows } = await everything.call('handovers.rows', {
        target,
        filter: { class: 'materials', query: material },
      });
      return rows[0];
    };
    expect(await rowOf()).toMatchObject({ outcome: 'unexplained', why: 'not-assigned', taker: null });
    const choice = { handoverId: id, class: 'materials' as const, items: [material] };
    await everything.call('handovers.assign', { ...choice, taker: 'wuhao', note: '面谈时交接' });
    expect(await rowOf()).toMatchObject({ outcome: 'takenOver', taker: 'wuhao' });
    await everything.call('handovers.assign', { ...choice, taker: null });
    expect(await rowOf()).toMatchObject({ outcome: 'unexplained' });
    const { leaver, ...assigned } = await everything.call('handovers.get', { id });
    expect(assigned.revision).toBe(revision + 2);
    expect(await everything.code('handovers.assign', { ...choice, taker: leaver.userid })).toBe('bad-input');
    expect(await everything.code('handovers.assign', { ...choice, class: 'customers', taker: 'wuhao' })).toBe(
      'bad-input',
    );
    expect(await editor.code('handovers.assign', { ...choice, taker: 'wuhao' })).toBe('forbidden');
  });
});

describe('a review that waits for the leaver’s account', () => {
  test.each(['decides', 'is asked no more'] as const)(
    'stays in the sheet once the leaver %s',
    async (end) => {
      const admin = await world.signIn('admin');
      const own = await addPerson(world, admin, `rev-${(counter += 1)}`, ['reviewer']);
      const other = await addPerson(world, admin, `rev-${(counter += 1)}`, ['reviewer']);
      const template = await publishTemplate(admin, [
        stageOf('first', { assignees: { users: [own.id], roles: [], branch: 'any' } }),
        stageOf('last', { assignees: { users: [other.id], roles: [], branch: 'any' } }),
      ]);
      const { reviewId } = await submitMaterial(world, editor);
      await admin.call('templates.setActive', { id: template.id, active: false });
      const { id } = await open({ leaverUser: own.id, openingDay: day('2026-01-01') });
      const rows = async () =>
        (await everything.call('handovers.rows', { target: { handoverId: id }, filter: { class: 'cases' } }))
          .rows;
      expect(await rows()).toMatchObject([{ id: `review:${reviewId}`, why: 'case-review-open' }]);
      if (end === 'decides') await decide(own, reviewId, 'approve');
      else await admin.call('reviews.reassign', { id: reviewId, users: [other.id], reason: '离职' });
      expect(await rows()).toMatchObject([
        { id: `review:${reviewId}`, outcome: 'invalid', why: 'case-review-over' },
      ]);
      await admin.call('reviews.reassign', { id: reviewId, users: [own.id, other.id], reason: '继续' });
      expect(await rows()).toMatchObject([{ outcome: 'unexplained', why: 'case-review-open' }]);
    },
  );
});

describe('the thread that works out handovers', () => {
  test('finds rows whose taker has a userid that JavaScript knows', async () => {
    const { id, leaver } = await open({ takers: [{ taker: 'constructor' }] });
    const employee = leaver.userid;
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    seedFacts(connection, [
      dayFact('list', '2026-03-20', { employee }),
      dayFact('listed', '2026-03-20', { employee, item: 'wmKnown' }),
      dayFact('transfer-start', '2026-04-01', { employee, item: 'wmKnown', taker: 'constructor', code: '0' }),
    ]);
    await connection.close();
    const rows = (query: string) =>
      everything.call('handovers.rows', {
        target: { handoverId: id },
        filter: { class: 'customers', query },
        offset: 0,
        limit: 10,
      });
    expect((await rows('nobody')).total).toBe(0);
    expect((await rows('constructor')).total).toBe(1);
  });

  test('explains a task that has only a long title and its customer', async () => {
    const { id, leaver } = await open();
    const item = `${'回访'.repeat(125)} · ${'客'.repeat(500)}`;
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    seedFacts(connection, [
      dayFact('task-list', '2026-03-20'),
      dayFact('task', '2026-03-20', { employee: leaver.userid, item, code: 'open' }),
    ]);
    await connection.close();
    expect(
      await everything.call('handovers.explain', {
        handoverId: id,
        class: 'tasks',
        items: [item],
        text: '客户已销户',
      }),
    ).toEqual({ changed: 1 });
  });

  test('counts for a second departure what came since the first', async () => {
    const { id: firstId, leaver } = await open({ lastDay: day('2025-03-31') });
    const employee = leaver.userid;
    const { id: secondId } = await open({ leaver: employee, lastDay: day('2026-03-31') });
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    const item = (name: string) => `${name}-${employee}`;
    seedFacts(connection, [
      dayFact('listed', '2025-03-20', { employee, item: item('first') }),
      dayFact('transfer-start', '2025-04-01', { employee, item: item('first'), taker: 'wu', code: '0' }),
      dayFact('transfer-result', '2025-04-03', { employee, item: item('first'), taker: 'wu', code: '1' }),
      dayFact('contact-event', '2026-01-10', { employee, item: item('since'), code: 'add_external_contact' }),
      dayFact('group', '2025-03-20', { employee, item: item('first'), code: '0' }),
      dayFact('group', '2025-04-05', { employee: 'wu', item: item('first'), code: '0' }),
      dayFact('group-event', '2026-01-10', { item: item('since'), code: 'create' }),
      dayFact('group', '2026-03-20', { employee, item: item('since'), code: '0' }),
    ]);
    await connection.close();
    const ids = (handoverId: typeof firstId, name: 'customers' | 'groups') =>
      everything.call('handovers.rowIds', { target: { handoverId }, filter: { class: name } });
    for (const name of ['customers', 'groups'] as const) {
      expect(await ids(firstId, name), name).toEqual([item('first')]);
      expect(await ids(secondId, name), name).toEqual([item('since')]);
    }
  });

  test('suggests whom the next roster of the same people lacks, by what has been imported since too', async () => {
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    const roster = (of: string, ...people: readonly string[]) =>
      seedFacts(
        connection,
        [
          dayFact('roster-list', of),
          // The same person twice, as a roster by positions has them.
          ...[...people, people[0] ?? ''].map((employee, line) =>
            dayFact('employed', of, { employee, code: String(line) }),
          ),
        ],
        { feed: 'roster' },
      );
    const suggested = async () =>
      (await everything.call('handovers.suggestions'))
        .flatMap(({ leaver, reasons, lastDay }) =>
          reasons.some(({ kind }) => kind === 'left-roster') ? [`${leaver.userid} ${lastDay}`] : [],
        )
        .toSorted();
    roster('2026-01-31', 'roster-a', 'roster-b', 'roster-c', 'roster-d');
    roster('2026-02-10', 'roster-a', 'roster-x', 'roster-y');
    expect(await suggested()).toEqual([]);
    roster('2026-02-28', 'roster-b', 'roster-c', 'roster-x', 'roster-y');
    expect(await suggested()).toEqual(['roster-a 2026-02-28', 'roster-d 2026-02-28']);
    roster('2026-03-31', 'roster-a', 'roster-b', 'roster-c', 'roster-x', 'roster-y');
    expect(await suggested()).toEqual(['roster-d 2026-02-28']);
    await connection.close();
  });

  test('answers on after a question that it could not', async () => {
    // No day is that late: the suggestion of it can't be said.
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    seedFacts(connection, [
      fact('departure', { at: Milliseconds.parse(8.64e15 + 1), employee: 'broken', taker: 'wu' }),
    ]);
    await connection.close();
    const { id } = await open();
    const answers = await Promise.all([
      everything.code('handovers.suggestions'),
      everything.code('handovers.sheet', { target: { handoverId: id } }),
    ]);
    expect(answers).toEqual(['internal', 'ok']);
  });
});
