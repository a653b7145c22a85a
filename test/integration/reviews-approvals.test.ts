import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { createApp } from '../../src/core/app.ts';
import { systemActor } from '../../src/core/features/audit/index.ts';
import { createReviewsFeature } from '../../src/core/features/reviews/index.ts';
import { issueApproval } from '../../src/core/features/reviews/workflow/approvals/issue.ts';
import { createSheetMaker } from '../../src/core/features/reviews/workflow/approvals/sheet.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { createIdSource, systemRandom } from '../../src/core/platform/ids.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { contentOf } from '../support/materials.ts';
import { addPerson, decide, publishTemplate, refusal, stageOf, submitMaterial } from '../support/reviews.ts';
import {
  type TestClient,
  type TestWorld,
  cheapPasswords,
  createClient,
  resources,
  startTestWorld,
  testClock,
  testPassword,
} from '../support/workspace.ts';

// What falls due, and what stays on record of an approval.

// A Friday, 10:00 in Shanghai.
const clock = testClock(Date.UTC(2026, 10, 27, 2));
const hour = 3_600_000;
let world: TestWorld;
let admin: TestClient;
let editor: TestClient;
let approver: TestClient;
let anna: Awaited<ReturnType<typeof addPerson>>;

const signIn = async (client: TestClient, userName: string, password = testPassword) =>
  client.call('users.signIn', { userName, password });

beforeAll(async () => {
  world = await startTestWorld({ clock, schedule: () => () => {} });
  admin = await world.signIn('admin');
  editor = await world.signIn('editor');
  approver = await world.signIn('approver');
  anna = await addPerson(world, admin, 'anna', ['reviewer']);
  await publishTemplate(admin, [
    stageOf('consult', {
      kind: 'comment-only',
      mode: 'all',
      assignees: { users: [anna.id], roles: [], branch: 'any' },
      deadlineHours: 8,
      remindHours: 2,
      escalateTo: { users: [], roles: ['approver'] },
    }),
    stageOf('approval', { assignees: { users: [], roles: ['approver'], branch: 'any' } }),
  ]);
});

afterAll(() => world.close());
// Sessions end after twelve hours of the test's clock, and lock earlier.
beforeEach(async () => {
  for (const [client, name] of [
    [admin, 'admin'],
    [editor, 'editor'],
    [approver, 'approver'],
  ] as const)
    await signIn(client, name);
  await signIn(anna, 'anna', 'Meihua-shan-xia-3');
});

const lines = (text: string) => contentOf('moments-post', text, [text]);
const told = async (client: TestClient) =>
  (await client.call('notices.list')).notices.map(({ kind }) => kind);

async function approved(text: string) {
  const { reviewId, materialId } = await submitMaterial(world, editor, { content: lines(text) });
  await decide(anna, reviewId, 'comment');
  const review = await decide(approver, reviewId, 'approve');
  if (review.approval === null) throw new Error(`it is ${review.state}`);
  return { ...review.approval, materialId, reviewId };
}

describe('a deadline', () => {
  test('reminds, is missed, and lets a comment stage go on: once each, also after a restart or with the clock set back', async () => {
    const { reviewId, review } = await submitMaterial(world, editor, { content: lines('期限') });
    // Eight working hours from Friday 10:00: Monday 10:00; two before that is Friday 17:00.
    expect(review.stages[0]?.deadlineAt).toBe(Date.UTC(2026, 10, 30, 2));
    await world.app.settleDeadlines();
    expect(await told(anna)).toEqual(['assigned']);
    clock.advance(7 * hour);
    await signIn(anna, 'anna', 'Meihua-shan-xia-3');
    await world.app.settleDeadlines();
    await world.app.settleDeadlines();
    expect(await told(anna)).toEqual(['reminder', 'assigned']);
    clock.advance(-3 * hour);
    await world.app.settleDeadlines();
    clock.advance(3 * hour);
    await world.app.settleDeadlines();
    expect((await told(anna)).filter((kind) => kind === 'reminder')).toHaveLength(1);
    clock.advance(65 * hour);
    await signIn(anna, 'anna', 'Meihua-shan-xia-3');
    await signIn(approver, 'approver');
    await Promise.all([world.app.settleDeadlines(), world.app.settleDeadlines()]);
    const kinds = await told(anna);
    expect(kinds.filter((kind) => kind === 'overdue')).toHaveLength(1);
    expect(await told(approver)).toEqual(expect.arrayContaining(['escalated', 'assigned']));
    const now = await anna.call('reviews.get', { id: reviewId });
    expect(now).toMatchObject({ state: 'running', currentStage: 1 });
    expect(now.stages[0]).toMatchObject({ state: 'done', lapsed: true, given: 0 });
    // Nobody said anything: the lapse put no decision on record.
    expect(now.decisions).toEqual([]);
    await world.app.settleDeadlines();
    expect(await told(anna)).toEqual(kinds);
    expect((await anna.call('notices.list')).unread).toBe(kinds.length);
    await anna.call('notices.read');
    expect((await anna.call('notices.list', { unreadOnly: true })).notices).toEqual([]);
  });

  test('that came while nothing ran fires when the workspace is opened', async () => {
    const { reviewId } = await submitMaterial(world, editor, { content: lines('重启') });
    clock.advance(24 * hour);
    await world.app.close();
    const again = await createApp({
      home: world.folder,
      workspace: world.workspace,
      resources,
      version: '',
      log: createLog('silent'),
      clock,
      passwordCost: cheapPasswords,
      schedule: () => () => {},
    });
    try {
      await again.settleDeadlines();
      const client = createClient(again);
      await signIn(client, 'anna', 'Meihua-shan-xia-3');
      const about = (await client.call('notices.list')).notices.filter(
        (notice) => notice.reviewId === reviewId,
      );
      expect(about.map(({ kind }) => kind).toSorted()).toEqual([
        'assigned',
        'overdue',
        'reminder',
        'stage-lapsed',
      ]);
    } finally {
      await again.close();
    }
    world = { ...world, ...(await reopened()) };
    admin = await world.signIn('admin');
    editor = await world.signIn('editor');
    approver = await world.signIn('approver');
    const client = createClient(world.app);
    await signIn(client, 'anna', 'Meihua-shan-xia-3');
    anna = { ...client, id: anna.id };
  });
});

async function reopened(): Promise<Pick<TestWorld, 'app' | 'signIn' | 'close'>> {
  const app = await createApp({
    home: world.folder,
    workspace: world.workspace,
    resources,
    version: '',
    log: createLog('silent'),
    clock,
    passwordCost: cheapPasswords,
    schedule: () => () => {},
  });
  const { close } = world;
  return {
    app,
    async signIn(userName, host = 'desktop') {
      const client = createClient(app, host);
      await client.call('users.signIn', { userName, password: testPassword });
      return client;
    },
    async close() {
      await app.close();
      await close();
    },
  };
}

describe('an approval', () => {
  test('is numbered without gaps, also where many are given at once and one of them is undone', async () => {
    const reviews = [];
    for (const text of ['一', '二', '三', '四']) {
      const { reviewId } = await submitMaterial(world, editor, { content: lines(`编号${text}`) });
      await decide(anna, reviewId, 'comment');
      reviews.push(reviewId);
    }
    const given = await Promise.all(reviews.map((id) => decide(approver, id, 'approve')));
    const { rows } = await editor.call('approvals.list', { year: 2026 });
    const numbers = rows.map(({ number }) => Number(number.slice(6))).toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(new Set(given.map(({ approval }) => approval?.number)).size).toBe(4);

    // A transaction that takes a number and fails gives it back.
    const last = numbers.length;
    const { reviewId } = await submitMaterial(world, editor, { content: lines('回滚') });
    await decide(anna, reviewId, 'comment');
    const review = await anna.call('reviews.get', { id: reviewId });
    const source = await anna.call('approvals.get', { id: rows[0]?.id ?? '' });
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    const parts = { clock, ids: createIdSource(clock, systemRandom) };
    await expect(
      connection.query.transaction().execute(async (writer) => {
        const { number } = await issueApproval(writer, parts, systemActor, {
          reviewId,
          materialId: review.material.id,
          versionId: review.version.id,
          hash: review.version.hash,
          validityMonths: 12,
          validUntil: null,
          record: source.record,
        });
        expect(Number(number.slice(6))).toBe(last + 1);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await connection.close();
    const next = await decide(approver, reviewId, 'approve');
    expect(Number(next.approval?.number.slice(6))).toBe(last + 1);
  });

  test('keeps where it is used, with the first and the last date', async () => {
    const { id } = await approved('使用');
    const { approvedAt } = await editor.call('approvals.get', { id });
    clock.advance(hour / 10);
    const use = { id, channel: 'moments' as const, place: '杭州分行朋友圈' };
    await editor.call('approvals.recordUse', { ...use, usedAt: approvedAt + 60_000 });
    const view = await editor.call('approvals.recordUse', { ...use, place: '西湖支行', usedAt: approvedAt });
    expect(view).toMatchObject({ firstUsedAt: approvedAt, lastUsedAt: approvedAt + 60_000 });
    expect(view.uses.map(({ place }) => place)).toEqual(['西湖支行', '杭州分行朋友圈']);
    expect(await refusal(editor, 'approvals.recordUse', { ...use, usedAt: approvedAt - 1 })).toBe(
      'approval-not-valid',
    );
    expect(await refusal(editor, 'approvals.recordUse', { ...use, usedAt: clock.now() + 1 })).toBe(
      'approval-not-valid',
    );
  });

  test('is withdrawn with a reason, and everybody concerned is told', async () => {
    const { id, materialId, number } = await approved('撤回');
    const { approvedAt } = await editor.call('approvals.get', { id });
    await editor.call('approvals.recordUse', { id, channel: 'sms', place: '短信', usedAt: approvedAt });
    expect(await refusal(editor, 'approvals.withdraw', { id, reason: '停售' })).toBe('forbidden');
    const view = await approver.call('approvals.withdraw', { id, reason: '产品停售' });
    expect(view).toMatchObject({
      state: 'withdrawn',
      withdrawal: { reason: '产品停售', by: { name: 'approver' } },
    });
    expect(view.withdrawal?.told.map(({ name }) => name).toSorted()).toEqual(['anna', 'approver', 'editor']);
    expect((await editor.call('materials.get', { id: materialId })).state).toBe('withdrawn');
    const notice = (await editor.call('notices.list')).notices.find(
      ({ kind }) => kind === 'approval-withdrawn',
    );
    expect(notice).toMatchObject({ approvalId: id, params: { number, reason: '产品停售' } });
    expect(await refusal(approver, 'approvals.withdraw', { id, reason: '再次' })).toBe('approval-not-valid');
    expect(
      await refusal(editor, 'materials.compare', {
        id: materialId,
        from: { kind: 'approved' },
        to: { kind: 'draft' },
      }),
    ).toBe('nothing-approved');
  });

  test('that is withdrawn is taken off every shelf, or not withdrawn at all', async () => {
    const { id, number } = await approved('下架');
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    const services = {
      connection,
      directory: world.workspace,
      clock,
      ids: createIdSource(clock, systemRandom),
      log: createLog('silent'),
      emit: () => {},
    };
    // The services that a withdrawal needs; jobs, blobs and the like stay out of it.
    const feature = createReviewsFeature(services as unknown as Parameters<typeof createReviewsFeature>[0], {
      extractDocument: () => Promise.reject(new Error('a withdrawal reads no file')),
    });
    const shelves: string[] = [];
    feature.onWithdrawn(async (_writer, withdrawn) => {
      shelves.push(withdrawn.number);
      return Promise.resolve(['杭州素材库']);
    });
    let broken = true;
    feature.onWithdrawn(() =>
      broken
        ? Promise.reject(new Error('this library could not be reached'))
        : Promise.resolve(['西湖素材库']),
    );
    const account = (await admin.call('users.list')).find(({ userName }) => userName === 'approver');
    if (account === undefined) throw new Error('no approver');
    const user = {
      userId: account.id,
      userName: 'approver',
      displayName: 'approver',
      host: 'cli' as const,
      permissions: new Set(['approvals:withdraw' as const]),
      sessionKey: '',
      mustChangePassword: false,
    };
    const context = { caller: { host: 'cli' as const, sessionToken: null }, user, setSession: () => {} };
    const withdraw = () => feature.handlers['approvals.withdraw']({ id, reason: '下架' }, context);
    await expect(withdraw()).rejects.toThrow('could not be reached');
    expect((await editor.call('approvals.get', { id })).state).toBe('valid');
    broken = false;
    await withdraw();
    expect(shelves).toEqual([number, number]);
    const { withdrawal } = await editor.call('approvals.get', { id });
    expect(withdrawal?.told.filter(({ kind }) => kind === 'library').map(({ name }) => name)).toEqual([
      '杭州素材库',
      '西湖素材库',
    ]);
    await feature.close();
    await connection.close();
  });

  test('ends on its day, and whoever prepared it is told before and then, once', async () => {
    const { id, materialId } = await approved('到期');
    expect((await editor.call('approvals.list', { states: ['expired'] })).total).toBe(0);
    const { expiresAt } = await editor.call('approvals.get', { id });
    clock.advance(expiresAt - clock.now() - 20 * 24 * hour);
    await world.app.settleDeadlines();
    await world.app.settleDeadlines();
    clock.advance(20 * 24 * hour);
    await world.app.settleDeadlines();
    await world.app.settleDeadlines();
    await signIn(editor, 'editor');
    const kinds = (await editor.call('notices.list')).notices
      .filter(({ approvalId }) => approvalId === id)
      .map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['approval-expired', 'approval-expiring']);
    expect((await editor.call('approvals.get', { id })).state).toBe('expired');
    expect((await editor.call('materials.get', { id: materialId })).state).toBe('expired');
  });

  test('is printed as a PDF in either language', async () => {
    const { rows } = await editor.call('approvals.list', {});
    const id = rows[0]?.id ?? '';
    for (const language of ['zh-CN', 'en-US'] as const) {
      const sheet = await editor.call('approvals.sheet', { id, language });
      const bytes = Buffer.from(sheet.base64, 'base64');
      expect(sheet).toMatchObject({ fileName: `${rows[0]?.number}.pdf`, mediaType: 'application/pdf' });
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      expect(bytes.length).toBeGreaterThan(5_000);
    }
  }, 30_000);

  test('is not printed any more once the workspace closes, not even where it waited for others', async () => {
    const { rows } = await editor.call('approvals.list', {});
    const approval = await editor.call('approvals.get', { id: rows[0]?.id ?? '' });
    const sheets = createSheetMaker({ log: createLog('silent') });
    const request = {
      approval,
      language: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      workspaceTitle: 'Test',
      printedAt: clock.now(),
    } as const;
    const made = Promise.allSettled([1, 2, 3].map(() => sheets.make(request)));
    await sheets.close();
    const late = Promise.allSettled([sheets.make(request)]);
    for (const outcome of [...(await made), ...(await late)])
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
  });

  test('and what led to it can’t be changed in the database either', () => {
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    for (const [statement, reason] of [
      [`UPDATE review_decisions SET decision = 'approve'`, 'never changes'],
      [`DELETE FROM review_decisions`, 'never changes'],
      [`UPDATE approvals SET hash = 'x'`, 'never changes'],
      [`DELETE FROM approvals`, 'never changes'],
      [`UPDATE approval_withdrawals SET reason = 'x'`, 'stays on record'],
      [`DELETE FROM approval_uses`, 'stays on record'],
      [`UPDATE reviews SET template_version_id = 'x'`, 'keeps its material'],
      [`UPDATE reviews SET state = 'running' WHERE closed_at IS NOT NULL`, 'closed review'],
      [`UPDATE workflow_template_versions SET content = '{}'`, 'never changes'],
      [`UPDATE review_stages SET deadline_at = 1`, 'never changes'],
      [`DELETE FROM notices; DELETE FROM reviews`, 'never deleted'],
    ] as const) {
      expect(
        () => connection.handle.transaction(() => connection.handle.exec(statement))(),
        statement,
      ).toThrow(reason);
    }
    return connection.close();
  });
});
