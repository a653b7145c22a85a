import { afterEach, expect, test } from 'vitest';

import { demo } from '../support/prepared.ts';
import { type TestWorld, startTestWorld } from '../support/workspace.ts';

const worlds: TestWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

test('copies of a prepared workspace are whole, and each its own', async () => {
  // Asked for at once: one makes it, the other waits for it.
  worlds.push(...(await Promise.all([startTestWorld({}, demo), startTestWorld({}, demo)])));
  const [one, other] = await Promise.all(worlds.map((world) => world.signIn('reviewer')));
  if (one === undefined || other === undefined) throw new Error('two worlds were started');
  const { messages } = await one.call('archive.summary');
  expect(messages).toBeGreaterThanOrEqual(19_000);
  expect(await other.call('archive.summary')).toMatchObject({ messages });

  const before = await other.call('supervision.summary', {});
  const { ids } = await one.call('supervision.hitIds', { filter: { states: ['open'] } });
  expect(before.openBySeverity.reduce((sum, entry) => sum + entry.count, 0)).toBe(ids.length);
  await one.call('supervision.decide', { hitIds: ids.slice(0, 1), decision: 'confirmed' });
  expect((await one.call('supervision.summary', {})).confirmed).toBe(before.confirmed + 1);
  expect(await other.call('supervision.summary', {})).toEqual(before);
});
