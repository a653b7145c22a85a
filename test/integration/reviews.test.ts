import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { type TestClient, type TestWorld, startTestWorld, testClock } from '../support/workspace.ts';
import { contentOf, editDraft } from '../support/materials.ts';
import {
  about,
  addPerson,
  blockFinding,
  decide,
  publishTemplate,
  refusal,
  stageOf,
  submitMaterial,
  submitVersion,
} from '../support/reviews.ts';

// Reviews from submission to approval, through dispatch, over a real database.

const clock = testClock(Date.UTC(2026, 10, 27, 2));
let world: TestWorld;
let admin: TestClient;
let editor: TestClient;
let approver: TestClient;
let anna: Awaited<ReturnType<typeof addPerson>>;
let bo: Awaited<ReturnType<typeof addPerson>>;
let both: Awaited<ReturnType<typeof addPerson>>;

beforeAll(async () => {
  world = await startTestWorld({ clock, schedule: () => () => {} });
  admin = await world.signIn('admin');
  editor = await world.signIn('editor');
  approver = await world.signIn('approver');
  anna = await addPerson(world, admin, 'anna', ['reviewer']);
  bo = await addPerson(world, admin, 'bo', ['reviewer'], '杭州分行');
  both = await addPerson(world, admin, 'both', ['editor', 'reviewer']);
  await publishTemplate(admin, [
    stageOf('compliance', { copyCondition: 'whitespace-only' }),
    stageOf('approval', { assignees: { users: [], roles: ['approver'], branch: 'any' }, distinct: true }),
  ]);
});

afterAll(() => world.close());
// An idle session locks after a quarter of an hour of the test's clock.
beforeEach(() => clock.advance(1_000));

const lines = (...paragraphs: string[]) => contentOf('moments-post', '稳健理财月报', paragraphs);

describe('a review', () => {
  test('goes through its stages to an approval with the next number of the year', async () => {
    const { reviewId, review, materialId } = await submitMaterial(world, editor);
    expect(review).toMatchObject({ state: 'running', currentStage: 0 });
    expect(review.stages[0]?.waitingFor.map(({ name }) => name)).toEqual([
      'anna',
      'bo',
      'both',
      'everything',
      'reviewer',
    ]);
    expect((await editor.call('materials.get', { id: materialId })).state).toBe('in-review');
    const seen = await anna.call('reviews.get', { id: reviewId });
    expect(seen.may.seats).toEqual([
      { seat: { id: anna.id, name: 'anna' }, own: true, decide: { allowed: true, reason: null } },
    ]);
    expect((await decide(anna, reviewId, 'approve')).currentStage).toBe(1);
    const approved = await decide(approver, reviewId, 'approve', { note: '同意' });
    expect(approved).toMatchObject({ state: 'approved', approval: { number: '〔2026〕000001' } });
    expect((await editor.call('materials.get', { id: materialId })).state).toBe('approved');
    const approval = await editor.call('approvals.get', { id: approved.approval?.id ?? '' });
    expect(approval).toMatchObject({
      state: 'valid',
      hash: review.version.hash,
      record: {
        preparer: { name: 'editor' },
        decisions: [
          { stageKey: 'compliance', kind: 'approve', by: { name: 'anna' } },
          { stageKey: 'approval', by: { name: 'approver' }, note: '同意' },
        ],
      },
    });
    // A year, to the end of that day in Shanghai.
    expect(approval.expiresAt).toBe(Date.UTC(2027, 10, 27, 16));
    expect(
      await refusal(anna, 'reviews.decide', { ...about(review), decision: 'return', reasonCodes: ['facts'] }),
    ).toBe('not-running');
  });

  test('is decided by nobody who prepared or edited it, and says why', async () => {
    const { reviewId, materialId } = await submitMaterial(world, both, { content: lines('甲') });
    const mine = await both.call('reviews.get', { id: reviewId });
    expect(mine.may.seats[0]?.decide).toEqual({ allowed: false, reason: 'preparer' });
    expect(await refusal(both, 'reviews.decide', { ...about(mine), decision: 'approve' })).toBe('preparer');
    // Somebody else's edit doesn't take the first one's words out of it.
    await editDraft(editor, materialId, () => ({ content: lines('甲', '乙') }));
    const second = await submitVersion(world, editor, materialId);
    expect(await refusal(both, 'reviews.decide', { ...about(second), decision: 'approve' })).toBe('preparer');
    const other = await submitMaterial(world, editor, { content: lines('一') });
    await editDraft(both, other.materialId, () => ({ content: lines('一', '二') }));
    await submitVersion(world, editor, other.materialId);
    await editDraft(editor, other.materialId, () => ({ content: lines('一', '二', '三') }));
    const third = await submitVersion(world, editor, other.materialId);
    expect(await refusal(both, 'reviews.decide', { ...about(third), decision: 'approve' })).toBe(
      'edited-this-version',
    );
  });

  test('takes decisions over to a version in which only white space changed, and to no other', async () => {
    const { reviewId, materialId } = await submitMaterial(world, editor, {
      content: lines('产品有风险', '投资须谨慎'),
    });
    await decide(anna, reviewId, 'approve');
    await decide(approver, reviewId, 'return', { reasonCodes: ['layout'] });
    expect((await editor.call('materials.get', { id: materialId })).state).toBe('returned');
    // The same content again is no new version.
    expect(
      await refusal(editor, 'reviews.submit', {
        materialId,
        versionId: (await editor.call('reviews.get', { id: reviewId })).version.id,
        risk: 'low',
      }),
    ).toBe('version-decided');
    await editDraft(editor, materialId, () => ({ content: lines('产品有风险 ', '投资须谨慎') }));
    const second = await submitVersion(world, editor, materialId);
    expect(second).toMatchObject({ state: 'running', currentStage: 1, id: reviewId });
    expect(second.decisions.at(-1)).toMatchObject({ copied: true, stale: false, by: { name: 'anna' } });
    expect(second.decisions[0]).toMatchObject({ stale: true, copied: false });
    await editDraft(editor, materialId, () => ({ content: lines('产品有风险', '投资不必谨慎') }));
    const third = await submitVersion(world, editor, materialId);
    expect(third.currentStage).toBe(0);
    expect(third.decisions.every(({ stale }) => stale)).toBe(true);
    expect(await refusal(approver, 'reviews.decide', { ...about(second), decision: 'approve' })).toBe(
      'stale',
    );
  });

  test('of two who decide at once has one outcome, which both see', async () => {
    const { reviewId, review } = await submitMaterial(world, editor, { content: lines('同时') });
    const input = { ...about(review), decision: 'approve' as const };
    const answers = await Promise.all([
      refusal(anna, 'reviews.decide', input),
      refusal(bo, 'reviews.decide', { ...input, decision: 'return', reasonCodes: ['facts'] }),
    ]);
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
    const [first, second] = await Promise.all(
      [anna, bo].map((who) => who.call('reviews.get', { id: reviewId })),
    );
    expect(first?.decisions).toEqual(second?.decisions);
    expect(first?.decisions).toHaveLength(1);
    expect(first?.state).toBe(second?.state);
  });

  test('waits for a condition until somebody who did not write the version ticks it, or a later one meets it', async () => {
    const { reviewId } = await submitMaterial(world, both, { content: lines('条件一') });
    await decide(anna, reviewId, 'approve');
    const waiting = await decide(approver, reviewId, 'approve-with-conditions', { conditions: ['补充来源'] });
    expect(waiting).toMatchObject({ state: 'awaiting', blockers: ['open-conditions'] });
    const conditionId = waiting.conditions[0]?.id ?? '';
    expect(await refusal(both, 'reviews.tickCondition', { conditionId })).toBe('edited-this-version');
    const done = await bo.call('reviews.tickCondition', { conditionId, note: '已见来源' });
    expect(done.state).toBe('approved');
    expect(await refusal(bo, 'reviews.tickCondition', { conditionId })).toBe('review-closed');

    const other = await submitMaterial(world, editor, { content: lines('条件二') });
    await decide(anna, other.reviewId, 'approve-with-conditions', { conditions: ['改标题'] });
    const open = await decide(approver, other.reviewId, 'approve');
    expect(open.state).toBe('awaiting');
    await editDraft(editor, other.materialId, () => ({ content: lines('条件二，已改') }));
    const next = await submitVersion(world, editor, other.materialId, {
      meets: [open.conditions[0]?.id ?? ''],
    });
    expect(next.conditions[0]?.met).toMatchObject({ versionNumber: 2 });
    await decide(bo, other.reviewId, 'approve');
    expect((await decide(approver, other.reviewId, 'approve')).state).toBe('approved');
  });

  test('with a blocking finding needs its exemption accepted by each who approves', async () => {
    const findings = [blockFinding('k1')];
    const unclaimed = await submitMaterial(world, editor, { content: lines('最佳'), findings });
    expect(await refusal(anna, 'reviews.decide', { ...about(unclaimed.review), decision: 'approve' })).toBe(
      'block-findings',
    );
    const { reviewId, review } = await submitMaterial(world, editor, {
      content: lines('最佳雇主奖'),
      findings,
      exemptions: [{ findingKey: 'k1', code: 'award', reason: '奖项名称' }],
    });
    const approve = { ...about(review), decision: 'approve' };
    expect(await refusal(anna, 'reviews.decide', approve)).toBe('exemptions-not-accepted');
    const accept = { reviewId, versionId: review.version.id, findingKey: 'k1', note: '有证书' };
    await bo.call('reviews.acceptExemption', accept);
    expect(await refusal(anna, 'reviews.decide', approve)).toBe('exemptions-not-accepted');
    await anna.call('reviews.acceptExemption', accept);
    await anna.call('reviews.decide', { ...about(review), decision: 'approve' });
    expect(await refusal(anna, 'reviews.acceptExemption', accept)).toBe('conflict');
    await approver.call('reviews.acceptExemption', accept);
    const approved = await decide(approver, reviewId, 'approve');
    const { record } = await anna.call('approvals.get', { id: approved.approval?.id ?? '' });
    expect(record.exemptions).toMatchObject([{ code: 'award', reason: '奖项名称' }]);
    expect(record.exemptions[0]?.acceptedBy.map(({ name }) => name).toSorted()).toEqual([
      'anna',
      'approver',
      'bo',
    ]);
  });

  test('keeps the template that it began with', async () => {
    const template = await publishTemplate(admin, [stageOf('one'), stageOf('two')], { risks: ['high'] });
    const { reviewId } = await submitMaterial(world, editor, { content: lines('模板'), risk: 'high' });
    const content = template.published?.content;
    if (content === undefined) throw new Error('not published');
    const draft = await admin.call('templates.saveDraft', {
      id: template.id,
      content: { ...content, stages: [stageOf('only')] },
      expectedUpdatedAt: template.updatedAt,
    });
    await admin.call('templates.publish', { id: template.id, expectedUpdatedAt: draft.updatedAt });
    await admin.call('templates.setActive', { id: template.id, active: false });
    const running = await decide(anna, reviewId, 'approve');
    expect(running.template.versionNumber).toBe(1);
    expect(running.stages.map(({ key }) => key)).toEqual(['one', 'two']);
    expect((await decide(bo, reviewId, 'approve')).state).toBe('approved');
  });

  test('asks people of the material’s branch where its stage wants them, others by a manager’s hand', async () => {
    const roster = { users: [], roles: ['reviewer' as const], branch: 'material' as const };
    const template = await publishTemplate(admin, [stageOf('branch', { assignees: roster })], {
      types: ['script'],
    });
    const content = contentOf('script', '话术', ['您好'], {
      fields: { ...lines('').fields, branch: '杭州分行' },
    });
    const { reviewId, review } = await submitMaterial(world, editor, { content });
    expect(review.stages[0]?.waitingFor.map(({ name }) => name)).toEqual(['bo']);
    expect(await refusal(anna, 'reviews.decide', { ...about(review), decision: 'approve' })).toBe(
      'not-assigned',
    );
    const again = await admin.call('reviews.reassign', { id: reviewId, users: [anna.id], reason: '出差' });
    expect(again.stages[0]?.waitingFor.map(({ name }) => name)).toEqual(['anna']);
    expect((await decide(anna, reviewId, 'approve')).state).toBe('approved');
    await admin.call('templates.setActive', { id: template.id, active: false });
  });

  test('is taken back by whoever submitted it, and by nobody else', async () => {
    const { reviewId, materialId } = await submitMaterial(world, editor, { content: lines('撤回') });
    expect(await refusal(both, 'reviews.cancel', { id: reviewId, reason: '不发了' })).toBe('forbidden');
    expect((await editor.call('reviews.cancel', { id: reviewId, reason: '不发了' })).state).toBe('cancelled');
    expect((await editor.call('materials.get', { id: materialId })).state).toBe('draft');
    expect(await anna.call('reviews.ofMaterial', { materialId })).toMatchObject([
      { id: reviewId, state: 'cancelled' },
    ]);
  });

  test('is decided in somebody’s place only while a delegation holds', async () => {
    const { reviewId, review } = await submitMaterial(world, editor, { content: lines('代理') });
    await decide(anna, reviewId, 'approve');
    const stage = { ...about(review), stageKey: 'approval', decision: 'approve' as const };
    const people = await anna.call('reviews.reviewers');
    const from = people.find(({ name }) => name === 'approver')?.id ?? '';
    expect(await refusal(bo, 'reviews.decide', { ...stage, onBehalfOf: from })).toBe('no-delegation');
    const now = clock.now();
    const given = await approver.call('delegations.add', {
      to: bo.id,
      beginsAt: now,
      endsAt: now + 3_600_000,
      reason: '休假',
    });
    expect(given.state).toBe('active');
    // It reaches the delegate's queue, and an approver of the first stage can't use one for the second.
    const queue = await bo.call('reviews.queue', { tab: 'mine' });
    expect(queue.rows.map(({ id }) => id)).toContain(reviewId);
    const seen = await bo.call('reviews.get', { id: reviewId });
    expect(seen.may.seats).toEqual([
      { seat: { id: from, name: 'approver' }, own: false, decide: { allowed: true, reason: null } },
    ]);
    const approved = await bo.call('reviews.decide', { ...stage, onBehalfOf: from });
    expect(approved.decisions.at(-1)).toMatchObject({ by: { name: 'bo' }, onBehalfOf: { name: 'approver' } });
    expect((await approver.call('delegations.end', { id: given.id })).state).toBe('ended');
    expect(await refusal(approver, 'delegations.end', { id: given.id })).toBe('conflict');
  });
});
