import { Worker } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import type { Log } from '../log.ts';
import type { WorkerEntry } from '../worker-url.ts';
import type { ThreadReply } from './protocol.ts';
import { cancelled } from './turns.ts';
import { errorFacts } from '../error-facts.ts';

/**
 * Why a thread did not answer. `overrun`: it took too long and was ended. `out-of-memory`: it wanted more heap than it may have.
 * `crashed`: it threw outside of a question, or could not start. `ended`: it ended by itself, or was told to. `mistake`: an
 * unexpected error in this question; the thread goes on.
 */
export type ThreadFailure = 'overrun' | 'out-of-memory' | 'crashed' | 'ended' | 'mistake';

/** No answer came; the log has the reason. */
export class ThreadError extends Error {
  readonly failure: ThreadFailure;

  constructor(failure: ThreadFailure) {
    super(`The thread did not answer: ${failure}.`);
    this.name = 'ThreadError';
    this.failure = failure;
  }
}

export interface ThreadStart {
  readonly entry: WorkerEntry;
  /** What the thread finds in `workerData`; copied. */
  readonly data?: unknown;
  /** MiB of heap; Node's own limit without it. */
  readonly heapMegabytes?: number | undefined;
  readonly log: Pick<Log, 'error'>;
}

export interface AskLimits {
  /** Milliseconds from now. */
  readonly timeLimit: number;
  readonly signal?: AbortSignal | undefined;
}

/** One thread, from its start to its end. */
export interface Thread {
  /** False once it was told to end, or has ended. */
  readonly alive: boolean;
  /**
   * Its answer to a message, one at a time: ask again when the last answer is there. Rejects with the `AppError` that the thread
   * answered with, with `cancelled` when the signal is aborted, and with a `ThreadError`. After an overrun or an abort the
   * thread is being ended. Only while it is asked does the thread keep the process alive.
   */
  ask<Answer>(message: unknown, limits: AskLimits): Promise<Answer>;
  /** Ends the thread, whatever it is at; resolves when it has ended. */
  end(): Promise<void>;
}

/** Starts a thread whose entry calls `answerQuestions` or `carryOutTask` (serve.ts). */
export function startThread({ entry, data, heapMegabytes, log }: ThreadStart): Thread {
  const worker = new Worker(entry.url, {
    workerData: data,
    ...(heapMegabytes === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } }),
  });
  worker.unref();
  const report = (failure: ThreadFailure, facts: Readonly<Record<string, unknown>>) =>
    log.error({ failure, ...facts }, `${entry.name}-failed`);
  let alive = true;
  let ending = false;
  let asked = false;
  /** Set by an error, which the exit follows. */
  let failure: ThreadFailure | null = null;

  worker.on('error', (error) => {
    alive = false;
    failure = isOutOfMemory(error) ? 'out-of-memory' : 'crashed';
    report(failure, { ...errorFacts(error) });
  });
  worker.on('exit', (exitCode) => {
    alive = false;
    // Where somebody ended it, that is no news; nor that it ends when its one task is done.
    if (failure === null && !ending && (asked || exitCode !== 0)) report('ended', { exitCode });
  });

  async function end(): Promise<void> {
    alive = false;
    ending = true;
    await worker.terminate();
  }

  function ask<Answer>(message: unknown, { timeLimit, signal }: AskLimits): Promise<Answer> {
    if (signal?.aborted === true) return Promise.reject(cancelled());
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(limit);
        signal?.removeEventListener('abort', aborted);
        worker.off('message', replied);
        worker.off('exit', exited);
        worker.unref();
        asked = false;
        finish();
      };
      const replied = (reply: ThreadReply<Answer>) =>
        settle(() => {
          if ('answer' in reply) resolve(reply.answer);
          else if ('error' in reply)
            reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
          else {
            report('mistake', { ...reply.mistake });
            reject(new ThreadError('mistake'));
          }
        });
      const exited = () => settle(() => reject(new ThreadError(failure ?? 'ended')));
      const aborted = () =>
        settle(() => {
          void end();
          reject(cancelled());
        });
      const overrun = () =>
        settle(() => {
          void end();
          report('overrun', { milliseconds: timeLimit });
          reject(new ThreadError('overrun'));
        });
      const limit = setTimeout(overrun, timeLimit);
      signal?.addEventListener('abort', aborted);
      worker.on('message', replied);
      worker.on('exit', exited);
      worker.ref();
      asked = true;
      try {
        worker.postMessage(message);
      } catch (error) {
        // It can't be copied: a mistake of whoever asks.
        settle(() => reject(error));
      }
    });
  }

  return {
    get alive() {
      return alive;
    },
    ask,
    end,
  };
}

const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
