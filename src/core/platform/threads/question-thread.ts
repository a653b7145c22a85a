import { AppError } from '../../contract/errors.ts';
import type { Log } from '../log.ts';
import type { WorkerEntry } from '../worker-url.ts';
import type { AskedQuestion, QuestionTable } from './protocol.ts';
import { type Thread, ThreadError, startThread } from './thread.ts';
import { cancelled, createTurns } from './turns.ts';

export interface QuestionThreadOptions {
  /** A worker that calls `answerQuestions` (serve.ts). */
  readonly entry: WorkerEntry;
  /** What it is started with. */
  readonly start?: unknown;
  readonly log: Pick<Log, 'error'>;
  readonly limits: {
    /** Milliseconds that an answer may take, from when the thread is given the question; then the thread is ended. */
    readonly answer: number;
    /** Milliseconds without a question after which the thread is ended: what it keeps takes memory. */
    readonly idle: number;
    /** Questions that may wait beside the one that is being answered. */
    readonly waiting: number;
  };
  /** What whoever asks is told, in English. */
  readonly messages: {
    /** `throttled`: too many wait. */
    readonly tooMany: string;
    /** `internal`: the thread met an unexpected error in this question. */
    readonly unanswered: string;
    /** `internal`: the thread took too long, died, or could not start. */
    readonly stopped: string;
  };
}

export interface AskOptions {
  /** Gives the question up, and ends the thread if it is at it. */
  readonly signal?: AbortSignal | undefined;
  /** In place of `limits.answer`. */
  readonly timeLimit?: number | undefined;
}

/** A thread that answers questions, one after another. */
export interface QuestionThread<Questions extends QuestionTable<Questions>> {
  /**
   * Rejects with what the thread answered with where that is an `AppError`, with `throttled` when too many wait, `internal` when no
   * answer came, and `cancelled` after `close` and when the signal is aborted.
   */
  ask<Kind extends keyof Questions>(
    kind: Kind,
    request: Questions[Kind]['request'],
    options?: AskOptions,
  ): Promise<Questions[Kind]['answer']>;
  /** Ends the thread; what is asked and what waits is `cancelled`, and so is whatever is asked from then on. */
  close(): Promise<void>;
}

/**
 * Keeps a thread for questions that share something dear: a compiled lexicon, a sheet that was worked out. It starts with the first
 * question, and again with the first one after it ended: by a question that overran, by an error, or because nobody asked.
 * Only the question that it was at fails with it; those that wait get a new thread.
 */
export function createQuestionThread<Questions extends QuestionTable<Questions>>({
  entry,
  start,
  log,
  limits,
  messages,
}: QuestionThreadOptions): QuestionThread<Questions> {
  const turns = createTurns({ atOnce: 1, mostWaiting: limits.waiting, tooMany: messages.tooMany });
  let thread: Thread | null = null;
  let idle: NodeJS.Timeout | undefined;
  let closed = false;

  /** Never two: what ended still takes its memory while it is stuck in native code. */
  async function livingThread(signal: AbortSignal | undefined): Promise<Thread> {
    if (thread?.alive === true) return thread;
    await thread?.end();
    if (closed || signal?.aborted === true) throw cancelled();
    thread = startThread({ entry, data: start, log });
    return thread;
  }

  async function answerOf<Kind extends keyof Questions>(
    question: AskedQuestion<Questions, Kind>,
    { signal, timeLimit = limits.answer }: AskOptions,
  ): Promise<Questions[Kind]['answer']> {
    clearTimeout(idle);
    const asked = await livingThread(signal);
    try {
      return await asked.ask<Questions[Kind]['answer']>(question, { timeLimit, signal });
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      if (closed) throw cancelled();
      const { unanswered, stopped } = messages;
      throw new AppError('internal', error.failure === 'mistake' ? unanswered : stopped, {}, error);
    } finally {
      if (!closed && asked.alive) idle = setTimeout(() => void asked.end(), limits.idle).unref();
    }
  }

  return {
    ask: (kind, request, options = {}) =>
      turns.take(() => answerOf({ kind, request }, options), options.signal),
    async close() {
      closed = true;
      turns.close();
      clearTimeout(idle);
      await thread?.end();
    },
  };
}
