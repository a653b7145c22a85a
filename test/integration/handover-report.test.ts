import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { createApp } from '../../src/core/app.ts';
import { CalendarDay } from '../../src/core/contract/ids.ts';
import { handoverClasses, outcomes } from '../../src/core/features/handovers/model.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { runCli } from '../support/cli.ts';
import {
  contactEvent,
  csv,
  customerIds,
  customerList,
  eventsXml,
  groupDetail,
  groupEvent,
  groupList,
  layouts,
  transferCustomer,
  transferGroup,
  transferResult,
  unassignedList,
} from '../support/feeds.ts';
import { moment } from '../support/handover-facts.ts';
import { createClient, resources } from '../support/workspace.ts';

// The whole way of a departure: files as WeCom gives them, imported by the command line, the report, and the same numbers on screen.

const admin = { COUNTERSIGN_USER: 'chen', COUNTERSIGN_PASSWORD: 'qiuye-2026-luodi' };
const [leaver, taker] = ['lina', 'wuhao'];
const of = { from: leaver, to: taker };

const files: Readonly<Record<string, string>> = {
  'customers-2026-03-01.json': layouts.pretty([
    customerList(leaver, [
      { id: 'wmTaken', name: '陈一', addedAt: moment('2025-05-01') },
      { id: 'wmOwnList', name: '陈二', addedAt: moment('2025-05-01') },
      { id: 'wmWaiting', name: '陈三', addedAt: moment('2025-05-01') },
      { id: 'wmRefused', name: '陈四', addedAt: moment('2025-05-01') },
    ]),
    customerList(leaver, [
      { id: 'wmLimit', name: '陈五', addedAt: moment('2025-05-01') },
      { id: 'wmLeft', name: '陈六', addedAt: moment('2025-05-01') },
      { id: 'wmDeleted', name: '陈七', addedAt: moment('2025-05-01') },
      { id: 'wmInvalid', name: '陈八', addedAt: moment('2025-05-01') },
      { id: 'wmVanished', name: '陈九', addedAt: moment('2025-05-01') },
      { id: 'wmConflict', name: '陈十', addedAt: moment('2025-05-01') },
    ]),
  ]),
  'ids-2026-03-20.json': layouts.lines([
    customerIds(leaver, [
      'wmTaken',
      'wmOwnList',
      'wmWaiting',
      'wmRefused',
      'wmLimit',
      'wmInvalid',
      'wmConflict',
    ]),
  ]),
  'unassigned.json': layouts.array([
    unassignedList(
      leaver,
      ['wmTaken', 'wmOwnList', 'wmWaiting', 'wmRefused', 'wmLimit', 'wmForgotten'],
      moment('2026-03-31 18:00'),
    ),
  ]),
  'events.xml': eventsXml([
    contactEvent('del_follow_user', { userid: leaver, customer: 'wmLeft', at: moment('2026-03-10 20:00') }),
    contactEvent('del_external_contact', {
      userid: leaver,
      customer: 'wmDeleted',
      at: moment('2026-03-12 21:30'),
    }),
    contactEvent(
      'transfer_fail',
      { userid: taker, customer: 'wmRefused', at: moment('2026-04-02 10:00') },
      { FailReason: 'customer_refused' },
    ),
    groupEvent('dismiss', { group: 'wrDissolved', at: moment('2026-03-25 22:00') }),
  ]),
  'transfer-2026-04-01.json': layouts.pretty([
    transferCustomer(of, [
      { id: 'wmTaken' },
      { id: 'wmOwnList' },
      { id: 'wmWaiting' },
      { id: 'wmRefused' },
      { id: 'wmLimit' },
      { id: 'wmConflict' },
      { id: 'wmInvalid', errcode: 40096 },
      { id: 'wmVanished', errcode: 40129 },
    ]),
  ]),
  'result-2026-04-03.json': layouts.lines([
    transferResult(of, [
      { id: 'wmTaken', status: 1, takenAt: moment('2026-04-02 09:00') },
      { id: 'wmWaiting', status: 2 },
      { id: 'wmRefused', status: 3 },
      { id: 'wmLimit', status: 4 },
      { id: 'wmConflict', status: 1, takenAt: moment('2026-04-02 09:00') },
    ]),
  ]),
  'result-2026-04-06.json': layouts.lines([transferResult(of, [{ id: 'wmConflict', status: 3 }])]),
  'taker-2026-04-08.json': layouts.pretty([
    customerList(taker, [
      { id: 'wmTaken', name: '陈一', addedAt: moment('2026-04-02 09:00') },
      { id: 'wmOwnList', name: '陈二', addedAt: moment('2026-04-02 09:00') },
      { id: 'wmConflict', name: '陈十', addedAt: moment('2026-04-02 09:00') },
      { id: 'wmOwn', name: '周一', addedAt: moment('2024-04-02 09:00') },
    ]),
  ]),
  'groups-2026-03-01.json': layouts.lines([
    groupDetail({ id: 'wrPassed', name: '理财一群', owner: leaver }),
    groupDetail({ id: 'wrDissolved', name: '理财二群', owner: leaver }),
    groupDetail({ id: 'wrUnseen', name: '理财三群', owner: leaver }),
  ]),
  'groups-2026-04-05.json': layouts.lines([
    groupDetail({ id: 'wrPassed', name: '理财一群', owner: taker }),
    groupList([{ id: 'wrUnseen', status: 1 }], { status_filter: 1 }),
  ]),
  'group-transfer-2026-04-04.json': layouts.lines([transferGroup(of, ['wrPassed'])]),
  'live-codes-2026-03-01.csv': csv(
    ['活码ID', '名称', '使用成员', '状态'],
    [
      ['q1', '网点活码', leaver, '启用'],
      ['q2', '沙龙活码', leaver, '启用'],
    ],
  ),
  'live-codes-2026-04-05.csv': csv(
    ['活码ID', '名称', '使用成员', '状态'],
    [
      ['q1', '网点活码', taker, '启用'],
      ['q2', '沙龙活码', leaver, '启用'],
    ],
  ),
  'sop-tasks-2026-03-01.csv': csv(
    ['任务ID', '任务名称', '负责人', '状态'],
    [
      ['t1', '到期提醒', leaver, '未完成'],
      ['t2', '生日问候', leaver, '未完成'],
    ],
  ),
  'sop-tasks-2026-04-05.csv': csv(
    ['任务ID', '任务名称', '负责人', '状态'],
    [
      ['t1', '到期提醒', taker, '未完成'],
      ['t2', '生日问候', leaver, '已完成'],
    ],
  ),
};

const Place = z.object({ at: z.string() });
const Report = z.strictObject({
  leaver: z.string(),
  lastDay: z.iso.date().nullable(),
  classes: z.record(
    z.enum(handoverClasses),
    z.strictObject({
      opening: z.number(),
      takenOver: z.number(),
      waiting: z.number(),
      refused: z.number(),
      takerAtLimit: z.number(),
      deletedByCustomer: z.number(),
      deletedByLeaver: z.number(),
      invalid: z.number(),
      unexplained: z.number(),
      conflicts: z.number(),
      rows: z.array(
        z.strictObject({
          id: z.string(),
          outcome: z.enum(outcomes),
          taker: z.string().nullable(),
          at: z.iso.datetime({ offset: true }).nullable(),
          sources: z.array(Place.loose()),
        }),
      ),
    }),
  ),
  findings: z.array(
    z.strictObject({
      kind: z.string(),
      at: z.iso.datetime({ offset: true }).nullable(),
      message: z.string().min(1),
      evidence: z.array(Place.loose()),
    }),
  ),
});

let folder: string;
let workspace: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-handover-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  workspace = await importInto('workspace', Object.keys(files));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function importInto(name: string, order: readonly string[]): Promise<string> {
  const directory = join(folder, name);
  const made = await runCli(['workspace', 'create', directory, '--admin', 'chen', '--title', '测试'], admin);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const paths = order.map((file) => join(folder, file));
  const imported = await runCli(['import', ...paths, '--workspace', directory], admin);
  expect(imported).toMatchObject({ code: 0, stderr: '' });
  expect(imported.stdout).not.toMatch(/quarantined [1-9]/);
  return directory;
}

async function report(directory: string) {
  const result = await runCli(
    ['handover', 'report', '--workspace', directory, '--leaver', leaver, '--format', 'json'],
    admin,
  );
  expect(result).toMatchObject({ code: 0, stderr: '' });
  return Report.parse(JSON.parse(result.stdout));
}

describe('the report of a departure', () => {
  test('accounts for every customer, group, live code and task', async () => {
    const { classes, lastDay, findings } = await report(workspace);
    expect(lastDay).toBe('2026-03-31');
    const outcomeOf = (name: (typeof handoverClasses)[number]) =>
      Object.fromEntries(classes[name]?.rows.map(({ id, outcome }) => [id, outcome]) ?? []);
    expect(outcomeOf('customers')).toEqual({
      wmTaken: 'takenOver',
      wmOwnList: 'takenOver',
      wmWaiting: 'waiting',
      wmRefused: 'refused',
      wmLimit: 'takerAtLimit',
      wmLeft: 'deletedByCustomer',
      wmDeleted: 'deletedByLeaver',
      wmInvalid: 'invalid',
      wmVanished: 'unexplained',
      wmConflict: 'unexplained',
      wmForgotten: 'unexplained',
    });
    expect(outcomeOf('groups')).toEqual({
      wrPassed: 'takenOver',
      wrDissolved: 'deletedByLeaver',
      wrUnseen: 'unexplained',
    });
    expect(outcomeOf('liveCodes')).toEqual({ q1: 'takenOver', q2: 'unexplained' });
    expect(outcomeOf('tasks')).toEqual({ t1: 'takenOver', t2: 'invalid' });
    for (const name of handoverClasses) {
      const figures = classes[name];
      if (figures === undefined) throw new Error(`no ${name}`);
      expect(figures.opening).toBe(figures.rows.length);
      expect(figures.opening).toBe(outcomes.reduce((sum, outcome) => sum + figures[outcome], 0));
      for (const outcome of outcomes)
        expect(figures[outcome]).toBe(figures.rows.filter((row) => row.outcome === outcome).length);
    }
    expect(classes.customers?.conflicts).toBe(1);
    const taken = classes.customers?.rows.find(({ id }) => id === 'wmTaken');
    expect(taken).toMatchObject({ taker, at: '2026-04-02T09:00:00+08:00' });
    expect(taken?.sources).toContainEqual(
      expect.objectContaining({ feed: 'transfer-result', file: 'result-2026-04-03.json', line: 1 }),
    );
    expect(findings.map(({ kind }) => kind)).toContain('transfer-late');
  });

  test('is the same whatever order the files came in, and how often', async () => {
    const reversed = Object.keys(files).toReversed();
    const other = await importInto('reversed', [...reversed, ...reversed.slice(0, 3)]);
    expect(await report(other)).toEqual(await report(workspace));
  });

  test('has the numbers of the screen, also when the handover is opened', async () => {
    const app = await createApp({
      home: workspace,
      workspace,
      mode: 'exclusive',
      resources,
      version: '',
      log: createLog('silent'),
    });
    try {
      const client = createClient(app);
      await client.call('users.signIn', { userName: 'chen', password: admin.COUNTERSIGN_PASSWORD });
      const before = await client.call('handovers.sheet', { target: { leaver } });
      expect(await client.call('handovers.suggestions')).toMatchObject([
        {
          leaver: { userid: leaver },
          lastDay: '2026-03-31',
          reasons: [
            { kind: 'unassigned', count: 6 },
            { kind: 'ownerless-groups', count: 1 },
          ],
        },
      ]);
      const { id } = await client.call('handovers.open', {
        leaver,
        lastDay: CalendarDay.parse('2026-03-31'),
        takers: [{ taker }],
      });
      expect(await client.call('handovers.suggestions')).toEqual([]);
      const sheet = await client.call('handovers.sheet', { target: { handoverId: id } });
      expect(sheet.classes).toEqual(before.classes);
      // No chat is imported here: nobody can say whether the taker wrote to the customers.
      const { unseenTakers } = await client.call('handovers.continuity', { id });
      expect(unseenTakers.map((one) => one.id)).toEqual([taker]);
      const { rows, total } = await client.call('handovers.rows', {
        target: { handoverId: id },
        filter: { class: 'customers', outcomes: ['unexplained'] },
      });
      expect(total).toBe(3);
      expect(rows.map((row) => [row.id, row.name, row.why, row.conflict])).toEqual([
        ['wmConflict', '陈十', 'conflict-statuses', true],
        ['wmForgotten', '', 'never-started', false],
        ['wmVanished', '陈九', 'errcode', false],
      ]);
      const found = await client.call('handovers.rowIds', {
        target: { handoverId: id },
        filter: { class: 'customers', query: '陈三' },
      });
      expect(found).toEqual(['wmWaiting']);

      await client.call('handovers.explain', {
        handoverId: id,
        class: 'customers',
        items: ['wmForgotten', 'wmVanished'],
        text: '客户已销户',
      });
      const explained = await client.call('handovers.sheet', { target: { handoverId: id } });
      expect(explained.classes.customers).toEqual({ ...sheet.classes.customers, explained: 2 });
      const open = await client.call('handovers.rows', {
        target: { handoverId: id },
        filter: { class: 'customers', unexplainedOnly: true },
      });
      expect(open.rows.map((row) => row.id)).toEqual(['wmConflict']);
      await client.call('handovers.explain', {
        handoverId: id,
        class: 'customers',
        items: ['wmVanished'],
        text: '',
      });
      await client.call('handovers.dismissFinding', {
        id,
        key: 'transfer-late',
        dismissed: true,
        reason: '已催办',
      });
      const [figures] = await client.call('handovers.figures', { ids: [id] });
      expect(figures).toMatchObject({ opening: 18, unexplained: 5, explained: 1, conflicts: 1, late: 1 });
      expect(
        await client.code('handovers.explain', {
          handoverId: id,
          class: 'customers',
          items: ['wmNobody'],
          text: 'x',
        }),
      ).toBe('bad-input');
    } finally {
      await app.close();
    }
    const { classes, findings } = await report(workspace);
    expect(classes.customers).toMatchObject({ opening: 11, takenOver: 2, unexplained: 3, conflicts: 1 });
    // A finding that was dismissed is none any more, on the command line neither; the late row is one still.
    expect(findings.map(({ kind }) => kind)).not.toContain('transfer-late');
  });

  test('is a PDF too, and refuses whom nothing names', async () => {
    const out = join(folder, 'register.pdf');
    const printed = await runCli(
      ['handover', 'report', '--workspace', workspace, '--leaver', leaver, '--format', 'pdf', '--out', out],
      admin,
    );
    expect(printed).toMatchObject({ code: 0, stderr: '', stdout: '' });
    expect((await readFile(out)).subarray(0, 5).toString()).toBe('%PDF-');
    const unknown = await runCli(
      ['handover', 'report', '--workspace', workspace, '--leaver', 'nobody'],
      admin,
    );
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('nobody');
  });
});
