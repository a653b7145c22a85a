import { fillWorkspaceWithHits } from '../../support/many-hits.ts';
import { type TestClient, startTestWorld } from '../../support/workspace.ts';

// What a reviewer waits for at 100,000 hits, through dispatch: permission, parsing, SQL, parsing of the answer. The browser
// suite measures the paint on top of it. Run: `npm run bench -- triage`.

const hits = 100_000;
const rounds = 9;

/** The middle and the slowest of some rounds, in milliseconds. */
async function measure(run: () => Promise<unknown>): Promise<{ median: number; worst: number }> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(rounds / 2)] ?? 0, worst: times.at(-1) ?? 0 };
}

async function benchmark(client: TestClient): Promise<string> {
  const { ids } = await client.call('supervision.hitIds');
  let next = 0;
  const some = (count: number) => {
    next += count;
    return ids.slice(next - count, next);
  };
  const lines = [
    `| what, at ${hits.toLocaleString('en-US')} hits | median ms | worst of ${rounds} |`,
    '|---|---|---|',
  ];
  const add = async (what: string, run: () => Promise<unknown>) => {
    const { median, worst } = await measure(run);
    lines.push(`| ${what} | ${median.toFixed(1)} | ${worst.toFixed(1)} |`);
  };
  for (const by of ['severity', 'sentAt', 'term', 'category', 'sender', 'state', 'decidedAt'] as const) {
    await add(`all ids by ${by}`, () => client.call('supervision.hitIds', { sort: { by } }));
    await add(`open ids by ${by}`, () =>
      client.call('supervision.hitIds', { filter: { states: ['open'] }, sort: { by } }),
    );
  }
  await add('ids whose text has two given characters', () =>
    client.call('supervision.hitIds', { filter: { query: '收益' } }),
  );
  await add('ids of one branch', () => client.call('supervision.hitIds', { filter: { branch: '南湖支行' } }));
  await add('100 rows', () => client.call('supervision.hitRows', { ids: some(100) }));
  await add('500 rows', () => client.call('supervision.hitRows', { ids: some(500) }));
  await add('one hit with ±10 messages', () => client.call('supervision.hit', { id: some(1)[0] ?? 0 }));
  await add('decide one hit', () =>
    client.call('supervision.decide', { hitIds: some(1), decision: 'dismissed', reasonCode: 'negated' }),
  );
  await add('decide 500 hits', () =>
    client.call('supervision.decide', { hitIds: some(500), decision: 'confirmed' }),
  );
  await add('decide one hit and take it back', async () => {
    const { dispositionIds } = await client.call('supervision.decide', {
      hitIds: some(1),
      decision: 'escalated',
    });
    await client.call('supervision.undo', { dispositionIds });
  });
  await add('the Home summary', () => client.call('supervision.summary'));
  await add('the filter lists', () => client.call('supervision.facets'));
  return lines.join('\n');
}

const world = await startTestWorld();
try {
  await fillWorkspaceWithHits(world.workspace, hits);
  process.stdout.write(`${await benchmark(await world.signIn('everything'))}\n`);
} finally {
  await world.close();
}
