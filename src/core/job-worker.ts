import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

import { AppError } from './contract/errors.ts';
import { toErrorBody } from './dispatch.ts';
import { createBlobStore } from './platform/blobs/index.ts';
import { systemClock } from './platform/clock.ts';
import { openDatabase } from './platform/database/connection.ts';
import { giveWay } from './platform/database/sqlite/dialect.ts';
import { createIdSource, systemRandom } from './platform/ids.ts';
import type { JobContext, JobHandler, JobKind, JobMessage, JobStart } from './platform/jobs/protocol.ts';
import { createLog } from './platform/log.ts';

// The entry of a job's worker thread: opens a connection of its own, runs the job, reports, exits.

/** Each thread runs one job: to load the others' thousand modules as well would take longer than a small import does. */
const handlers: Readonly<Record<JobKind, () => Promise<JobHandler>>> = {
  import: async () => (await import('./features/archive/index.ts')).importJob,
  screening: async () => (await import('./features/supervision/index.ts')).screeningJob,
  demo: async () => (await import('./features/demo/index.ts')).demoJob,
  backtest: async () => (await import('./features/supervision/index.ts')).backtestJob,
  publication: async () => (await import('./features/reviews/index.ts')).publicationJob,
};

/** At most ten progress messages a second: more than that nobody can read, and each costs the other thread time. */
const progressInterval = 100;

function send(message: JobMessage): void {
  parentPort?.postMessage(message);
}

async function run(start: JobStart): Promise<void> {
  const log = createLog();
  // Bulk loads touch many pages at once: 128 MiB of cache, the most that keeps a job below 600 MB.
  const connection = openDatabase(join(start.directory, 'workspace.sqlite'), { cacheKibibytes: 131_072 });
  const flag = new Int32Array(start.cancelFlag);
  let lastProgressAt = 0;
  let lastPhase = '';
  const context: JobContext = {
    jobId: start.jobId,
    directory: start.directory,
    resources: start.resources,
    connection,
    blobs: createBlobStore(join(start.directory, 'blobs')),
    clock: systemClock,
    ids: createIdSource(systemClock, systemRandom),
    random: systemRandom,
    log,
    cancelFlag: start.cancelFlag,
    checkCancelled() {
      giveWay(start.turns);
      if (Atomics.load(flag, 0) === 1) throw new AppError('cancelled', 'Stopped on request.');
    },
    progress(progress) {
      const now = performance.now();
      const complete = progress.total !== null && progress.done >= progress.total;
      if (progress.phase === lastPhase && !complete && now - lastProgressAt < progressInterval) return;
      lastProgressAt = now;
      lastPhase = progress.phase;
      send({ type: 'progress', progress });
    },
    changed(...topics) {
      send({ type: 'changed', topics });
    },
  };
  try {
    const handler = await handlers[start.kind]();
    await handler(context, start.input);
    send({ type: 'succeeded' });
  } catch (error) {
    if (error instanceof AppError && error.code === 'cancelled') send({ type: 'cancelled' });
    else send({ type: 'failed', error: toErrorBody(error, `job:${start.kind}`, log) });
  } finally {
    await connection.close();
  }
}

await run(workerData as JobStart);
