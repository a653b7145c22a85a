import { createReadStream } from 'node:fs';

import { createApp } from '../../src/core/app.ts';
import { ImportKind } from '../../src/core/features/archive/contract.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { cheapPasswords, createClient, resources, testPassword } from './workspace.ts';

// A process of its own that imports a file into a workspace, or goes on with what was interrupted, for tests that kill it:
// `node import-child.ts WORKSPACE [FILE [KIND]]`.

const [workspace = '', file, kind = 'chat'] = process.argv.slice(2);
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
  await client.call('archive.startImport', {
    files: [{ blobId: id, name: 'killed.jsonl' }],
    kind: ImportKind.parse(kind),
  });
}
await app.idle();
await app.close();
