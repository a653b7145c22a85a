import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { Milliseconds } from '../../../contract/ids.ts';
import type { Fact } from '../../../features/feeds/model.ts';
import { fact, seedFacts } from '../../../../../test/support/feeds.ts';
import { temporaryFolder } from '../../../../../test/support/workspace.ts';
import { type DatabaseConnection, migrate, openDatabase } from '../connection.ts';
import {
  selectFactsOfEmployees,
  selectFactsOfItems,
  selectFactsOfKinds,
  selectFactsOfLeaver,
} from './fact-store.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let connection: DatabaseConnection;
let databases = 0;

async function newDatabase(): Promise<DatabaseConnection> {
  databases += 1;
  const opened = openDatabase(`${folder.path}/${databases}.sqlite`);
  await migrate(opened);
  return opened;
}

beforeEach(async () => {
  folder = await temporaryFolder();
  connection = await newDatabase();
});
afterEach(async () => {
  await connection.close();
  await folder.remove();
});

const withoutId = (facts: readonly { readonly id: number }[]) => facts.map((found) => ({ ...found, id: 0 }));

describe('facts', () => {
  test('come back as they were stored, with their source', () => {
    const whole: Fact = {
      kind: 'transfer-result',
      employee: 'wanglei',
      item: 'wmA',
      taker: 'lina',
      at: Milliseconds.parse(1_775_000_000_000),
      wholeDay: false,
      code: '3',
      detail: 'customer_refused',
      otherAt: Milliseconds.parse(1_775_000_000_001),
      data: { tags: ['VIP', '理财'], name: '王女士', vip: true, none: null, count: 3 },
    };
    expect(seedFacts(connection, [whole], { name: 'a.json', feed: 'transfer-result' })).toBe(1);
    expect(withoutId(selectFactsOfKinds(connection, ['transfer-result']))).toEqual([
      { ...whole, id: 0, file: 'a.json', feed: 'transfer-result', line: 1 },
    ]);
  });

  test('that two files state are one, named after the file that comes first, in any order of imports', async () => {
    const files = ['b.json', 'a.json', 'c.json'];
    const listed = [
      fact('listed', { employee: 'wanglei', item: 'wmA' }),
      fact('listed', { employee: 'wanglei', item: 'wmB', data: { name: '乙', remark: '' } }),
      fact('listed', { employee: 'wanglei', item: 'wmB', data: { remark: '', name: '乙' } }),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(files, { minLength: 3 }),
        fc.shuffledSubarray(listed, { minLength: 3 }),
        async (order, facts) => {
          const own = await newDatabase();
          const added = order.map((name) => seedFacts(own, facts, { name, lines: facts.map(lineOf) }));
          expect(added).toEqual([2, 0, 0]);
          expect(
            selectFactsOfLeaver(own, 'wanglei').map(({ item, file, line }) => [item, file, line]),
          ).toEqual(
            expect.arrayContaining([
              ['wmA', 'a.json', 1],
              ['wmB', 'a.json', 2],
            ]),
          );
          await own.close();
        },
      ),
      { numRuns: 8 },
    );
    function lineOf(one: Fact): number {
      return listed.indexOf(one) + 1;
    }
  });

  test('of a leaver are those of the leaver and all of the items that were ever the leaver’s', () => {
    seedFacts(connection, [
      fact('list', { employee: 'wanglei' }),
      fact('listed', { employee: 'wanglei', item: 'wmA' }),
      fact('transfer-start', { employee: 'zhangwei', item: 'wmB', taker: 'wanglei' }),
      fact('listed', { employee: 'lina', item: 'wmA' }),
      fact('contact-event', { taker: 'lina', item: 'wmA', code: 'transfer_fail' }),
      fact('listed', { employee: 'lina', item: 'wmB' }),
      fact('listed', { employee: 'lina', item: 'wmC' }),
      fact('list', { employee: 'lina' }),
      fact('group', { item: 'wrA', code: '1' }),
    ]);
    const found = selectFactsOfLeaver(connection, 'wanglei').map(({ kind, employee, item, taker }) =>
      [kind, employee ?? '-', item ?? '-', taker ?? '-'].join(' '),
    );
    expect(found.toSorted()).toEqual([
      'contact-event - wmA lina',
      'list wanglei - -',
      'listed lina wmA -',
      'listed lina wmB -',
      'listed wanglei wmA -',
      'transfer-start zhangwei wmB wanglei',
    ]);
    const lists = selectFactsOfEmployees(connection, ['lina', 'nobody'], ['list']);
    expect(lists.map(({ employee }) => employee)).toEqual(['lina']);
    expect(selectFactsOfItems(connection, ['wrA', 'wmC'], ['group']).map(({ item }) => item)).toEqual([
      'wrA',
    ]);
  });

  test('come in order of time whatever the order of insertion', () => {
    const facts = [3, 1, 2].map((at) => fact('list', { employee: 'a', at }));
    seedFacts(connection, facts);
    expect(selectFactsOfKinds(connection, ['list']).map(({ at }) => at)).toEqual([1, 2, 3]);
  });
});
