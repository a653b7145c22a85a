import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { CalendarDay } from '../../src/core/contract/ids.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { databaseFileName } from '../../src/core/platform/workspace.ts';
import { day, dayFact, fact, seedFacts } from '../support/feeds.ts';
import { type TestClient, type TestWorld, startTestWorld } from '../support/workspace.ts';

let world: TestWorld;
let reviewer: TestClient;

beforeAll(async () => {
  world = await startTestWorld();
  const connection = openDatabase(join(world.workspace, databaseFileName));
  try {
    seedFacts(
      connection,
      [
        dayFact('list', '2026-03-02', { employee: 'lina' }),
        dayFact('listed', '2026-03-02', { employee: 'lina', item: 'wmZhao' }),
      ],
      { name: '客户-3月2日.json', feed: 'customers' },
    );
    seedFacts(
      connection,
      [
        // What the leaver had, now in the taker's list; and somebody of whom the leaver knew nothing.
        dayFact('listed', '2026-04-02', { employee: 'wuhao', item: 'wmZhao' }),
        dayFact('listed', '2026-04-02', { employee: 'wuhao', item: 'wmStranger' }),
      ],
      { name: '客户-4月2日.json', feed: 'customers' },
    );
    seedFacts(
      connection,
      [
        fact('transfer-result', {
          employee: 'lina',
          taker: 'wuhao',
          item: 'wmZhao',
          code: '1',
          at: day('2026-04-01'),
        }),
      ],
      { name: '结果.json', feed: 'transfer-result' },
    );
    seedFacts(connection, [dayFact('listed', '2026-04-02', { employee: 'gaowei', item: 'wmOther' })], {
      name: '别人的.json',
      feed: 'customers',
    });
  } finally {
    await connection.close();
  }
  reviewer = await world.signIn('reviewer');
});

afterAll(() => world.close());

test('names the files that say something of the leaver or of what they had, and no other', async () => {
  const { id } = await reviewer.call('handovers.open', {
    leaver: 'lina',
    lastDay: CalendarDay.parse('2026-03-31'),
  });
  const { files } = await reviewer.call('handovers.evidence', { id });
  expect(files.map(({ feed, name, facts }) => [feed, name, facts])).toEqual([
    ['customers', '客户-4月2日.json', 1],
    ['customers', '客户-3月2日.json', 2],
    ['transfer-result', '结果.json', 1],
  ]);
  const imports = await reviewer.call('archive.imports', {});
  for (const { importId, first, last } of files) {
    expect(imports.map((view) => view.id)).toContain(importId);
    expect(first).toBeLessThanOrEqual(last);
  }
  const editor = await world.signIn('editor');
  expect(await editor.code('handovers.evidence', { id })).toBe('not-found');
});
