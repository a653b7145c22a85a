import { join } from 'node:path';

import { CalendarDay } from '../../../src/core/contract/ids.ts';
import { openDatabase } from '../../../src/core/platform/database/connection.ts';
import { prepareHandoverMessages } from '../../../src/core/platform/database/sqlite/handover-messages.ts';
import { databaseFileName } from '../../../src/core/platform/workspace.ts';
import { startTestWorld } from '../../support/workspace.ts';
import { addLeaverArchive } from './leaver-archive.ts';
import { addLeaverFacts } from './leaver-facts.ts';

// A leaver's timeline from the click to the answer: reading every message of the window from the database, screening for words
// in all disguises, finding promises and complaints, detecting, in the handover worker.
// Run: `npm run bench -- timeline`; another number of messages comes as an argument.

const messages = Number(process.argv[2] ?? 1_000_000);
const world = await startTestWorld();
try {
  const filling = openDatabase(join(world.workspace, databaseFileName), { cacheKibibytes: 262_144 });
  addLeaverArchive(filling.handle, {
    leaver: 'linyue',
    customers: 20_000,
    groups: 400,
    messages,
    otherMessages: Math.round(messages / 2),
    lastDayEnd: Date.parse('2026-04-01T00:00:00+08:00'),
  });
  const takers = ['wuhao', 'zhoujie'];
  addLeaverFacts(filling, { leaver: 'linyue', takers, customers: 20_000, groups: 400, otherCustomers: 0 });
  // As it is some time after an import: what was written lies in the database's own file.
  filling.handle.pragma('wal_checkpoint(TRUNCATE)');
  await filling.close();
  const client = await world.signIn('everything');
  const { id } = await client.call('handovers.open', {
    leaver: 'linyue',
    lastDay: CalendarDay.parse('2026-03-31'),
    takers: takers.map((taker) => ({ taker })),
  });
  const before = process.resourceUsage().maxRSS;
  const measure = async <Answer>(
    name: string,
    ask: () => Promise<Answer>,
    tell: (answer: Answer) => string,
  ) => {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const answer = await ask();
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return `| ${name} | ${tell(answer)} | ${seconds.toFixed(2)} | ${((user + system) / 1e6).toFixed(2)} |`;
  };
  const reading = openDatabase(join(world.workspace, databaseFileName), { readonly: true });
  const readAll = () => {
    const source = prepareHandoverMessages(reading);
    const leaver = source.person('linyue');
    const conversations = leaver === null ? [] : source.conversations(leaver.id, 0, Number.MAX_SAFE_INTEGER);
    let units = 0;
    for (const batch of source.read(
      conversations.map((each) => each.id),
      0,
      Number.MAX_SAFE_INTEGER,
    ))
      for (const row of batch) units += row[5].length;
    return Promise.resolve(units);
  };
  /** A billion additions: what the machine has left for anybody. */
  const count = () => {
    let sum = 0;
    for (let index = 0; index < 1e9; index += 1) sum += index;
    return Promise.resolve(sum);
  };
  const timeline = () => client.call('handovers.timeline', { id });
  const rows = [
    `| ${messages.toLocaleString('en-US')} messages | found | s | CPU s |`,
    '|---|---|---|---|',
    await measure('a billion additions', count, () => '–'),
    await measure(
      'the same messages read, nothing done with them',
      readAll,
      (units) => `${units.toLocaleString('en-US')} characters`,
    ),
    await measure(
      'timeline, the thread started and the words compiled for it',
      timeline,
      (answer) =>
        `${answer.messages.toLocaleString('en-US')} messages read, ${answer.findings.length} findings, ${answer.days.length} days`,
    ),
    await measure('timeline again', timeline, (answer) => `${answer.findings.length} findings`),
    await measure(
      'promises',
      () => client.call('handovers.promises', { id }),
      ({ promises, counts }) => `${promises.length} listed, ${counts.open} open`,
    ),
    await measure(
      'continuity, with the balance sheet that it rests on',
      () => client.call('handovers.continuity', { id }),
      ({ totals }) => `${totals.customers.toLocaleString('en-US')} customers taken over`,
    ),
  ];
  await reading.close();
  process.stdout.write(`${rows.join('\n')}\n`);
  const grown = (process.resourceUsage().maxRSS - before) / 1024;
  process.stdout.write(`Peak memory beyond what the app had: ${Math.round(grown)} MB\n`);
} finally {
  await world.close();
}
