import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { anchorAt } from '../../src/core/features/reviews/workflow/comments/model.ts';
import { contentOf, editDraft } from '../support/materials.ts';
import {
  addPerson,
  decide,
  publishTemplate,
  refusal,
  stageOf,
  submitMaterial,
  submitVersion,
} from '../support/reviews.ts';
import { type TestClient, type TestWorld, startTestWorld, testClock, until } from '../support/workspace.ts';

const clock = testClock();
let world: TestWorld;
let editor: TestClient;
let anna: Awaited<ReturnType<typeof addPerson>>;
let bo: Awaited<ReturnType<typeof addPerson>>;

beforeAll(async () => {
  world = await startTestWorld({ clock, schedule: () => () => {} });
  const admin = await world.signIn('admin');
  editor = await world.signIn('editor');
  anna = await addPerson(world, admin, 'anna', ['reviewer']);
  bo = await addPerson(world, admin, 'bo', ['reviewer', 'editor']);
  await publishTemplate(admin, [stageOf('compliance', { mode: 'quorum', quorum: 1 })]);
});

afterAll(() => world.close());

const body = '本产品收益稳健，过往业绩代表未来表现。';
const lines = (...paragraphs: string[]) => contentOf('moments-post', '月报', paragraphs);

async function commented(rest: { mustFix?: boolean; suggestion?: string } = {}) {
  const submitted = await submitMaterial(world, editor, { content: lines(body) });
  const start = body.indexOf('过往业绩代表');
  const thread = await anna.call('reviews.comment', {
    reviewId: submitted.reviewId,
    versionId: submitted.review.version.id,
    anchor: anchorAt('body', body, start, start + 6),
    text: '应为“不代表”',
    ...rest,
  });
  return { ...submitted, thread };
}

describe('a comment', () => {
  test('is answered and resolved by those who take part, and stays with its words in a new version', async () => {
    const { thread, reviewId, materialId } = await commented();
    const replied = await editor.call('reviews.reply', { threadId: thread.id, text: '已改' });
    expect(replied.comments.map(({ by, text }) => [by.name, text])).toEqual([
      ['anna', '应为“不代表”'],
      ['editor', '已改'],
    ]);
    const before = '重要提示';
    await editDraft(editor, materialId, () => ({ content: lines(before, body) }));
    const next = await submitVersion(world, editor, materialId);
    const start = before.length + 1 + body.indexOf('过往业绩代表');
    expect(next.threads[0]?.place).toEqual({ found: 'quote', part: 'body', start, end: start + 6 });
    await editDraft(editor, materialId, () => ({ content: lines('欢迎到店咨询') }));
    const gone = await submitVersion(world, editor, materialId);
    expect(gone.threads[0]).toMatchObject({
      place: { found: 'orphaned' },
      anchor: { quote: { exact: '过往业绩代表' } },
    });
    // Beside the version that it was made on, it is where it was.
    const [first] = await anna.call('reviews.threads', { reviewId, versionId: thread.versionId });
    expect(first?.place.found).toBe('exact');
    const resolved = await editor.call('reviews.resolveThread', { threadId: thread.id, resolved: true });
    expect(resolved.resolved?.by.name).toBe('editor');
    expect(
      (await anna.call('reviews.resolveThread', { threadId: thread.id, resolved: false })).resolved,
    ).toBeNull();
  });

  test('that must be fixed blocks the approval until a reviewer who wrote nothing says that it is', async () => {
    const { thread, reviewId } = await commented({ mustFix: true });
    const waiting = await decide(anna, reviewId, 'approve');
    expect(waiting).toMatchObject({ state: 'awaiting', blockers: ['must-fix'], approval: null });
    expect(await refusal(editor, 'reviews.resolveThread', { threadId: thread.id, resolved: true })).toBe(
      'must-fix-by-reviewer',
    );
    expect(await refusal(editor, 'reviews.setMustFix', { threadId: thread.id, mustFix: false })).toBe(
      'forbidden',
    );
    await bo.call('reviews.resolveThread', { threadId: thread.id, resolved: true });
    expect((await anna.call('reviews.get', { id: reviewId })).state).toBe('approved');
    expect(await refusal(bo, 'reviews.resolveThread', { threadId: thread.id, resolved: false })).toBe(
      'review-closed',
    );
  });

  test('with a suggestion writes it into the draft with one click, once, and never over somebody else’s save', async () => {
    const { thread, materialId } = await commented({ suggestion: '过往业绩不代表' });
    const { revision } = await editor.call('materials.draft', { id: materialId });
    expect(thread.may.acceptSuggestion).toBe(false);
    expect(
      await refusal(editor, 'reviews.acceptSuggestion', { threadId: thread.id, baseRevision: revision - 1 }),
    ).toBe('draft-conflict');
    const accepted = await editor.call('reviews.acceptSuggestion', {
      threadId: thread.id,
      baseRevision: revision,
    });
    expect(accepted).toMatchObject({
      revision: revision + 1,
      thread: { suggestionAccepted: { by: { name: 'editor' } } },
    });
    const draft = await editor.call('materials.draft', { id: materialId });
    expect(draft.content.body).toEqual(lines(body.replace('过往业绩代表', '过往业绩不代表')).body);
    expect(
      await refusal(editor, 'reviews.acceptSuggestion', {
        threadId: thread.id,
        baseRevision: draft.revision,
      }),
    ).toBe('conflict');
    const lost = await commented({ suggestion: '过往业绩不代表' });
    const saved = await editDraft(editor, lost.materialId, () => ({ content: lines('欢迎到店咨询') }));
    expect(
      await refusal(editor, 'reviews.acceptSuggestion', {
        threadId: lost.thread.id,
        baseRevision: saved.revision,
      }),
    ).toBe('suggestion-lost');
  });

  test('points to what is there, and only in the version under review', async () => {
    const { reviewId, review, materialId } = await submitMaterial(world, editor, { content: lines(body) });
    const comment = {
      reviewId,
      versionId: review.version.id,
      text: '?',
      anchor: anchorAt('body', 'x'.repeat(9), 2, 5),
    };
    expect(await refusal(anna, 'reviews.comment', comment)).toBe('bad-input');
    await editDraft(editor, materialId, () => ({ content: lines(body, '二') }));
    await submitVersion(world, editor, materialId);
    expect(await refusal(anna, 'reviews.comment', { ...comment, anchor: { kind: 'whole' } })).toBe(
      'review-moved-on',
    );
  });
});

describe('who has a review on screen', () => {
  test('is shown to the others, forgotten when they leave or are silent, and decides nothing', async () => {
    const { reviewId } = await submitMaterial(world, editor, { content: lines(body) });
    const events = world.listen(bo);
    expect(await anna.call('reviews.look', { id: reviewId })).toEqual([]);
    await until(() => events.some((event) => event.type === 'changed' && event.topics.includes('reviews')));
    expect((await bo.call('reviews.look', { id: reviewId })).map(({ name }) => name)).toEqual(['anna']);
    await bo.call('reviews.look', { id: reviewId, leaving: true });
    const seen = await editor.call('reviews.get', { id: reviewId });
    expect(seen.lookedAtBy.map(({ name }) => name)).toEqual(['anna']);
    expect(seen).toMatchObject({ state: 'running', decisions: [] });
    clock.advance(75_000);
    expect((await editor.call('reviews.get', { id: reviewId })).lookedAtBy).toEqual([]);
  });
});
