import { createReadStream } from 'node:fs';

import { createApp } from '../../src/core/app.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { cheapPasswords, createClient, resources, testPassword } from './workspace.ts';

// A process of its own that imports a file into a workspace, or goes on with what was interrupted, for tests that kill it:
// `node import-child.ts WORKSPACE [FILE]`.

const [workspace = '', file] = process.argv.slice(2);
const app = await createApp({
  home: workspace,
  workspace,
  resources,
  version: '0.0.0-test',
  log: createLog('silent'),
  passwordCost: cheapPasswords,
});
if (file !== undefined) {
  const client = createClient(app);
  await client.call('users.signIn', { userName: 'everything', password: testPassword });
  const { blobDirectory } = await app.prepareUpload(client.caller());
  const { id } = await createBlobStore(blobDirectory).write(createReadStream(file));
  await client.call('archive.startImport', { files: [{ blobId: id, name: 'killed.jsonl' }], kind: 'chat' });
}
await app.idle();
await app.close();
