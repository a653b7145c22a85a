import { join } from 'node:path';

import type { Fact } from '../../../src/core/features/feeds/model.ts';
import { type DatabaseConnection, openDatabase } from '../../../src/core/platform/database/connection.ts';
import { databaseFileName } from '../../../src/core/platform/workspace.ts';
import { type Raw, jsonLines, message, text } from '../../support/archive-fixtures.ts';
import { day, dayFact, fact, seedFacts } from '../../support/feeds.ts';
import { accountsOnly, type WorkspaceForTests } from '../../support/workspace.ts';

// Departures as the feeds tell of them. Invented people.

export const leaver = 'zhou.mingyuan';
export const takers = ['lin.xiaoyu', 'he.jing'] as const;
export const lastDay = '2026-11-13';

const employees = [
  [leaver, '周明远', '城南支行'],
  ['lin.xiaoyu', '林晓雨', '城南支行'],
  ['he.jing', '何静', '城南支行'],
  ['gao.wei', '高维', '滨江支行'],
  ['tang.lei', '唐磊', '滨江支行'],
] as const;

const surnames = '赵钱孙李周吴郑王冯陈';
const given = ['建国', '秀英', '伟', '敏', '丽华', '强', '静怡', '子涵', '文博', '海燕'];

const customerId = (index: number) => `wmA${String(index).padStart(6, '0')}`;
const customerName = (index: number) =>
  `${surnames[index % 10] ?? ''}${given[Math.floor(index / 10) % 10] ?? ''}${index >= 100 ? index : ''}`;

/** Every way that a customer can go, in turn: of each ten, five are taken over. */
function customerFacts(count: number): {
  readonly feed: 'customers' | 'transfer-customer' | 'transfer-result' | 'events';
  readonly fact: Fact;
}[] {
  const facts: ReturnType<typeof customerFacts> = [
    { feed: 'customers', fact: dayFact('list', '2026-11-01', { employee: leaver }) },
  ];
  for (let index = 0; index < count; index += 1) {
    const item = customerId(index);
    const taker = takers[index % 2] ?? takers[0];
    facts.push({ feed: 'customers', fact: dayFact('listed', '2026-11-01', { employee: leaver, item }) });
    const kind = index % 10;
    const started = day('2026-11-16') + 3_600_000 * 9;
    if (kind < 8)
      facts.push({
        feed: 'transfer-customer',
        fact: fact('transfer-start', { employee: leaver, item, taker, code: '0', at: started }),
      });
    const status = kind < 5 ? '1' : kind === 5 ? '2' : kind === 6 ? '3' : '4';
    if (kind < 8)
      facts.push({
        feed: 'transfer-result',
        fact: fact('transfer-result', {
          employee: leaver,
          item,
          taker,
          code: status,
          at: started + 86_400_000 * 2,
          ...(status === '1' ? { otherAt: started + 86_400_000 } : {}),
        }),
      });
    // Two records that can't both be true.
    if (index % 50 === 0)
      facts.push({
        feed: 'transfer-result',
        fact: fact('transfer-result', {
          employee: leaver,
          item,
          taker,
          code: '3',
          at: started + 86_400_000 * 3,
        }),
      });
    if (kind === 8)
      facts.push({
        feed: 'events',
        fact: fact('contact-event', {
          employee: leaver,
          item,
          code: index % 20 === 8 ? 'del_external_contact' : 'del_follow_user',
          at: day('2026-11-10') + 3_600_000 * 15,
        }),
      });
  }
  return facts;
}

function seedDeparture(connection: DatabaseConnection, customers: number): void {
  const person = connection.handle.prepare(
    `INSERT INTO people (external_id, kind, name, branch, position, updated_at) VALUES (?, ?, ?, ?, NULL, 0)`,
  );
  connection.handle.transaction(() => {
    for (const [userid, name, branch] of employees) person.run(userid, 'employee', name, branch);
    for (let index = 0; index < customers; index += 1)
      person.run(customerId(index), 'customer', customerName(index), null);
  })();
  const facts = customerFacts(customers);
  const names = {
    customers: '客户列表-20261101.json',
    'transfer-customer': '发起接替.json',
    'transfer-result': '接替结果.json',
    events: '企业微信事件.jsonl',
  } as const;
  for (const feed of ['customers', 'transfer-customer', 'transfer-result', 'events'] as const)
    seedFacts(
      connection,
      facts.filter((each) => each.feed === feed).map((each) => each.fact),
      { name: names[feed], feed },
    );
  seedFacts(
    connection,
    Array.from({ length: 6 }, (_each, index) =>
      dayFact('group', '2026-11-16', {
        employee: leaver,
        item: `wrG${index}`,
        code: index === 5 ? '1' : '0',
        data: { name: `理财交流${index + 1}群` },
      }),
    ),
    { name: '客户群-20261116.json', feed: 'groups' },
  );
  seedFacts(
    connection,
    [
      dayFact('group', '2026-11-20', { employee: 'tang.lei', item: 'wrT1', code: '1' }),
      dayFact('group-list', '2026-11-20'),
    ],
    { name: '客户群-20261120.json', feed: 'groups' },
  );
  seedFacts(
    connection,
    [dayFact('departure', '2026-11-25', { employee: 'gao.wei', data: { reason: '调离' } })],
    { name: '离职名单.csv', feed: 'roster' },
  );
}

/** What the leaver and the first taker wrote: a way out of the bank, promises kept and not, and the first words of the taker. */
export function departureChat(): string {
  let count = 0;
  const at = (when: string) => Date.parse(`${when}:00+08:00`);
  const next = () => `departure-${String((count += 1)).padStart(4, '0')}`;
  const said = (from: string, to: string, when: string, words: string): Raw =>
    text(next(), words, { from, tolist: [to], msgtime: at(when) });
  const out = said(leaver, customerId(1), '2026-11-08T10:05', '您加我私人微信，这边说话不方便');
  const messages: readonly Raw[] = [
    said(leaver, customerId(1), '2026-10-10T09:00', '钱女士您好，最近有新的理财产品'),
    out,
    message(
      next(),
      'revoke',
      { pre_msgid: out['msgid'] },
      { from: leaver, tolist: [customerId(1)], msgtime: at('2026-11-08T10:09'), action: 'recall' },
    ),
    message(
      next(),
      'card',
      { corpname: '微信', userid: 'wmZhouHimself' },
      { from: leaver, tolist: [customerId(2)], msgtime: at('2026-11-09T10:00') },
    ),
    message(
      next(),
      'file',
      {
        filename: '客户名单11月.xlsx',
        fileext: 'xlsx',
        filesize: 20_000,
        md5sum: '0'.repeat(32),
        sdkfileid: 'x',
      },
      { from: leaver, tolist: ['wmZhouHimself'], msgtime: at('2026-11-09T21:00') },
    ),
    said(leaver, customerId(3), '2026-11-12T10:20', '李先生，下周一给您送合同。电话13912345678'),
    said(leaver, customerId(4), '2026-11-02T10:20', '周三给您回电话'),
    said(customerId(5), leaver, '2026-11-03T11:00', '我那笔理财12月15日到期'),
    said(leaver, customerId(5), '2026-11-03T11:20', '好的，到期后给您转存'),
    said(customerId(6), leaver, '2026-11-10T09:00', '你们再不处理我要投诉'),
    said('lin.xiaoyu', customerId(0), '2026-11-18T09:30', '赵先生您好，我是接替周明远的林晓雨'),
    said(customerId(0), 'lin.xiaoyu', '2026-11-18T09:40', '好的，知道了'),
    said('lin.xiaoyu', customerId(2), '2026-11-19T09:30', '孙女士您好，以后由我为您服务'),
  ];
  return jsonLines(messages);
}

/** A leaver of this many customers with every outcome among them, and two more who seem to leave. Accounts as always. */
export function departure(customers: number): WorkspaceForTests {
  return {
    password: accountsOnly.password,
    async prepare(directory, clock) {
      await accountsOnly.prepare(directory, clock);
      const connection = openDatabase(join(directory, databaseFileName));
      try {
        seedDeparture(connection, customers);
      } finally {
        await connection.close();
      }
    },
  };
}
