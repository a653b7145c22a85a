import { Worker } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import type { Services } from '../../platform/services.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { AnswerOf, HandoverReply, HandoverWorkerStart, QuestionKind, RequestOf } from './protocol.ts';

/** A thread that nobody has asked for so long is ended: a large sheet and the messages around it take some 100 MB. */
const idleMilliseconds = 5 * 60_000;
/** A million messages take five seconds; a thread that takes longer has met a mistake of ours. */
const longestAnswer = 5 * 60_000;
/** Questions that may wait; beyond, whoever asks is told to wait. */
const mostWaiting = 100;

export interface HandoverWorker {
  /** Rejects with `throttled` when too many wait, and `cancelled` when the workspace closes. */
  ask<Kind extends QuestionKind>(kind: Kind, request: RequestOf<Kind>): Promise<AnswerOf<Kind>>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(answer: AnswerOf<QuestionKind>): void;
  reject(error: unknown): void;
}

/** Asks the thread that works out handovers; it starts with the first question. */
export function createHandoverWorker({
  connection,
  resources,
  log,
}: Pick<Services, 'connection' | 'resources' | 'log'>): HandoverWorker {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  /** Of the question that the thread is at: it takes them one after another. */
  let limit: NodeJS.Timeout | undefined;
  let lastId = 0;
  let closed = false;
  const waiting = new Map<number, Waiting>();

  async function stop(error: unknown): Promise<void> {
    const ended = worker;
    worker = null;
    clearTimeout(idle);
    clearTimeout(limit);
    for (const entry of waiting.values()) entry.reject(error);
    waiting.clear();
    await ended?.terminate();
  }

  /** From now on the thread is at its next question. */
  function restartLimit(): void {
    clearTimeout(limit);
    limit = setTimeout(() => void stop(failure()), longestAnswer);
  }

  function start(): Worker {
    const started = new Worker(workerUrl('handover-worker'), {
      workerData: { database: connection.handle.name, resources } satisfies HandoverWorkerStart,
    });
    started.on('message', (reply: HandoverReply) => {
      const entry = waiting.get(reply.id);
      if (entry === undefined) return;
      waiting.delete(reply.id);
      if ('answer' in reply) entry.resolve(reply.answer);
      else if ('failed' in reply) {
        log.error({ name: reply.failed }, 'handover-question-failed');
        entry.reject(unanswered());
      } else entry.reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
      if (waiting.size > 0) {
        restartLimit();
        return;
      }
      clearTimeout(limit);
      started.unref();
      idle = setTimeout(() => void stop(null), idleMilliseconds).unref();
    });
    started.on('error', (error) => {
      // The name only: a message may quote what somebody wrote.
      log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'handover-worker-failed');
      if (worker === started) void stop(failure());
    });
    started.on('exit', () => {
      if (worker === started) void stop(failure());
    });
    return started;
  }

  return {
    ask(kind, request) {
      if (closed) return Promise.reject(stopped());
      if (waiting.size >= mostWaiting) {
        return Promise.reject(
          new AppError('throttled', 'Too many handovers are being worked out. Wait a moment.', {
            seconds: 5,
          }),
        );
      }
      clearTimeout(idle);
      const asked = (worker ??= start());
      asked.ref();
      lastId += 1;
      const id = lastId;
      if (waiting.size === 0) restartLimit();
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        asked.postMessage({ id, kind, request });
      });
    },
    close() {
      closed = true;
      return stop(stopped());
    },
  };
}

const stopped = () => new AppError('cancelled', 'Stopped on request.');
const unanswered = () =>
  new AppError('internal', 'This could not be worked out. Try again; the log has the reason.');
const failure = () =>
  new AppError('internal', 'The thread that works out handovers stopped. Try again; the log has the reason.');
