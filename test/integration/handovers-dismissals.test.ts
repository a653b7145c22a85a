import { readXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { z } from 'zod';

import { CalendarDay, type HandoverId, type UserId } from '../../src/core/contract/ids.ts';
import type { ProcedureOutput } from '../../src/core/contract/index.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { databaseFileName } from '../../src/core/platform/workspace.ts';
import { day, dayFact, fact, seedFacts } from '../support/feeds.ts';
import { addPerson } from '../support/reviews.ts';
import { type TestClient, type TestWorld, startTestWorld, testClock } from '../support/workspace.ts';

// Findings of procedure that somebody says nothing is left to do about. Chen leaves; a transfer is late, and two customers are with Lu,
// who is no taker.

type Person = TestClient & { readonly id: UserId };

const late = 'transfer-late';
const held = 'held-by-other:luyao';
const reason = '已电话催办，客户次日确认';

let world: TestWorld;
let everything: TestClient;
let manager: TestClient;
let leaver: Person;
let taker: Person;
let supervisor: Person;
let auditor: TestClient;

beforeAll(async () => {
  world = await startTestWorld({ clock: testClock(day('2026-04-20')) });
  everything = await world.signIn('everything');
  manager = await world.signIn('approver');
  auditor = await world.signIn('auditor');
  leaver = await addPerson(world, everything, 'chenlin', ['reviewer']);
  taker = await addPerson(world, everything, 'sumei', ['reviewer']);
  supervisor = await addPerson(world, everything, 'wangjian', ['reviewer']);
});

afterAll(() => world.close());

let counter = 0;

/** An opened handover whose sheet has both findings. */
async function opened(): Promise<HandoverId> {
  counter += 1;
  const employee = `chenlin-${counter}`;
  const item = (name: string) => `${name}-${counter}`;
  const connection = openDatabase(join(world.workspace, databaseFileName));
  seedFacts(connection, [
    dayFact('list', '2026-03-20', { employee }),
    ...['late', 'held', 'heldToo'].map((name) =>
      dayFact('listed', '2026-03-20', { employee, item: item(name) }),
    ),
    fact('transfer-start', {
      employee,
      item: item('late'),
      taker: 'sumei',
      code: '0',
      at: day('2026-04-01'),
    }),
    ...['held', 'heldToo'].map((name) =>
      dayFact('listed', '2026-04-05', { employee: 'luyao', item: item(name) }),
    ),
  ]);
  await connection.close();
  const { id } = await manager.call('handovers.open', {
    leaver: employee,
    leaverUser: leaver.id,
    takers: [{ taker: 'sumei', userId: taker.id }],
    supervisorUser: supervisor.id,
    lastDay: CalendarDay.parse('2026-03-31'),
  });
  return id;
}

const sheetOf = (id: HandoverId, client: TestClient = auditor) =>
  client.call('handovers.sheet', { target: { handoverId: id } });

const dismissals = ({ findings }: ProcedureOutput<'handovers.sheet'>) =>
  Object.fromEntries(findings.map(({ key, dismissed }) => [key, dismissed?.reason ?? null]));

const dismiss = (id: HandoverId, client: TestClient = manager, key = late) =>
  client.call('handovers.dismissFinding', { id, key, dismissed: true, reason });

/** Why it was refused; `ok` where it was not. */
async function refusal(client: TestClient, input: unknown) {
  const answer = await client.try('handovers.dismissFinding', input);
  return answer.ok ? 'ok' : (answer.error.details['reason'] ?? answer.error.code);
}

const Reported = z.object({ findings: z.array(z.object({ kind: z.string() })) });

async function reported(id: HandoverId) {
  const { json } = await manager.call('handovers.report', { target: { handoverId: id } });
  return Reported.parse(JSON.parse(json)).findings.map(({ kind }) => kind);
}

describe('a finding of procedure', () => {
  test('is dismissed with a reason, and taken up again', async () => {
    const id = await opened();
    const before = await sheetOf(id);
    expect(dismissals(before)).toEqual({ [late]: null, [held]: null });
    const { revision } = await manager.call('handovers.get', { id });
    expect(await refusal(manager, { id, key: late, dismissed: true, reason: ' ' })).toBe('bad-input');

    const { finding } = await dismiss(id);
    expect(finding).toMatchObject({ key: late, kind: late, dismissed: { reason, by: { name: 'approver' } } });
    const after = await sheetOf(id);
    expect(dismissals(after)).toEqual({ [late]: reason, [held]: null });
    // A finding is none of the rows: their numbers stand, and so does whatever else the sheet says.
    expect({ ...after, findings: before.findings }).toEqual(before);
    expect(await reported(id)).toEqual(['held-by-other']);

    await manager.call('handovers.dismissFinding', { id, key: late, dismissed: false });
    expect(await sheetOf(id)).toEqual(before);
    expect(await reported(id)).toEqual(['held-by-other', late]);
    expect((await manager.call('handovers.get', { id })).revision).toBe(revision + 2);

    const { events } = await everything.call('audit.list', {
      filter: { action: 'handovers.dismissFinding' },
    });
    expect(events.slice(0, 2)).toMatchObject([
      { userName: 'approver', recordId: id, details: { kind: late, dismissed: false } },
      { userName: 'approver', recordId: id, details: { kind: late, dismissed: true } },
    ]);
  });

  test('is told apart from others of its kind, and from what no sheet has', async () => {
    const id = await opened();
    await dismiss(id, manager, held);
    expect(dismissals(await sheetOf(id))).toEqual({ [late]: null, [held]: reason });
    // The same finding of another handover is another matter.
    expect(dismissals(await sheetOf(await opened()))).toEqual({ [late]: null, [held]: null });
    for (const key of ['held-by-other:nobody', 'nothing', 'diversion:wmNobody'])
      expect(await refusal(manager, { id, key, dismissed: true, reason }), key).toBe('not-found');
  });

  test('is decided by whoever manages handovers and is neither the leaver nor a taker', async () => {
    const id = await opened();
    const input = { id, key: late, dismissed: true, reason };
    for (const [client, expected] of [
      [auditor, 'forbidden'],
      [await world.signIn('editor'), 'forbidden'],
      [leaver, 'own-handover'],
      [taker, 'own-handover'],
    ] as const)
      expect(await refusal(client, input)).toBe(expected);
    expect(dismissals(await sheetOf(id))).toEqual({ [late]: null, [held]: null });
    expect(await refusal(supervisor, input)).toBe('ok');
  });

  test('stays as it was frozen, with who dismissed it, when and why', async () => {
    const id = await opened();
    await dismiss(id);
    const target = { handoverId: id };
    const filter = { class: 'customers' as const, outcomes: ['unexplained' as const] };
    const items = await manager.call('handovers.rowIds', { target, filter });
    await manager.call('handovers.explain', {
      handoverId: id,
      class: 'customers',
      items,
      text: '支行逐户核实',
    });
    const { revision } = await manager.call('handovers.get', { id });
    const { current } = await manager.call('handovers.freeze', { id, revision });
    if (current === null) throw new Error('nothing was frozen');
    expect(await refusal(manager, { id, key: late, dismissed: false })).toBe('handover-frozen');
    expect(await refusal(manager, { id, key: held, dismissed: true, reason })).toBe('handover-frozen');

    const { findings } = await manager.call('handovers.snapshot', { id: current.id });
    const { dismissed } = (await sheetOf(id)).findings.find(({ key }) => key === late) ?? {};
    const words = { by: 'approver', at: dismissed?.at, reason };
    expect(findings.map((finding) => [finding.key, finding.dismissed])).toEqual([
      [held, null],
      [late, words],
    ]);
    const { base64 } = await manager.call('handovers.frozenFile', { snapshotId: current.id });
    expect(JSON.parse(Buffer.from(base64, 'base64').toString('utf8'))).toMatchObject({
      findings: [
        { key: held, dismissed: null },
        { key: late, dismissed: words },
      ],
    });
    const workbook = await manager.call('handovers.export', {
      target,
      kind: 'register',
      format: 'xlsx',
      snapshotId: current.id,
    });
    const { sheets } = await readXlsx(Buffer.from(workbook.base64, 'base64'));
    const rows = sheets.find(({ name }) => name === '发现事项')?.rows.slice(1) ?? [];
    expect(rows.map((row) => [row[1], row[4] ?? ''])).toEqual([
      ['在非接交人名下', ''],
      [
        '接替超时',
        expect.stringMatching(/^已排除（approver，2026-04-\d\d \d\d:\d\d）：已电话催办，客户次日确认$/),
      ],
    ]);
  });
});
