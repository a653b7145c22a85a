import { Worker } from 'node:worker_threads';

import type { ErrorBody } from '../../contract/errors.ts';
import type { JobId } from '../../contract/ids.ts';
import { workerUrl } from '../worker-url.ts';
import type { JobKind, JobMessage, JobStart } from './protocol.ts';

export interface QueuedJob {
  readonly jobId: JobId;
  readonly kind: JobKind;
  readonly input: unknown;
}

/** What becomes of a job; the jobs feature stores it and tells subscribers. */
export interface JobObserver {
  started(jobId: JobId): Promise<void>;
  message(jobId: JobId, message: Extract<JobMessage, { type: 'progress' | 'changed' }>): void;
  ended(
    jobId: JobId,
    outcome: { state: 'succeeded' | 'cancelled' | 'interrupted' } | { state: 'failed'; error: ErrorBody },
  ): Promise<void>;
}

export interface JobRunner {
  /** Runs the job after those before it. Call it once the transaction that stored the job has committed. */
  enqueue(job: QueuedJob): void;
  /** Asks a running job to stop, or takes a waiting one from the queue. False: there is no such job. */
  cancel(jobId: JobId): Promise<boolean>;
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
  /** Stops running jobs as `interrupted`: they resume when the workspace is opened again. */
  close(): Promise<void>;
}

interface Running {
  readonly job: QueuedJob;
  readonly worker: Worker;
  readonly cancelFlag: Int32Array;
  cancelRequested: boolean;
}

/**
 * Runs jobs one after another, each in a worker thread of its own. One at a time: imports and screening are each bound by
 * the same disk and the same writer lock, and memory stays that of one job.
 */
export function createJobRunner(
  environment: { readonly directory: string; readonly resources: string },
  observer: JobObserver,
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

  async function runNext(): Promise<void> {
    if (running !== null || closing) return;
    const job = queue.shift();
    if (job === undefined) {
      settleIdle();
      return;
    }
    const cancelFlag = new SharedArrayBuffer(4);
    const start: JobStart = { ...job, ...environment, cancelFlag };
    const worker = new Worker(workerUrl('job-worker'), { workerData: start });
    const current: Running = { job, worker, cancelFlag: new Int32Array(cancelFlag), cancelRequested: false };
    running = current;
    const outcome = await follow(current);
    running = null;
    await observer.ended(job.jobId, outcome);
    settleIdle();
    void runNext();
  }

  async function follow(current: Running): Promise<Parameters<JobObserver['ended']>[1]> {
    const { job, worker } = current;
    await observer.started(job.jobId);
    return new Promise((resolve) => {
      let outcome: Parameters<JobObserver['ended']>[1] | null = null;
      worker.on('message', (message: JobMessage) => {
        switch (message.type) {
          case 'progress':
          case 'changed':
            observer.message(job.jobId, message);
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
        outcome ??= {
          state: 'failed',
          error: { code: 'internal', message: `The job's worker stopped: ${error.message}`, details: {} },
        };
      });
      worker.on('exit', () => {
        resolve(
          outcome ?? {
            state: 'failed',
            error: { code: 'internal', message: "The job's worker stopped without a result.", details: {} },
          },
        );
      });
    });
  }

  return {
    enqueue(job) {
      queue.push(job);
      void runNext();
    },
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
      await new Promise<void>((resolve) => {
        wakeIdle.push(resolve);
      });
    },
  };
}
