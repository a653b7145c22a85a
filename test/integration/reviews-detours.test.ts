import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import {
  attachFile,
  contentOf,
  createMaterial,
  editDraft,
  materialWithVersion,
  saveVersion,
} from '../support/materials.ts';
import { chatLines, storeBytes } from '../support/publication.ts';
import {
  about,
  addPerson,
  blockFinding,
  decide,
  markChecked,
  publishTemplate,
  refusal,
  stageOf,
  submitMaterial,
  submitVersion,
} from '../support/reviews.ts';
import { type TestClient, type TestWorld, startTestWorld, testClock } from '../support/workspace.ts';

// Ways round the rules of a review that are not through its front door.

const clock = testClock(Date.UTC(2026, 10, 27, 2));
let world: TestWorld;
let admin: TestClient;
let editor: TestClient;
let anna: Awaited<ReturnType<typeof addPerson>>;
let bo: Awaited<ReturnType<typeof addPerson>>;
let both: Awaited<ReturnType<typeof addPerson>>;

beforeAll(async () => {
  world = await startTestWorld({ clock, schedule: () => () => {} });
  admin = await world.signIn('admin');
  editor = await world.signIn('editor');
  anna = await addPerson(world, admin, 'anna', ['reviewer']);
  bo = await addPerson(world, admin, 'bo', ['reviewer']);
  both = await addPerson(world, admin, 'both', ['editor', 'reviewer']);
  await publishTemplate(admin, [stageOf('first', { copyCondition: 'whitespace-only' }), stageOf('last')]);
});

afterAll(() => world.close());
beforeEach(() => clock.advance(1_000));

const lines = (...paragraphs: string[]) => contentOf('moments-post', '稳健理财月报', paragraphs);

describe('nobody approves their own words', () => {
  test.each(['version', 'draft'] as const)('that somebody else copied from a %s', async (from) => {
    const source = await materialWithVersion(both, lines('原文', from));
    const copy = await editor.call('materials.create', {
      type: 'moments-post',
      copyOf: { id: source.id, versionId: from === 'version' ? source.version.id : null },
    });
    const review = await submitVersion(world, editor, copy.id);
    expect(await refusal(both, 'reviews.decide', { ...about(review), decision: 'approve' })).toBe(
      'edited-this-version',
    );
    expect((await decide(anna, review.id, 'approve')).currentStage).toBe(1);
  });

  test('that somebody else saved with the file which has them', async () => {
    const { id } = await createMaterial(editor, lines('见附件'));
    const file = await attachFile(world.app, both, id, { name: '正文.txt', bytes: Buffer.from('稳健理财') });
    await editDraft(editor, id, ({ content }) => ({ content: { ...content, attachments: [file] } }));
    const review = await submitVersion(world, editor, id);
    expect(await refusal(both, 'reviews.decide', { ...about(review), decision: 'approve' })).toBe(
      'edited-this-version',
    );
  });
});

test('an approval with conditions is given anew for the version that is said to meet them', async () => {
  const { reviewId, materialId } = await submitMaterial(world, editor, { content: lines('一', '二') });
  const waiting = await decide(anna, reviewId, 'approve-with-conditions', { conditions: ['补充来源'] });
  const conditionId = waiting.conditions[0]?.id;
  if (conditionId === undefined) throw new Error('no condition');
  await editDraft(editor, materialId, () => ({ content: lines('一 ', '二') }));
  const next = await submitVersion(world, editor, materialId, { meets: [conditionId] });
  expect(next).toMatchObject({ state: 'running', currentStage: 0 });
  expect(next.decisions.every(({ stale }) => stale)).toBe(true);
});

test('a review does not go on with an easier template than its newest version takes', async () => {
  const template = await publishTemplate(admin, [stageOf('sms'), stageOf('legal'), stageOf('head')], {
    channels: ['sms'],
  });
  const on = (channels: ('sms' | 'moments')[]) => {
    const content = lines('渠道');
    return { ...content, fields: { ...content.fields, channels } };
  };
  const { materialId, reviewId } = await submitMaterial(world, editor, { content: on(['moments']) });
  await editDraft(editor, materialId, () => ({ content: on(['sms']) }));
  const { version } = await saveVersion(editor, materialId);
  await markChecked(world, version.id);
  const submission = { materialId, versionId: version.id, risk: 'low' as const };
  expect(await refusal(editor, 'reviews.submit', submission)).toBe('template-differs');
  await editor.call('reviews.cancel', { id: reviewId, reason: '改渠道' });
  const anew = await editor.call('reviews.submit', submission);
  expect(anew.stages.map(({ key }) => key)).toEqual(['sms', 'legal', 'head']);
  await admin.call('templates.setActive', { id: template.id, active: false });
});

test('what was returned for want of an exemption comes again with it; what was rejected does not', async () => {
  const claim = (reason: string) => ({ exemptions: [{ findingKey: 'k1', code: 'award' as const, reason }] });
  const findings = [blockFinding('k1')];
  const { reviewId, materialId } = await submitMaterial(world, editor, { content: lines('最佳'), findings });
  await decide(anna, reviewId, 'return', { reasonCodes: ['evidence'] });
  await editDraft(editor, materialId, () => claim('奖项名称'));
  expect(await submitVersion(world, editor, materialId, { findings })).toMatchObject({
    id: reviewId,
    state: 'running',
  });
  await decide(anna, reviewId, 'reject', { reasonCodes: ['wording'] });
  await editDraft(editor, materialId, () => claim('奖项全称'));
  const { version } = await saveVersion(editor, materialId);
  await markChecked(world, version.id);
  expect(await refusal(editor, 'reviews.submit', { materialId, versionId: version.id, risk: 'low' })).toBe(
    'version-decided',
  );
});

describe('a delegation', () => {
  const give = async (from: TestClient) => {
    const now = clock.now();
    return from.call('delegations.add', {
      to: bo.id,
      beginsAt: now,
      endsAt: now + 86_400_000,
      reason: '休假',
    });
  };

  const hold = async (id: typeof anna.id, role: 'auditor' | 'reviewer') => {
    const user = (await admin.call('users.list')).find((each) => each.id === id);
    if (user === undefined) throw new Error('no such user');
    const { displayName, state, updatedAt } = user;
    await admin.call('users.update', { id, displayName, state, roles: [role], expectedUpdatedAt: updatedAt });
  };

  test('ends with the right to decide of whoever gave it', async () => {
    const leaving = await addPerson(world, admin, 'leaving', ['reviewer']);
    await publishTemplate(
      admin,
      [stageOf('named', { assignees: { users: [leaving.id, anna.id], roles: [], branch: 'any' } })],
      { types: ['script'] },
    );
    const { review } = await submitMaterial(world, editor, {
      content: contentOf('script', '话术', ['您好']),
    });
    await give(leaving);
    const inTheirPlace = { ...about(review), decision: 'abstain', onBehalfOf: leaving.id };
    await hold(leaving.id, 'auditor');
    expect(await refusal(bo, 'reviews.decide', inTheirPlace)).toBe('no-delegation');
    await hold(leaving.id, 'reviewer');
    expect(await refusal(bo, 'reviews.decide', inTheirPlace)).toBe('ok');
  });
});

test('an editor reads no chat archive by its hash', async () => {
  const everything = await world.signIn('everything');
  const bytes = Buffer.from(chatLines([{ at: clock.now() - 60_000, text: '客户想买三年期' }]));
  const blobId = await storeBytes(world.app, everything, bytes);
  await everything.call('archive.startImport', { files: [{ blobId, name: 'chat.jsonl' }] });
  await world.app.idle();
  const { id } = await createMaterial(editor, lines('档案'));
  expect(await refusal(editor, 'materials.attach', { id, blobId, name: 'a.txt' })).toBe('forbidden');
  expect(await refusal(editor, 'documents.get', { blobId })).toBe('not-found');
  expect(await refusal(editor, 'products.previewImport', { blobId, fileName: 'a.csv' })).toBe('forbidden');
  expect(await refusal(everything, 'materials.attach', { id, blobId, name: 'a.txt' })).toBe('ok');
});

test('a material is compared with its own versions only', async () => {
  const [own, strange] = [
    await materialWithVersion(editor, lines('自己的')),
    await materialWithVersion(editor, lines('别人的')),
  ];
  const from = { kind: 'version', versionId: strange.version.id };
  const to = { kind: 'draft' };
  expect(await refusal(editor, 'materials.compare', { id: own.id, from, to })).toBe('not-found');
  expect(await refusal(editor, 'materials.drift', { id: own.id, of: from })).toBe('not-found');
});
