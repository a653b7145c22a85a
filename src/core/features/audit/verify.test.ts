import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { UserId } from '../../contract/ids.ts';
import { systemClock } from '../../platform/clock.ts';
import { type DatabaseConnection, migrate, openDatabase } from '../../platform/database/connection.ts';
import { canonicalJson, recordAudit, systemActor, verifyAudit } from './index.ts';
import { leafHash } from './merkle.ts';
import { listEvents } from './repository.ts';
import { AuditFilter } from './contract.ts';

let folder = '';
let connection: DatabaseConnection;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-audit-'));
  connection = openDatabase(join(folder, 'audit.sqlite'));
  await migrate(connection);
});

afterEach(async () => {
  await connection.close();
  await rm(folder, { recursive: true, force: true });
});

async function append(to: DatabaseConnection, action: string): Promise<void> {
  await to.query.transaction().execute((writer) =>
    recordAudit(writer, systemClock, systemActor, {
      action,
      recordKind: 'test',
      recordId: action,
      before: { state: 'open' },
      after: { state: 'done', note: '已核实' },
      details: { count: 3, 原因: '测试' },
    }),
  );
}

async function appendMany(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await append(connection, `test.${index}`);
}

/** Changes the log as somebody with the database file and SQL could. */
function tamper(sql: string): void {
  connection.handle.exec('DROP TRIGGER IF EXISTS audit_events_no_update');
  connection.handle.exec('DROP TRIGGER IF EXISTS audit_events_no_delete');
  connection.handle.exec('DROP TRIGGER IF EXISTS audit_events_in_sequence');
  connection.handle.exec(sql);
}

test('an empty log verifies', async () => {
  expect(await verifyAudit(connection.query)).toMatchObject({ ok: true, size: 0, problems: [] });
});

test('an untouched log verifies, and its root is that of its events', async () => {
  await appendMany(37);
  const first = await verifyAudit(connection.query);
  expect(first).toMatchObject({ ok: true, size: 37, problems: [] });
  await append(connection, 'one.more');
  const second = await verifyAudit(connection.query);
  expect(second.size).toBe(38);
  expect(second.rootHash).not.toBe(first.rootHash);
});

test('the schema refuses changing, removing and skipping', async () => {
  await appendMany(2);
  expect(() => connection.handle.exec("UPDATE audit_events SET action = 'x'")).toThrow(/append-only/);
  expect(() => connection.handle.exec('DELETE FROM audit_events')).toThrow(/append-only/);
  expect(() =>
    connection.handle.exec(
      'INSERT INTO audit_events SELECT 9, at, user_id, action, record_kind, record_id, body, leaf_hash FROM audit_events LIMIT 1',
    ),
  ).toThrow(/without gaps/);
});

test.each([
  ['a body', `UPDATE audit_events SET body = replace(body, 'test.4', 'test.5') WHERE sequence = 4`, 4],
  ['a column', `UPDATE audit_events SET action = 'harmless' WHERE sequence = 2`, 2],
  ['a leaf', `UPDATE audit_events SET leaf_hash = zeroblob(32) WHERE sequence = 6`, 6],
  ['a missing row', `DELETE FROM audit_events WHERE sequence = 3`, 3],
  ['a body that is no JSON', `UPDATE audit_events SET body = '{' WHERE sequence = 1`, 1],
])('tampering with %s is found and named', async (_what, sql, sequence) => {
  await appendMany(9);
  tamper(sql);
  const result = await verifyAudit(connection.query);
  expect(result.ok).toBe(false);
  expect(result.problems.map((problem) => problem.sequence)).toContain(sequence);
});

test('removing the last events is found by the stored tree', async () => {
  await appendMany(9);
  tamper('DELETE FROM audit_events WHERE sequence >= 7');
  const result = await verifyAudit(connection.query);
  expect(result.ok).toBe(false);
  expect(result.problems).toContainEqual({
    sequence: null,
    problem: expect.stringContaining('stored size is 9'),
  });
});

test('an event added behind the back of the tree is found', async () => {
  await appendMany(3);
  tamper(
    'INSERT INTO audit_events SELECT 3, at, user_id, action, record_kind, record_id, body, leaf_hash FROM audit_events WHERE sequence = 0',
  );
  const result = await verifyAudit(connection.query);
  expect(result).toMatchObject({ ok: false });
  expect(result.problems.map((problem) => problem.sequence)).toContain(3);
});

test('a body and its leaf changed together are found by the tree', async () => {
  await appendMany(5);
  const row = connection.handle
    .prepare<[], { body: string }>('SELECT body FROM audit_events WHERE sequence = 2')
    .get();
  const body = canonicalJson({ ...JSON.parse(row?.body ?? '{}'), details: { count: 4 } });
  tamper('SELECT 1');
  connection.handle
    .prepare('UPDATE audit_events SET body = ?, leaf_hash = ? WHERE sequence = 2')
    .run(body, leafHash(Buffer.from(body)));
  const result = await verifyAudit(connection.query);
  expect(result.ok).toBe(false);
  expect(result.problems).toContainEqual({ sequence: null, problem: expect.stringContaining('stored edge') });
});

test('two threads that append at once keep one sequence', async () => {
  const script = new URL('../../../../test/support/append-events.ts', import.meta.url);
  const file = join(folder, 'audit.sqlite');
  const exits = ['one', 'two'].map(
    (name) =>
      new Promise<number>((resolve, reject) => {
        const worker = new Worker(script, { workerData: { file, name, count: 40 } });
        worker.on('error', reject);
        worker.on('exit', resolve);
      }),
  );
  expect(await Promise.all(exits)).toEqual([0, 0]);
  expect(await verifyAudit(connection.query)).toMatchObject({ ok: true, size: 80 });
  const names = await listEvents(connection.query, AuditFilter.parse({}), null, 100);
  // Both really wrote at the same time: neither stands whole before the other.
  const turns = names.filter((row, index) => row.record_id !== names[index + 1]?.record_id).length;
  expect(turns).toBeGreaterThanOrEqual(2);
});

test('an event whose change is rolled back leaves nothing', async () => {
  await appendMany(2);
  await expect(
    connection.query.transaction().execute(async (writer) => {
      await recordAudit(writer, systemClock, systemActor, { action: 'x', recordKind: 'x', recordId: 'x' });
      throw new Error('the change failed');
    }),
  ).rejects.toThrow('the change failed');
  expect(await verifyAudit(connection.query)).toMatchObject({ ok: true, size: 2 });
});

test('pages go down by sequence and filters hold', async () => {
  await appendMany(12);
  const filter = AuditFilter.parse({});
  const first = await listEvents(connection.query, filter, null, 5);
  expect(first.map((row) => row.sequence)).toEqual([11, 10, 9, 8, 7]);
  const second = await listEvents(connection.query, filter, first.at(-1)?.sequence ?? null, 5);
  expect(second.map((row) => row.sequence)).toEqual([6, 5, 4, 3, 2]);
  const one = await listEvents(connection.query, AuditFilter.parse({ action: 'test.3' }), null, 5);
  expect(one.map((row) => row.sequence)).toEqual([3]);
  const nobody = UserId.parse('00000000-0000-7000-8000-000000000000');
  expect(await listEvents(connection.query, { ...filter, userId: nobody }, null, 5)).toEqual([]);
});

test('canonical JSON has one text per value', () => {
  expect(canonicalJson({ b: [1, { d: undefined, c: null }], a: '会签' })).toBe(
    '{"a":"会签","b":[1,{"c":null}]}',
  );
  expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
});
