import { Worker } from 'node:worker_threads';

import type { ErrorBody } from '../../contract/errors.ts';
import type { JobId } from '../../contract/ids.ts';
import type { Log } from '../log.ts';
import { workerUrl } from '../worker-url.ts';
import type { JobKind, JobMessage, JobStart } from './protocol.ts';
import { errorFacts } from '../error-facts.ts';

export interface QueuedJob {
  readonly jobId: JobId;
  readonly kind: JobKind;
  readonly input: unknown;
}

/** What becomes of a job; the jobs feature stores it and tells subscribers. */
export interface JobObserver {
  started(jobId: JobId, kind: JobKind): Promise<void>;
  message(jobId: JobId, message: Extract<JobMessage, { type: 'progress' | 'changed' }>): void;
  ended(
    jobId: JobId,
    outcome: { state: 'succeeded' | 'cancelled' | 'interrupted' } | { state: 'failed'; error: ErrorBody },
  ): Promise<void>;
}

export interface JobRunner {
  /** Runs the job after those before it. Call it once the transaction that stored the job has committed. */
  enqueue(job: QueuedJob): void;
  /** True while the job runs or waits. */
  has(jobId: JobId): boolean;
  /** Asks a running job to stop, or takes a waiting one from the queue. False: there is no such job. */
  cancel(jobId: JobId): Promise<boolean>;
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
  /** Stops running jobs as `interrupted`: they resume when the workspace is opened again. */
  close(): Promise<void>;
}

interface Running {
  readonly job: QueuedJob;
  readonly cancelFlag: Int32Array;
  cancelRequested: boolean;
  worker: Worker | null;
}

type Outcome = Parameters<JobObserver['ended']>[1];

/**
 * How long a job may take to stop when the workspace closes. Jobs look at their flag every 100 ms or so; one that does
 * not answer in a hundred times that is stuck, and ended: its last committed batch is where it resumes.
 */
const closeTimeout = 10_000;

/**
 * Runs jobs one after another, each in a worker thread of its own. One at a time: imports and screening are each bound by
 * the same disk and the same writer lock, and memory stays that of one job.
 */
export function createJobRunner(
  environment: Pick<JobStart, 'directory' | 'resources' | 'turns'>,
  observer: JobObserver,
  log: Log,
): JobRunner {
  const queue: QueuedJob[] = [];
  let running: Running | null = null;
  let closing = false;
  let wakeIdle: (() => void)[] = [];

  function settleIdle(): void {
    if (running !== null || queue.length > 0) return;
    for (const wake of wakeIdle) wake();
    wakeIdle = [];
  }

  async function runQueue(): Promise<void> {
    if (running !== null) return;
    for (let job = queue.shift(); job !== undefined && !closing; job = queue.shift()) {
      const flag = new SharedArrayBuffer(4);
      const current: Running = {
        job,
        cancelFlag: new Int32Array(flag),
        cancelRequested: false,
        worker: null,
      };
      running = current;
      try {
        await observer.started(job.jobId, job.kind);
        await observer.ended(job.jobId, await follow(current, { ...job, ...environment, cancelFlag: flag }));
      } catch (error) {
        // The state could not be stored (a full disk, say): the row still says `running`, and the next opening resumes it.
        log.error(
          { jobId: job.jobId, name: error instanceof Error ? error.name : 'unknown' },
          'job-state-not-stored',
        );
      }
      running = null;
    }
    settleIdle();
  }

  function follow(current: Running, start: JobStart): Promise<Outcome> {
    return new Promise((resolve) => {
      const worker = new Worker(workerUrl('job-worker'), {
        workerData: start,
        // Rows of a job die young; V8's own nursery (up to 3 times 32 MiB) would only keep them longer, and with gigabytes
        // allowed it would let garbage pile up: an import is to stay below 600 MB with everything around it
        // (docs/benchmarks.md). No job needs half of this; one that does fails alone, and says so.
        resourceLimits: { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 },
      });
      current.worker = worker;
      let outcome: Outcome | null = null;
      const failed = (message: string): Outcome =>
        closing
          ? { state: current.cancelRequested ? 'cancelled' : 'interrupted' }
          : { state: 'failed', error: { code: 'internal', message, details: {} } };
      worker.on('message', (message: JobMessage) => {
        switch (message.type) {
          case 'progress':
          case 'changed':
            observer.message(start.jobId, message);
            break;
          case 'succeeded':
            outcome = { state: 'succeeded' };
            break;
          case 'cancelled':
            // Stopped because the workspace closes, not because somebody gave the job up.
            outcome = { state: current.cancelRequested ? 'cancelled' : 'interrupted' };
            break;
          case 'failed':
            outcome = { state: 'failed', error: message.error };
            break;
        }
      });
      worker.on('error', (error) => {
        log.error({ jobId: start.jobId, kind: start.kind, ...errorFacts(error) }, 'job-worker-failed');
        outcome ??= failed("The job's worker stopped unexpectedly; the log has the details.");
      });
      worker.on('exit', () => resolve(outcome ?? failed("The job's worker stopped without a result.")));
    });
  }

  return {
    enqueue(job) {
      queue.push(job);
      void runQueue();
    },
    has: (jobId) => running?.job.jobId === jobId || queue.some((job) => job.jobId === jobId),
    async cancel(jobId) {
      const waiting = queue.findIndex((job) => job.jobId === jobId);
      if (waiting >= 0) {
        queue.splice(waiting, 1);
        await observer.ended(jobId, { state: 'cancelled' });
        settleIdle();
        return true;
      }
      if (running?.job.jobId !== jobId) return false;
      running.cancelRequested = true;
      Atomics.store(running.cancelFlag, 0, 1);
      return true;
    },
    idle() {
      if (running === null && queue.length === 0) return Promise.resolve();
      return new Promise((resolve) => wakeIdle.push(resolve));
    },
    async close() {
      closing = true;
      queue.length = 0;
      const current = running;
      if (current === null) return;
      Atomics.store(current.cancelFlag, 0, 1);
      const stuck = setTimeout(() => void current.worker?.terminate(), closeTimeout);
      await new Promise<void>((resolve) => {
        wakeIdle.push(resolve);
      });
      clearTimeout(stuck);
    },
  };
}
