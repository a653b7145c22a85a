import { createReadStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { createApp } from '../../../src/core/app.ts';
import { createBlobStore } from '../../../src/core/platform/blobs/index.ts';
import { createLog } from '../../../src/core/platform/log.ts';
import { createClient, createTestWorkspace, resources, testPassword } from '../../support/workspace.ts';

// One import as the app does it, in a process of its own, so that its memory is its own: `node import-child.ts FILE`.
// Prints seconds, phases, counts and peak memory as JSON. The time is that of the job; uploading comes before it.

const [file = ''] = process.argv.slice(2);
const directory = await mkdtemp(join(dirname(file), 'workspace-'));
try {
  const workspace = join(directory, 'workspace');
  await createTestWorkspace(workspace);
  const app = await createApp({
    home: directory,
    workspace,
    resources,
    version: '0.0.0-bench',
    log: createLog(),
  });
  const client = createClient(app);
  await client.call('users.signIn', { userName: 'everything', password: testPassword });
  const { blobDirectory } = await app.prepareUpload(client.caller());
  const { id } = await createBlobStore(blobDirectory).write(createReadStream(file));

  const phases: Record<string, number> = {};
  let phase = 'start';
  const started = performance.now();
  let since = started;
  const enter = (next: string) => {
    const now = performance.now();
    phases[phase] = (phases[phase] ?? 0) + (now - since) / 1000;
    phase = next;
    since = now;
  };
  app.subscribe(client.caller(), (event) => {
    if (event.type === 'job' && event.job.progress !== null && event.job.progress.phase !== phase) {
      enter(event.job.progress.phase);
    }
  });
  const { id: importId } = await client.call('archive.startImport', {
    files: [{ blobId: id, name: 'archive.jsonl' }],
    kind: 'chat',
  });
  await app.idle();
  enter('end');
  const { state, read, imported, duplicates, quarantined } = await client.call('archive.import', {
    id: importId,
  });
  await app.close();
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
  console.log(
    JSON.stringify({
      seconds: (since - started) / 1000,
      peakMebibytes: Math.round(peak),
      phases,
      counts: { state, read, imported, duplicates, quarantined },
    }),
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}
