import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { CalendarDay, type HandoverId, type UserId } from '../../src/core/contract/ids.ts';
import type { ProcedureName } from '../../src/core/contract/index.ts';
import { checkWorkspace } from '../../src/core/features/workspaces/index.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { dayFact, seedFacts } from '../support/feeds.ts';
import { contentOf, createMaterial } from '../support/materials.ts';
import { addPerson, ownPassword } from '../support/reviews.ts';
import { type TestClient, type TestWorld, startTestWorld, testClock } from '../support/workspace.ts';

type Person = TestClient & { readonly id: UserId };

const clock = testClock();
let world: TestWorld;
let admin: TestClient;
/** Manages handovers and is no party to any. */
let manager: TestClient;
let leaver: Person;
let taker: Person;
let supervisor: Person;
let stranger: Person;

beforeAll(async () => {
  world = await startTestWorld({ clock });
  admin = await world.signIn('everything');
  manager = await world.signIn('approver');
  leaver = await addPerson(world, admin, 'chenlin', ['reviewer']);
  taker = await addPerson(world, admin, 'sumei', ['reviewer']);
  supervisor = await addPerson(world, admin, 'wangjian', ['editor']);
  stranger = await addPerson(world, admin, 'luren', ['editor']);
});

afterAll(() => world.close());

let counter = 0;

/** An opened handover with all its parties. */
async function opened() {
  counter += 1;
  return manager.call('handovers.open', {
    leaver: `chenlin-${counter}`,
    leaverUser: leaver.id,
    takers: [{ taker: 'sumei', userId: taker.id }],
    supervisorUser: supervisor.id,
    lastDay: CalendarDay.parse('2026-03-31'),
    reason: '个人原因离职',
  });
}

async function frozen() {
  const { id, revision, leaver: employee } = await opened();
  const signing = await manager.call('handovers.freeze', { id, revision });
  if (signing.current === null) throw new Error('nothing was frozen');
  return { id, userid: employee.userid, snapshotId: signing.current.id, hash: signing.current.hash };
}

type Frozen = Awaited<ReturnType<typeof frozen>>;

const signature = ({ snapshotId, hash }: Frozen, role: 'leaver' | 'taker' | 'supervisor', party: string) => ({
  snapshotId,
  hash,
  role,
  party,
  reservations: '',
  password: ownPassword,
});

/** Why it was refused; the error's code where that was no refusal of signing, `ok` where it was none. */
async function refusal(client: TestClient, name: ProcedureName, input: unknown) {
  const answer = await client.try(name, input);
  if (answer.ok) return 'ok';
  return answer.error.code === 'handover-refused' ? answer.error.details['reason'] : answer.error.code;
}

async function signAll(sheet: Frozen) {
  await leaver.call('handovers.sign', signature(sheet, 'leaver', sheet.userid));
  await taker.call('handovers.sign', {
    ...signature(sheet, 'taker', 'sumei'),
    reservations: '两位客户尚未见面，一周内补访。',
  });
  return supervisor.call('handovers.sign', signature(sheet, 'supervisor', ''));
}

describe('freezing a sheet', () => {
  test('keeps exactly what is signed, under its own hash', async () => {
    const { id, snapshotId, hash } = await frozen();
    const file = join(world.workspace, 'blobs', hash.slice(0, 2), hash);
    const bytes = await readFile(file);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
    expect(JSON.parse(bytes.toString('utf8'))).toMatchObject({
      form: 'countersign-handover-1',
      handoverId: id,
      parties: { supervisor: 'wangjian', reason: '个人原因离职', lastDay: '2026-03-31' },
    });
    const detail = await manager.call('handovers.snapshot', { id: snapshotId });
    expect(detail).toMatchObject({ handoverId: id, number: 1, hash, intact: true, reopened: null });
    expect(detail.classes.customers.opening).toBe(0);
    expect(await manager.call('handovers.snapshotRows', { id: snapshotId, class: 'customers' })).toEqual({
      rows: [],
      total: 0,
    });
  });

  test('is refused to the parties that hand over, and over an older state', async () => {
    const { id, revision } = await opened();
    expect(await refusal(leaver, 'handovers.freeze', { id, revision })).toBe('own-handover');
    expect(await refusal(taker, 'handovers.freeze', { id, revision })).toBe('own-handover');
    expect(await refusal(supervisor, 'handovers.freeze', { id, revision })).toBe('forbidden');
    expect(await refusal(manager, 'handovers.freeze', { id, revision: revision - 1 })).toBe('conflict');
    expect(await refusal(manager, 'handovers.freeze', { id, revision })).toBe('ok');
    expect(await refusal(manager, 'handovers.freeze', { id, revision: revision + 1 })).toBe('not-open');
    const { leaver: employee, ...change } = await manager.call('handovers.get', { id });
    expect(employee.userid).not.toBe('');
    expect(
      await refusal(manager, 'handovers.update', {
        id,
        revision: change.revision,
        change: { takers: [], lastDay: '2026-03-31' },
      }),
    ).toBe('handover-frozen');
  });

  test('is refused while a party’s account could not sign', async () => {
    const auditor = (await manager.call('handovers.accounts')).find(({ userName }) => userName === 'auditor');
    const { id, revision, leaver: employee, ...handover } = await opened();
    const change = {
      leaverUser: leaver.id,
      takers: handover.takers.map(({ employee: { userid }, user }) => ({
        taker: userid,
        userId: user?.userId ?? null,
      })),
      supervisorUser: auditor?.userId ?? null,
      lastDay: handover.lastDay,
      reason: employee.name,
    };
    const updated = await manager.call('handovers.update', { id, revision, change });
    expect((await manager.call('handovers.signing', { id })).may.freeze).toBe('account-cannot-sign');
    expect(await refusal(manager, 'handovers.freeze', { id, revision: updated.revision })).toBe(
      'account-cannot-sign',
    );
  });

  test('waits for an explanation of every unexplained row, and keeps what was written', async () => {
    const handover = await opened();
    const { id } = handover;
    const leaving = handover.leaver.userid;
    const customers = ['wmOne', 'wmTwo', 'wmThree'].map((customer) => `${customer}-${leaving}`);
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    seedFacts(connection, [
      dayFact('list', '2026-03-20', { employee: leaving }),
      ...customers.map((item) => dayFact('listed', '2026-03-20', { employee: leaving, item })),
      dayFact('transfer-start', '2026-04-01', {
        employee: leaving,
        item: customers[0] ?? '',
        taker: 'sumei',
        code: '0',
      }),
    ]);
    await connection.close();
    const freeze = { id, revision: handover.revision };
    const refused = await manager.try('handovers.freeze', freeze);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'handover-refused', details: { reason: 'unexplained-left', count: 2 } },
    });
    const explain = { handoverId: id, class: 'customers' as const, text: '客户已销户，柜面核对过资料。' };
    await manager.call('handovers.explain', { ...explain, items: customers.slice(1, 2) });
    expect(await refusal(manager, 'handovers.freeze', freeze)).toBe('unexplained-left');
    await manager.call('handovers.explain', { ...explain, items: customers.slice(2) });
    // Whoever freezes has to have seen what was written last: else one that is taken back meanwhile would still be frozen.
    expect(await refusal(manager, 'handovers.freeze', freeze)).toBe('conflict');
    const { revision } = await manager.call('handovers.get', { id });
    const { current } = await manager.call('handovers.freeze', { id, revision });
    expect(current).toMatchObject({ unexplained: 2 });
    // An explanation that is taken back later doesn't change what was frozen, nor can it be: the handover is frozen.
    expect(
      await refusal(manager, 'handovers.explain', { ...explain, items: customers.slice(1), text: '' }),
    ).toBe('handover-frozen');
    if (current === null) throw new Error('nothing was frozen');
    const { rows, total } = await manager.call('handovers.snapshotRows', {
      id: current.id,
      class: 'customers',
      outcomes: ['unexplained'],
    });
    expect(total).toBe(2);
    expect(rows.map(({ explanation }) => explanation?.text)).toEqual([explain.text, explain.text]);
    expect(rows[0]?.sources[0]).toMatchObject({ type: 'fact', feed: 'customers', says: 'listed' });
  });

  test('answers others while it freezes 20,000 customers', async () => {
    const handover = await opened();
    const { id } = handover;
    const leaving = handover.leaver.userid;
    const ids = Array.from({ length: 20_000 }, (_, index) => `wm-${leaving}-${index}`);
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    seedFacts(connection, [
      dayFact('list', '2026-03-20', { employee: leaving }),
      ...ids.map((item) => dayFact('listed', '2026-03-20', { employee: leaving, item })),
      ...ids.map((item) =>
        dayFact('transfer-start', '2026-04-01', { employee: leaving, item, taker: 'sumei', code: '0' }),
      ),
    ]);
    await connection.close();
    const freezing = manager.call('handovers.freeze', { id, revision: handover.revision });
    let answered = 0;
    let done = false;
    void freezing.finally(() => {
      done = true;
    });
    while (!done) {
      await manager.call('handovers.get', { id });
      answered += 1;
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    const { current } = await freezing;
    expect(current?.unexplained).toBe(0);
    expect(answered).toBeGreaterThan(10);
    const file = await manager.call('handovers.export', {
      target: { handoverId: id },
      snapshotId: current?.id ?? null,
      kind: 'register',
      format: 'xlsx',
    });
    const { sheets } = await readXlsx(Buffer.from(file.base64, 'base64'));
    expect(sheets[1]?.rows).toHaveLength(20_001);
  }, 60_000);
});

describe('signing', () => {
  test('by all three parties makes the handover signed', async () => {
    const sheet = await frozen();
    const signing = await signAll(sheet);
    expect(signing).toMatchObject({ state: 'signed', may: { certificate: null } });
    expect(signing.seats.map(({ role, signature: signed }) => [role, signed?.by.name])).toEqual([
      ['leaver', 'chenlin'],
      ['taker', 'sumei'],
      ['supervisor', 'wangjian'],
    ]);
    expect(signing.current?.signatures.every(({ hash }) => hash === sheet.hash)).toBe(true);
    expect((await manager.call('handovers.get', { id: sheet.id })).signedAt).toBe(clock.now());
  });

  test('takes the password again, and leaves nothing without it', async () => {
    const sheet = await frozen();
    const wrong = { ...signature(sheet, 'leaver', sheet.userid), password: 'Cuo-de-mima-77' };
    expect(await refusal(leaver, 'handovers.sign', wrong)).toBe('wrong-credentials');
    const { events } = await admin.call('audit.list', {});
    expect(events[0]).toMatchObject({ action: 'users.signFailed' });
    expect((await manager.call('handovers.signing', { id: sheet.id })).current?.signatures).toEqual([]);
  });

  test('is for one’s own place, over the hash that stands', async () => {
    const sheet = await frozen();
    expect(await refusal(leaver, 'handovers.sign', signature(sheet, 'taker', 'sumei'))).toBe(
      'leaver-signs-for-leaver',
    );
    expect(await refusal(leaver, 'handovers.sign', signature(sheet, 'supervisor', ''))).toBe(
      'leaver-signs-for-leaver',
    );
    expect(await refusal(taker, 'handovers.sign', signature(sheet, 'supervisor', ''))).toBe('not-party');
    expect(await refusal(supervisor, 'handovers.sign', signature(sheet, 'taker', 'sumei'))).toBe('not-party');
    expect(await refusal(taker, 'handovers.sign', signature(sheet, 'taker', 'somebody'))).toBe('not-party');
    // Who is no party need not learn that somebody leaves.
    expect(await refusal(stranger, 'handovers.sign', signature(sheet, 'taker', 'sumei'))).toBe('not-found');
    const other = { ...signature(sheet, 'taker', 'sumei'), hash: 'b'.repeat(64) };
    expect(await refusal(taker, 'handovers.sign', other)).toBe('stale');
    expect(await refusal(taker, 'handovers.sign', signature(sheet, 'taker', 'sumei'))).toBe('ok');
    expect(await refusal(taker, 'handovers.sign', signature(sheet, 'taker', 'sumei'))).toBe('signed-already');
  });

  test('goes on without the leaver where the supervisor says why', async () => {
    const sheet = await frozen();
    const absence = {
      snapshotId: sheet.snapshotId,
      hash: sheet.hash,
      reason: '已离行，三次联系未到场。',
      password: ownPassword,
    };
    expect(await refusal(taker, 'handovers.recordAbsence', absence)).toBe('not-supervisor');
    expect(await refusal(leaver, 'handovers.recordAbsence', absence)).toBe('not-supervisor');
    const recorded = await supervisor.call('handovers.recordAbsence', absence);
    expect(recorded.seats[0]?.signature).toMatchObject({ absence: absence.reason, by: { name: 'wangjian' } });
    expect(await refusal(leaver, 'handovers.sign', signature(sheet, 'leaver', sheet.userid))).toBe(
      'absence-recorded',
    );
    await taker.call('handovers.sign', signature(sheet, 'taker', 'sumei'));
    const signed = await supervisor.call('handovers.sign', signature(sheet, 'supervisor', ''));
    expect(signed.state).toBe('signed');
  });

  test('begins anew after reopening; what was signed is kept', async () => {
    const sheet = await frozen();
    await signAll(sheet);
    const { id } = sheet;
    expect(await refusal(leaver, 'handovers.reopen', { id, reason: '有误' })).toBe('own-handover');
    const reopened = await manager.call('handovers.reopen', { id, reason: '补录一个群' });
    expect(reopened).toMatchObject({ state: 'open', current: null });
    expect(await refusal(manager, 'handovers.reopen', { id, reason: '补录一个群' })).toBe('not-frozen');
    expect(await refusal(taker, 'handovers.sign', signature(sheet, 'taker', 'sumei'))).toBe('reopened');
    clock.advance(60_000);
    const { revision } = await manager.call('handovers.get', { id });
    const again = await manager.call('handovers.freeze', { id, revision });
    expect(again.current).toMatchObject({ number: 2, signatures: [] });
    expect(again.current?.hash).not.toBe(sheet.hash);
    const [second, first] = await manager.call('handovers.snapshots', { id });
    expect([second?.number, second?.reopened]).toEqual([2, null]);
    expect(first?.signatures).toHaveLength(3);
    expect(first?.reopened).toMatchObject({ reason: '补录一个群', by: { name: 'approver' } });
  });

  test('says beforehand who may do what', async () => {
    const { id } = await frozen();
    const seen = async (client: TestClient) => {
      const { seats, may } = await client.call('handovers.signing', { id });
      return { signs: seats.filter(({ refusal: why }) => why === null).map(({ role }) => role), may };
    };
    expect((await seen(leaver)).signs).toEqual(['leaver']);
    expect((await seen(taker)).signs).toEqual(['taker']);
    expect((await seen(supervisor)).signs).toEqual(['supervisor']);
    const { signs, may } = await seen(manager);
    expect(signs).toEqual([]);
    expect(may).toMatchObject({
      freeze: 'not-open',
      recordAbsence: null,
      reopen: null,
      certificate: 'not-signed',
    });
  });
});

describe('what is printed', () => {
  async function exported(id: HandoverId, rest: Record<string, unknown>) {
    const file = await manager.call('handovers.export', {
      target: { handoverId: id },
      kind: 'register',
      ...rest,
    });
    return { ...file, bytes: Buffer.from(file.base64, 'base64') };
  }

  test('is a register in either language, and a draft while nothing is frozen', async () => {
    const sheet = await frozen();
    for (const language of ['zh-CN', 'en-US'] as const) {
      const { bytes, fileName } = await exported(sheet.id, { snapshotId: sheet.snapshotId, language });
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      expect(fileName).toMatch(/-2026-03-31-v1\.pdf$/);
    }
    const draft = await exported(sheet.id, { format: 'xlsx' });
    expect(draft.fileName).toMatch(/草稿\.xlsx$/);
    const { sheets } = await readXlsx(draft.bytes);
    expect(sheets[0]?.rows.flat()).toContain('草稿：按打印时的数据编制，尚未定版，不作为签署依据。');
  }, 60_000);

  test('and a certificate only when everybody has signed', async () => {
    const sheet = await frozen();
    const asked = {
      target: { handoverId: sheet.id },
      kind: 'certificate',
      snapshotId: sheet.snapshotId,
    } as const;
    expect(await refusal(manager, 'handovers.export', asked)).toBe('not-signed');
    expect(await refusal(manager, 'handovers.export', { ...asked, snapshotId: null })).toBe('not-signed');
    await signAll(sheet);
    const { bytes, fileName } = await exported(sheet.id, {
      kind: 'certificate',
      snapshotId: sheet.snapshotId,
    });
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(fileName).toMatch(/^离岗交接证明-/);
    // A certificate is a page to sign and stamp; there is no table of one.
    expect(await refusal(manager, 'handovers.export', { ...asked, format: 'xlsx' })).toBe('bad-input');
  }, 60_000);

  test('can be checked against the frozen file, whose hash is the one that was signed', async () => {
    const sheet = await frozen();
    const { base64, fileName } = await manager.call('handovers.frozenFile', { snapshotId: sheet.snapshotId });
    const bytes = Buffer.from(base64, 'base64');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sheet.hash);
    expect(JSON.parse(bytes.toString('utf8'))).toHaveProperty('classes.customers.rows');
    expect(fileName).toMatch(/^交接定版-.*-2026-03-31-v1\.json$/);
    const { events } = await admin.call('audit.list', { filter: { action: 'handovers.export' } });
    expect(events[0]).toMatchObject({ recordId: sheet.id, details: { kind: 'frozen', hash: sheet.hash } });
    expect(await refusal(leaver, 'handovers.frozenFile', { snapshotId: sheet.snapshotId })).toBe(
      'no-table-for-leaver',
    );
  });

  test('is on record, and no workbook of all customers for the leaver', async () => {
    const sheet = await frozen();
    const asked = {
      target: { handoverId: sheet.id },
      snapshotId: sheet.snapshotId,
      kind: 'register',
      language: 'en-US',
    } as const;
    expect(await refusal(leaver, 'handovers.export', { ...asked, format: 'xlsx' })).toBe(
      'no-table-for-leaver',
    );
    expect((await leaver.call('handovers.signing', { id: sheet.id })).may.table).toBe('no-table-for-leaver');
    await leaver.call('handovers.export', asked);
    await supervisor.call('handovers.export', { ...asked, format: 'xlsx' });
    const { events } = await admin.call('audit.list', { filter: { action: 'handovers.export' } });
    expect(events.slice(0, 2).map(({ userName, details }) => [userName, details['format']])).toEqual([
      ['wangjian', 'xlsx'],
      ['chenlin', 'pdf'],
    ]);
    expect(events[0]).toMatchObject({ recordId: sheet.id, details: { snapshot: 1, hash: sheet.hash } });
    // The report lists the same customers for other programs.
    const target = { handoverId: sheet.id };
    expect(await refusal(leaver, 'handovers.report', { target })).toBe('no-table-for-leaver');
    await supervisor.call('handovers.report', { target });
    const { events: after } = await admin.call('audit.list', { filter: { action: 'handovers.export' } });
    expect(after).toHaveLength(events.length + 1);
    expect(after[0]).toMatchObject({
      userName: 'wangjian',
      recordId: sheet.id,
      details: { kind: 'report', format: 'json', language: 'en-US' },
    });
  }, 60_000);

  test('is refused where the stored sheet was altered, and so are its rows and signatures', async () => {
    const sheet = await frozen();
    const file = join(world.workspace, 'blobs', sheet.hash.slice(0, 2), sheet.hash);
    const text = await readFile(file, 'utf8');
    const rows = { id: sheet.snapshotId, class: 'customers' } as const;
    expect(await manager.call('handovers.snapshot', { id: sheet.snapshotId })).toMatchObject({
      intact: true,
    });
    expect(await refusal(manager, 'handovers.snapshotRows', rows)).toBe('ok');
    await writeFile(file, text.replace('个人原因离职', '个人原因辞职'));
    expect(await manager.call('handovers.snapshot', { id: sheet.snapshotId })).toMatchObject({
      intact: false,
    });
    expect(
      await refusal(manager, 'handovers.export', {
        target: { handoverId: sheet.id },
        snapshotId: sheet.snapshotId,
        kind: 'register',
      }),
    ).toBe('workspace-damaged');
    expect(await refusal(manager, 'handovers.snapshotRows', rows)).toBe('workspace-damaged');
    // Nobody signs what they can't have been shown.
    expect(await refusal(taker, 'handovers.sign', signature(sheet, 'taker', 'sumei'))).toBe(
      'workspace-damaged',
    );
    const { snapshotId, hash } = sheet;
    const absence = { snapshotId, hash, reason: '已离行', password: ownPassword };
    expect(await refusal(supervisor, 'handovers.recordAbsence', absence)).toBe('workspace-damaged');
    await rm(file);
    expect(await refusal(taker, 'handovers.sign', signature(sheet, 'taker', 'sumei'))).toBe('not-found');
  });
});

test('a frozen sheet is read in its handover only: no material takes it as an attachment', async () => {
  const sheet = await frozen();
  const { id } = await createMaterial(
    stranger,
    contentOf('poster', '安心存三年', ['年利率以柜面公示为准。']),
  );
  const attach = { id, blobId: sheet.hash, name: 'a.pdf' };
  expect(await refusal(stranger, 'materials.attach', attach)).toBe('forbidden');
  expect(await refusal(stranger, 'documents.get', { blobId: sheet.hash })).toBe('not-found');
  // Nor for whoever may see every handover: the material would show it to others.
  expect(await refusal(admin, 'materials.attach', attach)).toBe('forbidden');
});

test('a check names a frozen sheet whose file is lost', async () => {
  const sheet = await frozen();
  // The facts that other tests seed come from files that were never stored.
  const missing = async () => (await checkWorkspace(world.workspace, clock)).blobs.missing;
  expect(await missing()).not.toContain(sheet.hash);
  await rm(join(world.workspace, 'blobs', sheet.hash.slice(0, 2), sheet.hash));
  expect(await missing()).toContain(sheet.hash);
});

test('what was frozen and signed can’t be changed in the database either', async () => {
  await signAll(await frozen());
  const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
  for (const [statement, reason] of [
    [`UPDATE handover_snapshots SET hash = 'x'`, 'never changes'],
    [`DELETE FROM handover_snapshots`, 'is kept'],
    [`UPDATE handover_snapshots SET reopened_reason = 'x' WHERE reopened_at IS NOT NULL`, 'reopened once'],
    [`UPDATE handover_signatures SET reservations = ''`, 'never changes'],
    [`DELETE FROM handover_signatures`, 'never changes'],
    [
      `INSERT INTO handover_signatures (snapshot_id, role, party, user_id, name, hash, reservations, signed_at)
       SELECT snapshot_id, 'taker', 'other', user_id, name, 'x', '', 1 FROM handover_signatures LIMIT 1`,
      'over the frozen sheet that stands',
    ],
  ] as const) {
    expect(() => connection.handle.transaction(() => connection.handle.exec(statement))(), statement).toThrow(
      reason,
    );
  }
  await connection.close();
});
