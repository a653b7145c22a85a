import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { CalendarDay, type HandoverId } from '../../src/core/contract/ids.ts';
import { findingSentence } from '../../src/core/features/handovers/timeline/model.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { databaseFileName } from '../../src/core/platform/workspace.ts';
import { type Raw, importFiles, jsonLines, message, text } from '../support/archive-fixtures.ts';
import { fact, seedFacts } from '../support/feeds.ts';
import { type TestClient, type TestWorld, startTestWorld, testClock } from '../support/workspace.ts';

// One departure, from files to what screens show: Lin Yue leaves on 31 March 2026, leads a customer to a private account,
// deletes others and promises things that somebody else has to keep.

const leaver = 'linyue';
const at = (when: string) => Date.parse(`${when}:00+08:00`);

let world: TestWorld;
let reviewer: TestClient;
let auditor: TestClient;
let id: HandoverId;

let counter = 0;
const next = () => `msg-${String((counter += 1)).padStart(5, '0')}`;
const from = (when: string, customer: string, words: string): Raw =>
  text(next(), words, { from: leaver, tolist: [customer], msgtime: at(when) });
const to = (when: string, customer: string, words: string): Raw =>
  text(next(), words, { from: customer, tolist: [leaver], msgtime: at(when) });

const revoked = from('2026-03-20T10:05', 'wmZhao', '您加我私人微信，这边说话不方便');
const archive: readonly Raw[] = [
  from('2026-01-05T09:00', 'wmZhao', '赵先生新年好'),
  // Over three messages, in disguise.
  from('2026-03-18T10:00', 'wmQian', '以后您'),
  from('2026-03-18T10:01', 'wmQian', '加我v'),
  from('2026-03-18T10:02', 'wmQian', '❤️信'),
  revoked,
  message(
    next(),
    'revoke',
    { pre_msgid: revoked['msgid'] },
    {
      from: leaver,
      tolist: ['wmZhao'],
      msgtime: at('2026-03-20T10:09'),
      action: 'recall',
    },
  ),
  message(
    next(),
    'card',
    { corpname: '微信', userid: 'wmLinYueSelf' },
    {
      from: leaver,
      tolist: ['wmZhao'],
      msgtime: at('2026-03-21T10:00'),
    },
  ),
  message(
    next(),
    'file',
    {
      filename: '客户名单3月.xlsx',
      fileext: 'xlsx',
      filesize: 20_000,
      md5sum: '0'.repeat(32),
      sdkfileid: 'x',
    },
    {
      from: leaver,
      tolist: ['wmLinYueSelf'],
      msgtime: at('2026-03-25T21:00'),
    },
  ),
  // Promises
  from('2026-03-27T10:20', 'wmSun', '孙女士，下周一给您送合同。电话13912345678'),
  from('2026-03-02T10:20', 'wmSun', '周三给您回电话'),
  to('2026-03-10T11:00', 'wmLi', '我那笔理财4月15日到期'),
  from('2026-03-10T11:20', 'wmLi', '好的，到期后给您转存'),
  to('2026-03-28T09:00', 'wmLi', '你们再不处理我要投诉'),
  // Innocent
  to('2026-03-12T09:00', 'wmWang', '可以加您微信吗'),
  from('2026-03-12T09:01', 'wmWang', '银行规定不能加微信，您可以用微信支付'),
  // The taker
  text('taker-1', '您好，我是吴浩，接替林悦为您服务', {
    from: 'wuhao',
    tolist: ['wmZhao'],
    msgtime: at('2026-04-02T09:00'),
  }),
  text('taker-2', '好的', { from: 'wmZhao', tolist: ['wuhao'], msgtime: at('2026-04-02T10:00') }),
  text('taker-3', '您好，我是吴浩', { from: 'wuhao', tolist: ['wmQian'], msgtime: at('2026-04-03T09:00') }),
  text('taker-4', '您好，我是吴浩', { from: 'wuhao', tolist: ['wmLi'], msgtime: at('2026-04-17T09:00') }),
  text('taker-5', '这么久没人管，我要投诉', {
    from: 'wmLi',
    tolist: ['wuhao'],
    msgtime: at('2026-04-17T09:10'),
  }),
  // After the last day
  from('2026-04-02T09:00', 'wmWang', '王先生好'),
];

beforeAll(async () => {
  world = await startTestWorld({ clock: testClock(at('2026-04-20T10:00')) });
  const everything = await world.signIn('everything');
  reviewer = await world.signIn('reviewer');
  auditor = await world.signIn('auditor');
  await importFiles(world, everything, { 'chat.jsonl': jsonLines(archive) });
  const connection = openDatabase(join(world.workspace, databaseFileName));
  const deletions = Array.from({ length: 8 }, (_unused, index) =>
    fact('contact-event', {
      employee: leaver,
      item: `wmGone${index}`,
      code: 'del_external_contact',
      at: at(`2026-03-2${index}T22:00`),
    }),
  );
  seedFacts(
    connection,
    [
      ...deletions,
      fact('contact-event', {
        employee: leaver,
        item: 'wmMoved',
        code: 'del_external_contact',
        detail: 'DELETE_BY_TRANSFER',
        at: at('2026-03-29T10:00'),
      }),
      fact('contact-event', {
        employee: 'wuhao',
        item: 'wmQian',
        code: 'del_follow_user',
        at: at('2026-04-05T12:00'),
      }),
      fact('contact-event', {
        employee: 'wuhao',
        item: 'wmSun',
        code: 'del_follow_user',
        at: at('2026-04-06T12:00'),
      }),
      fact('group', {
        employee: leaver,
        item: 'wrSalon',
        at: at('2026-02-01T00:00'),
        code: '0',
        data: { name: '理财沙龙' },
      }),
      fact('group-event', { item: 'wrSalon', code: 'dismiss', at: at('2026-03-30T20:00') }),
      fact('member-log', { employee: leaver, code: '4', at: at('2026-03-22T08:00') }),
      fact('screenshot', { employee: leaver, code: '2', at: at('2026-03-23T23:00') }),
    ],
    { name: 'events.xml', feed: 'events' },
  );
  const customers = ['wmZhao', 'wmQian', 'wmSun', 'wmLi'];
  seedFacts(
    connection,
    customers.flatMap((item) => [
      fact('listed', { employee: leaver, item, at: at('2026-03-01T00:00') }),
      fact('transfer-start', {
        employee: leaver,
        taker: 'wuhao',
        item,
        code: '0',
        at: at('2026-03-31T18:00'),
      }),
      fact('transfer-result', {
        employee: leaver,
        taker: 'wuhao',
        item,
        code: '1',
        at: at('2026-04-02T00:00'),
        otherAt: at('2026-04-01T18:00'),
      }),
    ]),
    { name: 'customers.json' },
  );
  await connection.close();
  const opened = await everything.call('handovers.open', {
    leaver,
    lastDay: CalendarDay.parse('2026-03-31'),
    takers: [{ taker: 'wuhao' }],
    reason: '离职',
  });
  id = opened.id;
});

afterAll(() => world.close());

const keysOf = (findings: readonly { readonly key: string }[]) => findings.map(({ key }) => key);

describe('the timeline', () => {
  test('finds the signs, the strongest first', async () => {
    const timeline = await reviewer.call('handovers.timeline', { id });
    expect(timeline).toMatchObject({
      from: '2025-12-31',
      to: '2026-04-30',
      lastDay: '2026-03-31',
      messages: archive.length - 5,
    });
    expect(keysOf(timeline.findings)).toEqual([
      'followed-out:wmQian',
      'diversion:wmZhao',
      'diversion:wmQian',
      'diversion-revoked:wmZhao',
      'lists-sent',
      'customers-deleted',
      'cards-sent',
      'screenshots',
      'groups-dismissed',
      'active-after-leaving',
      'new-device',
    ]);
    expect(timeline.risk).toMatchObject({ score: 99, level: 'high' });
    expect(timeline.risk.parts.reduce((sum, { adds }) => sum + adds, 0)).toBe(99);
  });

  test('is summed up for the overview', async () => {
    const { risk } = await reviewer.call('handovers.timeline', { id });
    expect(await reviewer.call('handovers.figures', { ids: [id] })).toMatchObject([{ id, risk: risk.score }]);
  });

  test('says each in a sentence, with what it rests on', async () => {
    const { findings } = await auditor.call('handovers.timeline', { id });
    const of = (key: string) => findings.find((each) => each.key === key);
    const followed = of('followed-out:wmQian');
    expect(followed?.evidence).toMatchObject([
      { type: 'message', excerpt: '以后您加我v❤️信' },
      { type: 'fact', file: 'events.xml', item: 'wmQian' },
    ]);
    expect(findings.map((each) => [each.kind, findingSentence(each, 'zh-CN')])).toContainEqual([
      'diversion-revoked',
      '2026-03-20 对 wmZhao 说「加我私人微信」，之后撤回了这条消息。',
    ]);
    expect(of('customers-deleted')?.values).toMatchObject({ count: 8, near: 8, diverted: 0 });
    for (const each of findings) {
      expect(findingSentence(each, 'zh-CN')).not.toBe('');
      expect(findingSentence(each, 'en-US')).not.toMatch(/undefined|NaN/);
      expect(each.evidence.length).toBeGreaterThan(0);
    }
    expect(JSON.stringify(findings)).not.toContain('13912345678');
  });

  test('shows what happened day by day', async () => {
    const { days } = await reviewer.call('handovers.timeline', { id });
    expect(days.map(({ day }) => day)).toEqual(days.map(({ day }) => day).toSorted());
    const kinds = (day: string) =>
      days.find((each) => each.day === day)?.groups.map(({ kind, count }) => [kind, count]);
    expect(kinds('2026-03-20')).toEqual([
      ['customer-deleted', 1],
      ['diversion', 1],
      ['revoked', 1],
    ]);
    expect(kinds('2026-03-31')).toEqual([['last-day', 1]]);
    expect(kinds('2026-04-05')).toEqual([['customer-left', 1]]);
    expect(kinds('2026-03-29')).toBeUndefined();
  });

  test('counts a false alarm no more, with the reason, until that is taken back', async () => {
    const key = 'diversion:wmZhao';
    const before = await reviewer.call('handovers.timeline', { id });
    const { revision } = await reviewer.call('handovers.get', { id });
    expect(await reviewer.code('handovers.dismissFinding', { id, key, dismissed: true })).toBe('bad-input');
    const { finding } = await reviewer.call('handovers.dismissFinding', {
      id,
      key,
      dismissed: true,
      reason: '已向客户核实，为行内工作号',
    });
    expect(finding.dismissed).toMatchObject({ reason: '已向客户核实，为行内工作号' });
    const { risk, findings } = await auditor.call('handovers.timeline', { id });
    expect(risk.parts.find(({ kind }) => kind === 'diversion')?.count).toBe(1);
    expect(findings.find((each) => each.key === key)).toEqual(finding);
    await reviewer.call('handovers.dismissFinding', { id, key, dismissed: false });
    expect((await reviewer.call('handovers.get', { id })).revision).toBe(revision + 2);
    expect(await reviewer.call('handovers.timeline', { id })).toEqual(before);
    expect(
      await reviewer.code('handovers.dismissFinding', { id, key: 'nothing', dismissed: true, reason: 'x' }),
    ).toBe('not-found');
    expect(await auditor.code('handovers.dismissFinding', { id, key, dismissed: true, reason: 'x' })).toBe(
      'forbidden',
    );
  });

  test('is not cleared by the leaver', async () => {
    const everything = await world.signIn('everything');
    const accounts = await everything.call('handovers.accounts');
    const own = accounts.find(({ userName }) => userName === 'reviewer');
    const { id: theirs } = await everything.call('handovers.open', {
      leaver,
      leaverUser: own?.userId ?? null,
      lastDay: CalendarDay.parse('2026-03-30'),
    });
    const input = { id: theirs, key: 'diversion:wmZhao', dismissed: true, reason: '没有的事' };
    expect(await reviewer.code('handovers.dismissFinding', input)).toBe('handover-refused');
    expect(await everything.code('handovers.dismissFinding', input)).toBe('ok');
  });
});

describe('promises', () => {
  test('are listed, the most urgent first', async () => {
    const { promises, counts, limited } = await reviewer.call('handovers.promises', { id });
    expect(
      promises.map(({ kind, customer, due, standing }) => [kind, customer?.id, due?.to ?? null, standing]),
    ).toEqual([
      ['maturity', 'wmLi', '2026-04-15', 'later'],
      ['complaint', 'wmLi', null, 'overdue'],
      ['dated', 'wmSun', '2026-03-30', 'overdue'],
      ['callback', 'wmSun', '2026-03-04', 'followed'],
    ]);
    expect(promises[2]).toMatchObject({ excerpt: '孙女士，下周一给您送合同', phrase: '下周一' });
    expect([counts, limited]).toEqual([{ open: 3, accepted: 0, dismissed: 0, kept: 0 }, false]);
  });

  test('become tasks of a taker, are dismissed, kept, and taken back', async () => {
    const { promises } = await reviewer.call('handovers.promises', { id });
    const [maturity, complaint, dated] = promises.map(({ key }) => key);
    const task = {
      id,
      key: maturity ?? '',
      decision: 'accepted' as const,
      title: '到期转存',
      dueDay: CalendarDay.parse('2026-04-15'),
      taker: 'wuhao',
    };
    expect(await reviewer.code('handovers.decidePromise', { ...task, title: '' })).toBe('bad-input');
    expect(await reviewer.code('handovers.decidePromise', { ...task, taker: 'nobody' })).toBe('bad-input');
    expect(await reviewer.code('handovers.decidePromise', { ...task, key: '1:2' })).toBe('not-found');
    expect(await auditor.code('handovers.decidePromise', task)).toBe('forbidden');
    const { revision } = await reviewer.call('handovers.get', { id });
    expect((await reviewer.call('handovers.decidePromise', task)).decision).toMatchObject({
      decision: 'accepted',
      title: '到期转存',
      dueDay: '2026-04-15',
      taker: 'wuhao',
    });
    expect((await reviewer.call('handovers.get', { id })).revision).toBe(revision + 1);
    await reviewer.call('handovers.decidePromise', { id, key: maturity ?? '', decision: 'kept' });
    await reviewer.call('handovers.decidePromise', {
      id,
      key: complaint ?? '',
      decision: 'dismissed',
      note: '另案处理',
    });
    const after = await auditor.call('handovers.promises', { id });
    expect(after.counts).toEqual({ open: 1, accepted: 0, dismissed: 1, kept: 1 });
    expect(after.promises[0]?.decision).toMatchObject({
      decision: 'kept',
      title: '到期转存',
      taker: 'wuhao',
    });
    await reviewer.call('handovers.decidePromise', { id, key: complaint ?? '', decision: 'reset' });
    expect((await reviewer.call('handovers.promises', { id })).counts.open).toBe(2);
    expect(dated).toBeDefined();
  });
});

describe('continuity', () => {
  test('follows every customer who was taken over', async () => {
    const { totals, rows, weeks, unseenTakers } = await auditor.call('handovers.continuity', { id });
    expect(unseenTakers).toEqual([]);
    expect(rows.map(({ customer, state, taker }) => [customer.id, state, taker])).toEqual([
      ['wmLi', 'late', 'wuhao'],
      ['wmQian', 'left', 'wuhao'],
      ['wmSun', 'left', 'wuhao'],
      ['wmZhao', 'answered', 'wuhao'],
    ]);
    expect(totals).toEqual({
      customers: 4,
      answered: 1,
      contacted: 0,
      late: 1,
      waiting: 0,
      missed: 0,
      left: 2,
      complained: 1,
    });
    expect(weeks[0]).toEqual({
      from: '2026-04-01',
      to: '2026-04-07',
      customers: 4,
      contacted: 2,
      answered: 1,
      left: 2,
      complained: 0,
    });
    expect(rows[0]).toMatchObject({ since: at('2026-04-01T18:00'), dueDay: '2026-04-09' });
  });

  test('is asked in parts', async () => {
    const { rows, total } = await reviewer.call('handovers.continuity', { id, states: ['left'], limit: 1 });
    expect([rows.length, total]).toEqual([1, 2]);
    const relaxed = await reviewer.call('handovers.continuity', { id, workingDays: 20 });
    expect(relaxed.totals).toMatchObject({ answered: 2, late: 0 });
  });
});

test('what is frozen for signing keeps its dismissals and promises, but for those that are kept', async () => {
  const everything = await world.signIn('everything');
  const account = async (name: string) =>
    (await everything.call('handovers.accounts')).find(({ userName }) => userName === name)?.userId ?? null;
  const opened = await everything.call('handovers.open', {
    leaver,
    lastDay: CalendarDay.parse('2026-03-29'),
    takers: [{ taker: 'wuhao', userId: await account('editor') }],
    supervisorUser: await account('approver'),
  });
  const target = { handoverId: opened.id };
  for (const name of ['customers', 'groups', 'liveCodes', 'tasks', 'materials', 'cases'] as const) {
    const filter = { class: name, outcomes: ['unexplained' as const] };
    const items = await everything.call('handovers.rowIds', { target, filter });
    if (items.length > 0)
      await everything.call('handovers.explain', {
        handoverId: opened.id,
        class: name,
        items,
        text: '已核实',
      });
  }
  const { revision } = await everything.call('handovers.get', { id: opened.id });
  await everything.call('handovers.freeze', { id: opened.id, revision });
  const [finding] = (await everything.call('handovers.timeline', { id: opened.id })).findings;
  const [promise] = (await everything.call('handovers.promises', { id: opened.id })).promises;
  const key = promise?.key ?? '';
  expect(
    await everything.code('handovers.dismissFinding', {
      id: opened.id,
      key: finding?.key ?? '',
      dismissed: true,
      reason: '误报',
    }),
  ).toBe('handover-frozen');
  const decide = { id: opened.id, key, note: '已办' };
  expect(await everything.code('handovers.decidePromise', { ...decide, decision: 'dismissed' })).toBe(
    'handover-frozen',
  );
  expect(await everything.code('handovers.decidePromise', { ...decide, decision: 'kept' })).toBe('ok');
});

test('is the same whatever the order of imports', async () => {
  const answers = [];
  for (const order of [archive, archive.toReversed()]) {
    const other = await startTestWorld({ clock: testClock(at('2026-04-20T10:00')) });
    const everything = await other.signIn('everything');
    // In two files, so that what came first in time comes last in the archive.
    const half = Math.floor(order.length / 2);
    await importFiles(other, everything, { 'a.jsonl': jsonLines(order.slice(0, half)) });
    await importFiles(other, everything, { 'b.jsonl': jsonLines(order.slice(half)) });
    const opened = await everything.call('handovers.open', {
      leaver,
      lastDay: CalendarDay.parse('2026-03-31'),
    });
    const { findings, messages, risk } = await everything.call('handovers.timeline', { id: opened.id });
    const { promises } = await everything.call('handovers.promises', { id: opened.id });
    const msgids = findings.map(({ evidence }) =>
      evidence.map((piece) => (piece.type === 'message' ? [piece.msgid, piece.excerpt] : [])),
    );
    answers.push({
      messages,
      risk,
      findings: findings.map(({ key, score, values }) => ({ key, score, values })),
      msgids,
      promises: promises.map(({ msgid, due, standing, followedAt }) => ({
        msgid,
        due,
        standing,
        followedAt,
      })),
    });
    await other.close();
  }
  expect(answers[0]?.findings.length).toBeGreaterThan(4);
  expect(answers[1]).toEqual(answers[0]);
});
