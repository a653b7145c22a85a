import { join } from 'node:path';

import { CalendarDay } from '../../../src/core/contract/ids.ts';
import { openDatabase } from '../../../src/core/platform/database/connection.ts';
import { databaseFileName } from '../../../src/core/platform/workspace.ts';
import { startTestWorld } from '../../support/workspace.ts';
import { addLeaverFacts } from './leaver-facts.ts';

// A leaver's balance sheet from the click to the answer: reading the records from the database, judging each item, in the handover
// worker. Run: `npm run bench -- sheet`; another number of customers comes as an argument.

const customers = Number(process.argv[2] ?? 20_000);
const world = await startTestWorld();
try {
  const filling = openDatabase(join(world.workspace, databaseFileName), { cacheKibibytes: 262_144 });
  const facts = addLeaverFacts(filling, {
    leaver: 'linyue',
    takers: ['wuhao', 'zhoujie', 'sunqi', 'heping'],
    customers,
    groups: 400,
    otherCustomers: 200_000,
  });
  await filling.close();
  const client = await world.signIn('everything');
  const { id } = await client.call('handovers.open', {
    leaver: 'linyue',
    lastDay: CalendarDay.parse('2026-03-31'),
    takers: ['wuhao', 'zhoujie', 'sunqi', 'heping'].map((taker) => ({ taker })),
  });
  const target = { handoverId: id };
  const rows: string[] = [];
  const measure = async <Answer>(
    name: string,
    ask: () => Promise<Answer>,
    tell: (answer: Answer) => string,
  ) => {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const answer = await ask();
    const seconds = (performance.now() - start) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    rows.push(
      `| ${name} | ${tell(answer)} | ${seconds.toFixed(2)} | ${((user + system) / 1e6).toFixed(2)} |`,
    );
  };
  const sheet = () => client.call('handovers.sheet', { target });
  await measure('sheet, the thread started for it', sheet, ({ classes }) =>
    Object.entries(classes)
      .map(([name, { opening, unexplained }]) => `${name} ${opening} (${unexplained} unexplained)`)
      .join(', '),
  );
  await measure('sheet again', sheet, ({ findings }) => `${findings.length} findings of procedure`);
  await measure(
    '100 rows in the middle, by a taker’s userid',
    () =>
      client.call('handovers.rows', {
        target,
        filter: { class: 'customers', query: 'wuhao' },
        offset: 2_000,
      }),
    ({ total }) => `${total} rows`,
  );
  await client.call('handovers.explain', {
    handoverId: id,
    class: 'customers',
    items: ['wmBench000000'],
    text: '已销户',
  });
  await measure(
    'sheet after an explanation',
    sheet,
    ({ classes }) => `${classes.customers.explained} explained`,
  );
  await measure(
    'report as JSON, timeline included',
    () => client.call('handovers.report', { target }),
    ({ json }) => `${(json.length / 2 ** 20).toFixed(1)} MiB`,
  );
  process.stdout.write(
    `\n| ${customers.toLocaleString('en-US')} customers, 400 groups, ${facts.toLocaleString('en-US')} records of them | | s | CPU s |\n|---|---|---|---|\n${rows.join('\n')}\n`,
  );
} finally {
  await world.close();
}
