import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { openDatabase } from '../../../src/core/platform/database/connection.ts';
import { databaseFileName } from '../../../src/core/platform/workspace.ts';
import { addLexicon, addMessages, manyTerms } from '../../support/many-hits.ts';
import { type TestClient, type TestWorld, startTestWorld } from '../../support/workspace.ts';

// A whole screening run from the click to the last hit stored: reading the archive, scanning in worker threads, storing.
// Run: `npm run bench -- screening`; another number of messages comes as an argument.

const messages = Number(process.argv[2] ?? 1_000_000);
const termCount = 20_000;

/** Invented terms beside those that the archive says, so that the matcher has a real lexicon's size. */
function lexicon(): readonly string[] {
  const parts = [...manyTerms.map((term) => term.slice(0, 2)), ...manyTerms.map((term) => term.slice(2))];
  const invented = new Set(manyTerms);
  for (let index = 0; invented.size < termCount; index += 1) {
    invented.add(
      `${parts[index % parts.length]}${parts[(index * 7 + 3) % parts.length]}${index.toString(36)}`,
    );
  }
  return [...invented];
}

async function run(world: TestWorld, client: TestClient, input: { onlyNew: boolean }): Promise<string> {
  const before = process.cpuUsage();
  const start = performance.now();
  const { id } = await client.call('supervision.startScreening', input);
  await world.app.idle();
  const seconds = (performance.now() - start) / 1000;
  const cpu = process.cpuUsage(before);
  const finished = (await client.call('supervision.runs')).find((entry) => entry.id === id);
  const rate = Math.round((finished?.messages ?? 0) / seconds);
  return [
    finished?.messages.toLocaleString('en-US'),
    finished?.hits.toLocaleString('en-US'),
    seconds.toFixed(1),
    ((cpu.user + cpu.system) / 1e6).toFixed(1),
    rate.toLocaleString('en-US'),
    Math.round(process.resourceUsage().maxRSS / 1024).toLocaleString('en-US'),
  ].join(' | ');
}

const world = await startTestWorld();
try {
  const filling = openDatabase(join(world.workspace, databaseFileName), { cacheKibibytes: 131_072 });
  addLexicon(filling.handle, lexicon());
  addMessages(filling.handle, { messages, termEvery: 200 });
  await filling.close();
  const client = await world.signIn('everything');
  const rows = [
    `| run (${termCount.toLocaleString('en-US')} terms, ${availableParallelism()} cores) | messages | new hits | s | CPU s | messages/s | peak MB |`,
    '|---|---|---|---|---|---|---|',
    `| the first | ${await run(world, client, { onlyNew: true })} |`,
    `| all of it again | ${await run(world, client, { onlyNew: false })} |`,
    `| nothing new | ${await run(world, client, { onlyNew: true })} |`,
  ];
  process.stdout.write(`${rows.join('\n')}\n`);
} finally {
  await world.close();
}
