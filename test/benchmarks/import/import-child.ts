import { mkdtemp, rm } from 'node:fs/promises';
import { createReadStream, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { systemClock } from '../../../src/core/platform/clock.ts';
import { createBlobStore } from '../../../src/core/platform/blobs/index.ts';
import { migrate, openDatabase } from '../../../src/core/platform/database/connection.ts';
import { createIdSource, systemRandom } from '../../../src/core/platform/ids.ts';
import { createLog } from '../../../src/core/platform/log.ts';
import { JobId } from '../../../src/core/contract/ids.ts';
import { createImport, runImport } from '../../../src/core/features/archive/index.ts';
import { systemActor } from '../../../src/core/features/audit/index.ts';

// One import in a process of its own, so that its memory is its own: prints seconds, counts and peak memory as JSON.

const [, , file = ''] = process.argv;
const directory = await mkdtemp(join(dirname(file), 'workspace-'));
try {
  const connection = openDatabase(join(directory, 'workspace.sqlite'), { cacheKibibytes: 131_072 });
  await migrate(connection);
  const blobs = createBlobStore(join(directory, 'blobs'));
  const ids = createIdSource(systemClock, systemRandom);
  const { id } = await blobs.write(createReadStream(file, { highWaterMark: 1 << 20 }));
  const view = await createImport({ connection, blobs, clock: systemClock, ids }, systemActor, {
    files: [{ blobId: id, name: 'archive.jsonl' }],
    kind: 'chat',
  });
  const phases: Record<string, number> = {};
  let phase = 'start';
  const started = performance.now();
  let since = started;
  await runImport(
    {
      jobId: JobId.parse(view.jobId),
      directory,
      resources: '',
      connection,
      blobs,
      clock: systemClock,
      ids,
      random: systemRandom,
      log: createLog(),
      cancelFlag: new SharedArrayBuffer(4),
      checkCancelled() {},
      progress(progress) {
        if (progress.phase === phase) return;
        const now = performance.now();
        phases[phase] = (phases[phase] ?? 0) + (now - since) / 1000;
        phase = progress.phase;
        since = now;
      },
      changed() {},
    },
    view.id,
  );
  const ended = performance.now();
  phases[phase] = (phases[phase] ?? 0) + (ended - since) / 1000;
  const counts = connection.handle
    .prepare('SELECT read, imported, duplicates, quarantined FROM import_files')
    .get();
  await connection.close();
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
  console.log(
    JSON.stringify({ seconds: (ended - started) / 1000, peakMebibytes: Math.round(peak), phases, counts }),
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}
