import { join } from 'node:path';

import { createApp } from '../../../src/core/app.ts';
import { createLog } from '../../../src/core/platform/log.ts';
import { openDatabase } from '../../../src/core/platform/database/connection.ts';
import { databaseFileName } from '../../../src/core/platform/workspace.ts';
import { addPromotions } from '../../support/many-promotions.ts';
import { alterations, approvedTexts } from '../../support/published-texts.ts';
import {
  cheapPasswords,
  createClient,
  createTestWorkspace,
  resources,
  temporaryFolder,
  testPassword,
} from '../../support/workspace.ts';

// A run over the archive, and checks of single texts, against 10,000 approved texts. Run: `npm run bench -- publication`.

const messages = Number(process.env['COUNTERSIGN_BENCH_MESSAGES'] ?? 1_000_000);
const approvals = 10_000;
/** One message in so many is an approved text with other figures in it. */
const every = 50;

const folder = await temporaryFolder();
try {
  const workspace = join(folder.path, 'workspace');
  await createTestWorkspace(workspace);
  const filling = openDatabase(join(workspace, databaseFileName));
  addPromotions(filling.handle, messages, every, approvals);
  await filling.close();
  const app = await createApp({
    home: folder.path,
    workspace,
    resources,
    version: '0.0.0-bench',
    log: createLog('silent'),
    passwordCost: cheapPasswords,
  });
  const client = createClient(app);
  await client.call('users.signIn', { userName: 'everything', password: testPassword });
  let highest = 0;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 100);

  const begun = performance.now();
  await client.call('publication.startRun');
  await app.idle();
  const seconds = (performance.now() - begun) / 1_000;
  clearInterval(watch);
  const [run] = await client.call('publication.runs');

  const check = async (text: string) => {
    const started = performance.now();
    await client.call('publication.check', { source: { kind: 'text', text } });
    return performance.now() - started;
  };
  const asked = [...alterations(approvedTexts(200), 5)].map(({ text }) => text);
  const first = await check(asked[0] ?? '');
  const times: number[] = [];
  // One after another, as people ask.
  // oxlint-disable-next-line no-await-in-loop
  for (const text of asked) times.push(await check(text));
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  process.stdout.write(
    `| | |
|---|---|
| messages, approved texts | ${messages}, ${approvals} |
| promotional, findings | ${run?.promotional}, ${run?.findings} |
| run | ${seconds.toFixed(1)} s |
| highest memory of the process | ${Math.round(highest / 2 ** 20)} MiB |
| first check, which reads the approved texts | ${first.toFixed(0)} ms |
| ${times.length} checks with diff, median and 95th percentile | ${at(0.5)} ms, ${at(0.95)} ms |
`,
  );
  await app.close();
} finally {
  await folder.remove();
}
