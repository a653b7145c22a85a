import { createApp } from '../../src/core/app.ts';
import { LexiconVersionId } from '../../src/core/contract/ids.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { cheapPasswords, createClient, resources, testPassword } from './workspace.ts';

// A process of its own that backtests a draft, for tests that kill it: `node backtest-child.ts WORKSPACE VERSION`.

const workspace = process.argv[2] ?? '';
const app = await createApp({
  home: workspace,
  workspace,
  resources,
  version: '0.0.0-test',
  log: createLog('silent'),
  passwordCost: cheapPasswords,
});
const client = createClient(app);
await client.call('users.signIn', { userName: 'everything', password: testPassword });
await client.call('lexicons.startBacktest', { versionId: LexiconVersionId.parse(process.argv[3]) });
await app.idle();
await app.close();
