import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { publishTemplate, stageOf } from '../support/reviews.ts';
import { type TestClient, type TestWorld, startTestWorld } from '../support/workspace.ts';

let world: TestWorld;
let admin: TestClient;

beforeAll(async () => {
  world = await startTestWorld();
  admin = await world.signIn('admin');
});

afterAll(() => world.close());

const choose = async (input: Parameters<typeof admin.call<'templates.choose'>>[1]) =>
  (await admin.call('templates.choose', input))?.content.name ?? null;

describe('workflow templates', () => {
  test('that ship are added once, published, and chosen by what a material is', async () => {
    expect(await choose({ type: 'poster', risk: 'low' })).toBeNull();
    const added = await admin.call('templates.addStarters');
    expect(added.map(({ published }) => published?.content.name)).toEqual([
      '一般内容',
      '产品宣传',
      '高风险内容',
    ]);
    expect((await admin.call('templates.addStarters')).length).toBe(3);
    expect(await choose({ type: 'article', risk: 'low' })).toBe('一般内容');
    expect(await choose({ type: 'poster', risk: 'medium' })).toBe('产品宣传');
    expect(await choose({ type: 'article', risk: 'high' })).toBe('高风险内容');
    const [first] = added;
    await admin.call('templates.setActive', { id: first?.id ?? '', active: false });
    expect(await choose({ type: 'article', risk: 'low' })).toBeNull();
  });

  test('are drafted with mistakes, and published without', async () => {
    const created = await admin.call('templates.create', {
      content: {
        name: '草稿',
        validityMonths: 12,
        stages: [stageOf('a', { copyCondition: 'whitespace-only' })],
      },
    });
    expect(created.problems).toEqual([{ kind: 'last-stage-copies', stage: 0 }]);
    const publish = { id: created.id, expectedUpdatedAt: created.updatedAt };
    expect(await admin.try('templates.publish', publish)).toMatchObject({
      error: { code: 'template-invalid', details: { problem: 'last-stage-copies', stage: 0 } },
    });
    expect(await admin.code('templates.discardDraft', { id: created.id })).toBe('conflict');
    const saved = await admin.call('templates.saveDraft', {
      ...publish,
      content: { name: '草稿', validityMonths: 12, stages: [stageOf('a')] },
    });
    expect(await admin.code('templates.publish', publish)).toBe('conflict');
    const published = await admin.call('templates.publish', {
      ...publish,
      expectedUpdatedAt: saved.updatedAt,
    });
    expect(published).toMatchObject({ draft: null, problems: [], published: { number: 1 } });
    const taken = await admin.call('templates.create', {
      content: { name: '草稿', validityMonths: 12, stages: [stageOf('a')] },
    });
    expect(await admin.code('templates.publish', { id: taken.id, expectedUpdatedAt: taken.updatedAt })).toBe(
      'name-taken',
    );
  });

  test('keep every version that was published', async () => {
    const first = await publishTemplate(admin, [stageOf('a')], { types: ['script'] });
    const content = first.published?.content;
    if (content === undefined) throw new Error('not published');
    const draft = await admin.call('templates.saveDraft', {
      id: first.id,
      content: { ...content, validityMonths: 3 },
      expectedUpdatedAt: first.updatedAt,
    });
    expect(draft.published?.content.validityMonths).toBe(12);
    await admin.call('templates.publish', { id: first.id, expectedUpdatedAt: draft.updatedAt });
    const versions = await admin.call('templates.versions', { id: first.id });
    expect(versions.map(({ number, content: { validityMonths } }) => [number, validityMonths])).toEqual([
      [2, 3],
      [1, 12],
    ]);
    expect(versions[0]?.contentHash).not.toBe(versions[1]?.contentHash);
  });
});
