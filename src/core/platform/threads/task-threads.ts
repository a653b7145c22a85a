import type { Log } from '../log.ts';
import type { WorkerEntry } from '../worker-url.ts';
import { type Thread, ThreadError, type ThreadFailure, startThread } from './thread.ts';
import { cancelled, createTurns } from './turns.ts';

export interface TaskThreadsOptions<Task, Result> {
  /** A worker that calls `carryOutTask` (serve.ts). */
  readonly entry: WorkerEntry;
  readonly log: Pick<Log, 'error'>;
  readonly limits: {
    /** Milliseconds that a task may take, its thread's start included; then the thread is ended. */
    readonly time: number;
    /** MiB of heap that a thread may take; Node's own limit without it. */
    readonly heapMegabytes?: number;
    /** Threads at once. */
    readonly atOnce: number;
    /** Tasks that may wait beside them. */
    readonly waiting: number;
  };
  /** What whoever brings a task when too many wait is told, in English. */
  readonly tooMany: string;
  /** What comes of a task whose thread failed: throws the error that whoever brought it gets, or answers in the thread's place. */
  whenFailed(failure: ThreadFailure, task: Task): Result;
}

/** Carries out tasks, each in a thread of its own. */
export interface TaskThreads<Task, Result> {
  /**
   * Rejects with the `AppError` that the task ended with, with what `whenFailed` throws, with `throttled` when too many wait, and
   * with `cancelled` when the signal is aborted and after `close`.
   */
  run(task: Task, signal?: AbortSignal): Promise<Result>;
  /** Ends what runs; it, what waits and whatever comes from then on is `cancelled`. Resolves when no thread is left. */
  close(): Promise<void>;
}

/**
 * Threads for what is better not shared: a thread ends with its task, and so does what a damaged file or a library made of its
 * memory. Never more than `limits.atOnce` live at once.
 */
export function createTaskThreads<Task, Result>({
  entry,
  log,
  limits,
  tooMany,
  whenFailed,
}: TaskThreadsOptions<Task, Result>): TaskThreads<Task, Result> {
  const turns = createTurns({ atOnce: limits.atOnce, mostWaiting: limits.waiting, tooMany });
  const running = new Set<Thread>();
  let closed = false;

  async function resultOf(thread: Thread, task: Task, signal: AbortSignal | undefined): Promise<Result> {
    try {
      return await thread.ask<Result>(task, { timeLimit: limits.time, signal });
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      if (closed) throw cancelled();
      return whenFailed(error.failure, task);
    }
  }

  return {
    run(task, signal) {
      return new Promise((resolve, reject) => {
        // The result is given at once, the turn when the thread has ended: one that is stuck in native code still takes its memory.
        const turn = turns.take(async () => {
          const thread = startThread({ entry, heapMegabytes: limits.heapMegabytes, log });
          running.add(thread);
          await resultOf(thread, task, signal).then(resolve, reject);
          await thread.end();
          running.delete(thread);
        }, signal);
        turn.catch(reject);
      });
    },
    async close() {
      closed = true;
      turns.close();
      await Promise.all([...running].map((thread) => thread.end()));
    },
  };
}
