import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { contentOf } from '../support/materials.ts';
import { addPerson, decide, publishTemplate, stageOf, submitMaterial } from '../support/reviews.ts';
import { type TestClient, type TestWorld, startTestWorld, testClock } from '../support/workspace.ts';

const clock = testClock(Date.UTC(2026, 10, 27, 2));
let world: TestWorld;
let editor: TestClient;
let approver: TestClient;
let anna: Awaited<ReturnType<typeof addPerson>>;

beforeAll(async () => {
  world = await startTestWorld({ clock, schedule: () => () => {} });
  const admin = await world.signIn('admin');
  editor = await world.signIn('editor');
  approver = await world.signIn('approver');
  anna = await addPerson(world, admin, 'anna', ['reviewer']);
  const approvers = { users: [], roles: ['approver' as const], branch: 'any' as const };
  await publishTemplate(admin, [
    stageOf('compliance', { deadlineHours: 8 }),
    stageOf('approval', { assignees: approvers }),
  ]);
});

afterAll(() => world.close());

const submit = (title: string, risk: 'low' | 'high' = 'low') =>
  submitMaterial(world, editor, { content: contentOf('moments-post', title, [title]), risk });
const titles = async (client: TestClient, input: Parameters<typeof client.call<'reviews.queue'>>[1]) =>
  (await client.call('reviews.queue', input)).rows.map(({ title }) => title);

describe('the queue', () => {
  test('tells what is mine, late, with others, and done', async () => {
    const first = await submit('甲：存款', 'high');
    clock.advance(1_000);
    const second = await submit('乙：基金');
    expect(await titles(anna, { tab: 'mine' })).toEqual(['甲：存款', '乙：基金']);
    expect(await titles(editor, { tab: 'mine' })).toEqual([]);
    expect(await titles(editor, { tab: 'waiting' })).toEqual(['甲：存款', '乙：基金']);
    await decide(anna, first.reviewId, 'approve');
    expect(await titles(anna, { tab: 'mine' })).toEqual(['乙：基金']);
    expect(await titles(anna, { tab: 'waiting' })).toEqual(['甲：存款']);
    // Without a deadline it comes last.
    expect(await titles(anna, { tab: 'all' })).toEqual(['乙：基金', '甲：存款']);
    expect(await titles(approver, { tab: 'mine' })).toEqual(['甲：存款']);
    expect(await titles(anna, { tab: 'all', filter: { text: '存款' } })).toEqual(['甲：存款']);
    expect(await titles(anna, { tab: 'all', filter: { risks: ['low'] } })).toEqual(['乙：基金']);
    const { rows } = await anna.call('reviews.queue', { tab: 'mine' });
    expect(rows[0]).toMatchObject({
      stageName: 'compliance',
      overdue: false,
      mine: true,
      deadlineAt: Date.UTC(2026, 10, 30, 2) + 1_000,
      submittedBy: { name: 'editor' },
    });
    expect(rows[0]?.waitingFor.map(({ name }) => name)).toContain('anna');
    await decide(approver, first.reviewId, 'approve');
    expect(await titles(anna, { tab: 'done' })).toEqual(['甲：存款']);
    expect(await anna.call('reviews.counts')).toEqual({ mine: 1, overdue: 0, waiting: 0, all: 1 });
    expect((await anna.call('reviews.ofMaterial', { materialId: second.materialId })).length).toBe(1);
  });

  test('shows its first page of ten thousand running reviews without a wait', async () => {
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    const { handle } = connection;
    const hash = 'a'.repeat(64);
    // Rows as submission makes them, ten thousand times: through dispatch it would take a quarter of an hour.
    handle.transaction(() => {
      const user = handle
        .prepare<[], { id: string }>(`SELECT id FROM users WHERE user_name = 'editor'`)
        .get();
      const template = handle.prepare<[], { id: string }>('SELECT id FROM workflow_template_versions').get();
      const material =
        handle.prepare(`INSERT INTO materials (id, type, state, title, title_key, channels, branch, campaign,
        product_name, created_by, created_at, updated_by, updated_at) VALUES (?, 'moments-post', 'in-review', ?, ?, ',', '', '', '', ?, 1, ?, 1)`);
      const version =
        handle.prepare(`INSERT INTO material_versions (id, material_id, number, title, content, content_hash,
        exemptions, exemption_count, note, created_by, created_at) VALUES (?, ?, 1, ?, '{}', ?, '[]', 0, '', ?, 1)`);
      const review =
        handle.prepare(`INSERT INTO reviews (id, material_id, template_version_id, risk, branch, state, version_id,
        stage_key, stage_opened_at, deadline_at, submitted_by, opened_at, updated_at)
        VALUES (?, ?, ?, 'low', '', 'running', ?, 'compliance', 1, ?, ?, ?, 1)`);
      const seat = handle.prepare('INSERT INTO review_seats (review_id, user_id) VALUES (?, ?)');
      for (let index = 0; index < 10_000; index += 1) {
        const id = (kind: number) => `0190000${kind}-0000-7000-8000-${String(index).padStart(12, '0')}`;
        const title = `第 ${index} 期`;
        material.run(id(1), title, title, user?.id, user?.id);
        version.run(id(2), id(1), title, hash, user?.id);
        review.run(
          id(3),
          id(1),
          template?.id,
          id(2),
          clock.now() + ((index * 7_919) % 10_000) * 1_000 - 1_000_000,
          user?.id,
          index,
        );
        if (index % 3 === 0) seat.run(id(3), anna.id);
      }
    })();
    await connection.close();
    const started = performance.now();
    const mine = await anna.call('reviews.queue', { tab: 'mine' });
    const all = await anna.call('reviews.queue', { tab: 'all', offset: 5_000 });
    const late = await anna.call('reviews.queue', { tab: 'overdue', filter: { text: '第 1' } });
    const counts = await anna.call('reviews.counts');
    const took = performance.now() - started;
    expect(mine.total).toBe(counts.mine);
    expect(counts.mine).toBeGreaterThan(3_300);
    expect(all.total).toBe(10_001);
    expect(all.rows).toHaveLength(100);
    const deadlines = all.rows.map(({ deadlineAt }) => deadlineAt ?? 0);
    expect(deadlines).toEqual(deadlines.toSorted((a, b) => a - b));
    expect(late.rows.every(({ overdue, title }) => overdue && title.includes('第 1'))).toBe(true);
    // Seven queries over all of it, on a busy machine: a person waits for one.
    expect(took).toBeLessThan(2_000);
  });
});
