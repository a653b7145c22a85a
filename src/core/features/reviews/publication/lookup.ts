import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { AppError } from '../../../contract/errors.ts';
import type { Services } from '../../../platform/services.ts';
import { workerUrl } from '../../../platform/worker-url.ts';
import type { MatchAnswer, MatchReply, MatchRequest, MatchStart } from './protocol.ts';

/** A thread that nobody has asked for so long is ended: ten thousand approved versions take some 70 MB. */
const idleMilliseconds = 5 * 60_000;
/** The first question reads what was approved, files included; a thread that takes longer has met a mistake of ours. */
const longestLookup = 5 * 60_000;
/** Questions that may wait; beyond, whoever asks is told to wait. */
const mostWaiting = 50;

export interface Lookup {
  /** What approved texts a published one comes from. Rejects with `throttled`, and `cancelled` when the workspace closes. */
  match(request: MatchRequest): Promise<MatchAnswer>;
  close(): Promise<void>;
}

interface Waiting {
  readonly limit: NodeJS.Timeout;
  resolve(answer: MatchAnswer): void;
  reject(error: unknown): void;
}

/** Looks up published texts in a thread of its own, which starts with the first question. */
export function createLookup({
  connection,
  directory,
  log,
}: Pick<Services, 'connection' | 'directory' | 'log'>): Lookup {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;
  let closed = false;
  const waiting = new Map<number, Waiting>();

  async function stop(error: unknown): Promise<void> {
    const ended = worker;
    worker = null;
    clearTimeout(idle);
    for (const entry of waiting.values()) {
      clearTimeout(entry.limit);
      entry.reject(error);
    }
    waiting.clear();
    await ended?.terminate();
  }

  function start(): Worker {
    const started = new Worker(workerUrl('publication-worker'), {
      workerData: { database: connection.handle.name, blobs: join(directory, 'blobs') } satisfies MatchStart,
    });
    started.on('message', (reply: MatchReply) => {
      const entry = waiting.get(reply.id);
      if (entry === undefined) return;
      waiting.delete(reply.id);
      clearTimeout(entry.limit);
      if ('answer' in reply) entry.resolve(reply.answer);
      else entry.reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
      if (waiting.size > 0) return;
      started.unref();
      idle = setTimeout(() => void stop(null), idleMilliseconds).unref();
    });
    started.on('error', (error) => {
      log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'publication-worker-failed');
      if (worker === started) void stop(failure());
    });
    started.on('exit', () => {
      if (worker === started) void stop(failure());
    });
    return started;
  }

  return {
    match(request) {
      if (closed) return Promise.reject(stopped());
      if (waiting.size >= mostWaiting) {
        return Promise.reject(
          new AppError('throttled', 'Too many texts are being checked. Wait a moment.', { seconds: 5 }),
        );
      }
      clearTimeout(idle);
      worker ??= start();
      worker.ref();
      lastId += 1;
      const id = lastId;
      const asked = worker;
      return new Promise((resolve, reject) => {
        waiting.set(id, {
          resolve,
          reject,
          limit: setTimeout(() => void stop(failure()), longestLookup),
        });
        asked.postMessage({ id, request });
      });
    },
    close() {
      closed = true;
      return stop(stopped());
    },
  };
}

const stopped = () => new AppError('cancelled', 'Stopped on request.');
const failure = () =>
  new AppError(
    'internal',
    'The thread that checks published texts stopped. Try again; the log has the reason.',
  );
