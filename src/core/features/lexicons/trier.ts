import { Worker } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import type { Services } from '../../platform/services.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type {
  CheckVersion,
  CheckedVersion,
  ExportVersion,
  FindAlike,
  TriedText,
  TryAnswer,
  TryReply,
  TryRequest,
  TryStart,
  TryText,
} from './try-protocol.ts';
import type { ExportedFile } from './write-lexicon.ts';

/** After so long without a request the thread ends: a compiled lexicon takes memory. */
const idleMilliseconds = 5 * 60_000;
/** No sample takes that long; a thread that does has met a mistake of ours and is ended. */
const longestTry = 60_000;
/** All examples of the largest lexicon. */
const longestCheck = 10 * 60_000;
/** Requests that may wait; beyond, whoever asks is told to wait. */
const mostWaiting = 50;

export interface Trier {
  /** Screens sample texts. Rejects with `not-found`. */
  tryText(request: Omit<TryText, 'kind'>): Promise<TriedText>;
  /** Checks the rules of a version and runs its examples. Rejects with `not-found`. */
  check(request: Omit<CheckVersion, 'kind'>): Promise<CheckedVersion>;
  /** Another word of the draft that reads the same once folded, or null. */
  findAlike(request: Omit<FindAlike, 'kind'>): Promise<string | null>;
  /** Writes a version as a file. Rejects with `not-found`. */
  exportVersion(request: Omit<ExportVersion, 'kind'>): Promise<ExportedFile>;
  close(): Promise<void>;
}

interface Waiting {
  readonly limit: NodeJS.Timeout;
  resolve(answer: TryAnswer): void;
  reject(error: unknown): void;
}

/** Tries lexicons in a thread of its own, which starts with the first request. */
export function createTrier(services: Pick<Services, 'connection' | 'log'>): Trier {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let lastId = 0;
  let closed = false;
  const waiting = new Map<number, Waiting>();

  function fail(error: unknown): void {
    for (const entry of waiting.values()) {
      clearTimeout(entry.limit);
      entry.reject(error);
    }
    waiting.clear();
  }

  async function stop(error: unknown): Promise<void> {
    const ended = worker;
    worker = null;
    if (idle !== null) clearTimeout(idle);
    idle = null;
    fail(error);
    await ended?.terminate();
  }

  function start(): Worker {
    const started = new Worker(workerUrl('lexicon-try-worker'), {
      workerData: { database: services.connection.handle.name } satisfies TryStart,
    });
    // Nobody's work is lost with it: it only reads.
    started.unref();
    started.on('message', (reply: TryReply) => {
      const entry = waiting.get(reply.id);
      if (entry === undefined) return;
      waiting.delete(reply.id);
      clearTimeout(entry.limit);
      if ('answer' in reply) entry.resolve(reply.answer);
      else entry.reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
      if (waiting.size === 0) {
        started.unref();
        idle = setTimeout(() => void stop(null), idleMilliseconds).unref();
      }
    });
    started.on('error', (error) => {
      services.log.error(
        { message: error instanceof Error ? error.message : '' },
        'lexicon-try-worker-failed',
      );
      if (worker === started) void stop(failure());
    });
    started.on('exit', () => {
      if (worker === started) void stop(failure());
    });
    return started;
  }

  function ask(request: TryRequest, limit: number): Promise<TryAnswer> {
    if (closed) return Promise.reject(stopped());
    if (waiting.size >= mostWaiting) {
      return Promise.reject(
        new AppError('throttled', 'Too many samples are being tried. Wait a moment.', { seconds: 5 }),
      );
    }
    if (idle !== null) clearTimeout(idle);
    idle = null;
    worker ??= start();
    worker.ref();
    lastId += 1;
    const id = lastId;
    const asked = worker;
    return new Promise((resolve, reject) => {
      waiting.set(id, {
        resolve,
        reject,
        limit: setTimeout(() => void stop(failure()), limit),
      });
      asked.postMessage({ id, request });
    });
  }

  return {
    async tryText(request) {
      const answer = await ask({ kind: 'try', ...request }, longestTry);
      return answer.kind === 'try' ? answer.result : another();
    },
    async check(request) {
      const answer = await ask({ kind: 'check', ...request }, longestCheck);
      return answer.kind === 'check' ? answer.result : another();
    },
    async findAlike(request) {
      const answer = await ask({ kind: 'alike', ...request }, longestTry);
      return answer.kind === 'alike' ? answer.result : another();
    },
    async exportVersion(request) {
      const answer = await ask({ kind: 'export', ...request }, longestTry);
      return answer.kind === 'export' ? answer.result : another();
    },
    close() {
      closed = true;
      return stop(stopped());
    },
  };
}

const stopped = () => new AppError('cancelled', 'Stopped on request.');
const failure = () =>
  new AppError('internal', 'The thread that tries lexicons stopped. Try again; the log has the reason.');

function another(): never {
  throw new Error('the thread answered another request');
}
