import { Worker } from 'node:worker_threads';

import { AppError } from '../../../contract/errors.ts';
import { workerUrl } from '../../../platform/worker-url.ts';
import type { MaterialContent } from '../material/contract.ts';
import type { ContentDiff, TextDiff, VariantDrift } from './contract.ts';
import type { DiffAnswers, DiffQuestions, DiffReply } from './diff-protocol.ts';

/** A thread that nobody has asked for so long is ended. */
const idleMilliseconds = 2 * 60_000;
/** Comparing bounds its own work to some two seconds; a thread that takes so long has met a mistake of ours, and is ended. */
const longestComparison = 20_000;
/** Requests that may wait; beyond, whoever asks is told to wait. */
const mostWaiting = 100;

export interface DiffLimits {
  /** Gives up when it is aborted; rejects with `cancelled`. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which it rejects with `internal`; 20,000 by default, counted from when its turn comes. */
  readonly timeLimit?: number;
}

/** Compares in a thread of its own, one request after another. All reject with `throttled` when too many wait. */
export interface DiffPool {
  compareContents(older: MaterialContent, newer: MaterialContent, limits?: DiffLimits): Promise<ContentDiff>;
  compareTexts(older: string, newer: string, limits?: DiffLimits): Promise<TextDiff>;
  /** The drift of each of the content's variants. */
  driftsOf(content: MaterialContent, limits?: DiffLimits): Promise<VariantDrift[]>;
  close(): Promise<void>;
}

interface Waiting {
  readonly id: number;
  readonly kind: keyof DiffQuestions;
  readonly question: DiffQuestions[keyof DiffQuestions];
  readonly timeLimit: number;
  resolve(answer: DiffAnswers[keyof DiffAnswers]): void;
  reject(error: unknown): void;
}

export function createDiffPool(): DiffPool {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;
  let lastId = 0;
  let closed = false;
  const queue: Waiting[] = [];
  let current: Waiting | null = null;

  function start(): Worker {
    const started = new Worker(workerUrl('diff-worker'));
    started.on('message', (reply: DiffReply) => {
      if (current?.id !== reply.id) return;
      const done = current;
      current = null;
      clearTimeout(limit);
      done.resolve(reply.answer);
      next();
    });
    started.on('error', (error) => end(started, error));
    started.on('exit', () => end(started, stopped()));
    return started;
  }

  /** Rejects what the thread was working on; those that wait get a new thread. */
  function end(ended: Worker | null, error: unknown): void {
    if (ended === null || worker !== ended) return;
    worker = null;
    clearTimeout(limit);
    const failed = current;
    current = null;
    failed?.reject(error);
    void ended.terminate();
    next();
  }

  function next(): void {
    if (current !== null) return;
    const following = queue.shift();
    if (following === undefined) {
      worker?.unref();
      idle = setTimeout(() => end(worker, null), idleMilliseconds).unref();
      return;
    }
    clearTimeout(idle);
    current = following;
    worker ??= start();
    worker.ref();
    const { id, kind, question, timeLimit } = following;
    limit = setTimeout(() => end(worker, stopped()), timeLimit);
    worker.postMessage({ id, kind, question });
  }

  function ask<Kind extends keyof DiffQuestions>(
    kind: Kind,
    question: DiffQuestions[Kind],
    { signal, timeLimit = longestComparison }: DiffLimits = {},
  ): Promise<DiffAnswers[Kind]> {
    if (closed || signal?.aborted === true) return Promise.reject(cancelled());
    if (queue.length >= mostWaiting)
      return Promise.reject(
        new AppError('throttled', 'Too many comparisons are waiting. Wait a moment.', { seconds: 5 }),
      );
    lastId += 1;
    const id = lastId;
    return new Promise<DiffAnswers[Kind]>((resolve, reject) => {
      const abort = () => {
        const place = queue.findIndex((waiting) => waiting.id === id);
        if (place >= 0) queue.splice(place, 1);
        else if (current?.id === id) end(worker, cancelled());
        settle(() => reject(cancelled()));
      };
      const settle = (finish: () => void) => {
        signal?.removeEventListener('abort', abort);
        finish();
      };
      signal?.addEventListener('abort', abort, { once: true });
      queue.push({
        id,
        kind,
        question,
        timeLimit,
        // The thread answers a question of a kind with an answer of that kind: `answer` in diff-worker.ts.
        resolve: (answer) => settle(() => resolve(answer as DiffAnswers[Kind])),
        reject: (error) => settle(() => reject(error)),
      });
      next();
    });
  }

  return {
    compareContents: (older, newer, limits) => ask('contents', { older, newer }, limits),
    compareTexts: (older, newer, limits) => ask('texts', { older, newer }, limits),
    driftsOf: (content, limits) => ask('drifts', { content }, limits),
    async close() {
      closed = true;
      clearTimeout(idle);
      clearTimeout(limit);
      const ended = worker;
      worker = null;
      for (const waiting of current === null ? queue : [current, ...queue]) waiting.reject(cancelled());
      queue.length = 0;
      current = null;
      await ended?.terminate();
    },
  };
}

const cancelled = () => new AppError('cancelled', 'Stopped on request.');
const stopped = () => new AppError('internal', 'The thread that compares texts stopped. Try again.');
