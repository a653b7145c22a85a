import { createApp } from '../../src/core/app.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { cheapPasswords, createClient, resources, testPassword } from './workspace.ts';

// A process of its own that holds a workspace's archive against what is approved, for tests that kill it:
// `node publication-child.ts WORKSPACE`.

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
await client.call('publication.startRun', {});
await app.idle();
await app.close();
