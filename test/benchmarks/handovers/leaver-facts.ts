import type { Fact } from '../../../src/core/features/feeds/model.ts';
import type { DatabaseConnection } from '../../../src/core/platform/database/connection.ts';
import { day, dayFact, fact, seedFacts } from '../../support/feeds.ts';
import { createRandom, pick } from '../engine/chat.ts';

/** What feeds say around a large departure: invented, from a seed. */
export interface LeaverFacts {
  readonly leaver: string;
  readonly takers: readonly string[];
  readonly customers: number;
  readonly groups: number;
  /** Customers of others, each in two lists: what a bank has beside the leaver's. */
  readonly otherCustomers: number;
}

/** `wmBench000001`, as leaver-archive.ts names them. */
const customerId = (index: number) => `wmBench${String(index).padStart(6, '0')}`;

/**
 * Puts in three lists of the leaver's, two of each taker's, the list of unassigned customers, transfers with two rounds of results,
 * events, three rounds of groups, and tables of live codes and tasks; answers how many facts of the leaver's there are.
 */
export function addLeaverFacts(connection: DatabaseConnection, size: LeaverFacts): number {
  const random = createRandom(20_260_331);
  const { leaver, takers } = size;
  const takerOf = (index: number) => takers[index % takers.length] ?? '';
  const all = Array.from({ length: size.customers }, (_unused, index) => index);
  let count = 0;
  const add = (name: string, feed: Parameters<typeof seedFacts>[2] & object, facts: readonly Fact[]) => {
    count += seedFacts(connection, facts, { ...feed, name });
  };
  const listOf = (of: string, employee: string, indexes: readonly number[]): readonly Fact[] => [
    dayFact('list', of, { employee }),
    ...indexes.map((index) =>
      dayFact('listed', of, {
        employee,
        item: customerId(index),
        otherAt: day('2024-06-01') + index * 60_000,
        data: { name: `客户${index}`, remark: `备注${index % 97}`, tags: ['VIP', '理财'] },
      }),
    ),
  ];
  for (const date of ['2026-01-05', '2026-02-02', '2026-03-02'])
    add(
      `客户列表-${date}.json`,
      { feed: 'customers' },
      listOf(
        date,
        leaver,
        all.filter((index) => date < '2026-03' || index % 50 > 0),
      ),
    );
  // One in fifty is gone by March: most of them deleted the leaver, some the leaver deleted.
  add(
    'events.jsonl',
    { feed: 'events' },
    all
      .filter((index) => index % 50 === 0 && index % 500 > 0)
      .map((index) =>
        fact('contact-event', {
          at: day('2026-02-10') + index * 1_000,
          employee: leaver,
          item: customerId(index),
          code: index % 200 === 0 ? 'del_external_contact' : 'del_follow_user',
        }),
      ),
  );
  const waiting = all.filter((index) => index % 50 > 0);
  add(
    'unassigned.json',
    { feed: 'unassigned' },
    waiting.map((index) =>
      fact('unassigned', { at: day('2026-03-31') + 64_800_000, employee: leaver, item: customerId(index) }),
    ),
  );
  add(
    'transfer-customer-2026-04-01.json',
    { feed: 'transfer-customer' },
    waiting.map((index) =>
      dayFact('transfer-start', '2026-04-01', {
        employee: leaver,
        taker: takerOf(index),
        item: customerId(index),
        code: index % 333 === 1 ? '40096' : '0',
      }),
    ),
  );
  const started = waiting.filter((index) => index % 333 !== 1);
  const status = new Map(
    started.map((index) => [index, pick(random, ['1', '1', '1', '1', '1', '1', '3', '4', '2']) ?? '1']),
  );
  for (const date of ['2026-04-02', '2026-04-08'])
    add(
      `transfer-result-${date}.json`,
      { feed: 'transfer-result' },
      started.map((index) => {
        const code = date < '2026-04-08' ? '2' : (status.get(index) ?? '1');
        return dayFact('transfer-result', date, {
          employee: leaver,
          taker: takerOf(index),
          item: customerId(index),
          code,
          ...(code === '1' ? { otherAt: day('2026-04-03') } : {}),
        });
      }),
    );
  for (const taker of takers)
    for (const date of ['2026-03-02', '2026-04-10'])
      add(
        `${taker}-${date}.json`,
        { feed: 'customers' },
        listOf(
          date,
          taker,
          date < '2026-04'
            ? []
            : started.filter((index) => status.get(index) === '1' && takerOf(index) === taker),
        ),
      );
  const groups = Array.from({ length: size.groups }, (_unused, index) => `wrBench${index}`);
  for (const date of ['2026-02-02', '2026-03-02', '2026-04-10'])
    add(`groups-${date}.json`, { feed: 'groups' }, [
      dayFact('group-list', date),
      ...groups.map((item, index) =>
        dayFact('group', date, {
          item,
          employee: date < '2026-04' || index % 10 === 0 ? leaver : takerOf(index),
          code: date < '2026-04' ? '0' : index % 10 === 0 ? '1' : '3',
          data: { name: `理财交流群${index}` },
        }),
      ),
    ]);
  for (const date of ['2026-03-02', '2026-04-10']) {
    add(`live-codes-${date}.csv`, { feed: 'live-codes' }, [
      dayFact('live-code-list', date),
      ...Array.from({ length: 60 }, (_unused, index) =>
        dayFact('live-code', date, {
          item: `q${index}`,
          employee: date < '2026-04' ? leaver : takerOf(index),
          code: 'active',
        }),
      ),
    ]);
    add(`tasks-${date}.csv`, { feed: 'sop-tasks' }, [
      dayFact('task-list', date),
      ...Array.from({ length: 3_000 }, (_unused, index) =>
        dayFact('task', date, {
          item: `t${index}`,
          employee: date < '2026-04' || index % 7 === 0 ? leaver : takerOf(index),
          code: date < '2026-04' || index % 3 > 0 ? 'open' : 'done',
          data: { name: `回访${index}` },
        }),
      ),
    ]);
  }
  const own = count;
  for (const date of ['2026-02-03', '2026-03-03'])
    for (let from = 0; from < size.otherCustomers; from += 2_000) {
      const employee = `colleague${from / 2_000}`;
      add(`${employee}-${date}.json`, { feed: 'customers' }, [
        dayFact('list', date, { employee }),
        ...Array.from({ length: Math.min(2_000, size.otherCustomers - from) }, (_unused, index) =>
          dayFact('listed', date, {
            employee,
            item: `wmOther${from + index}`,
            data: { name: `他人${index}` },
          }),
        ),
      ]);
    }
  return own;
}
