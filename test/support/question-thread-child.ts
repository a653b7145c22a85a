import { threadId, workerData } from 'node:worker_threads';

import SqliteHandle from 'better-sqlite3';

import { AppError } from '../../src/core/contract/errors.ts';
import { answerQuestions } from '../../src/core/platform/threads/serve.ts';

// A thread that does on request what threads do only by mistake.

export interface ChildStart {
  /** Throws before it can be asked. */
  readonly broken: boolean;
}

export interface ChildQuestions {
  /** Answers which thread it is. */
  readonly whoAreYou: { readonly request: null; readonly answer: number };
  readonly double: { readonly request: number; readonly answer: number };
  /** Says that it was reached, then answers only when it is let. Both by the shared numbers. */
  readonly hold: { readonly request: SharedArrayBuffer; readonly answer: null };
  readonly refuse: { readonly request: null; readonly answer: null };
  readonly stumble: { readonly request: string; readonly answer: null };
  /** Answers what can't be copied. */
  readonly uncopyable: { readonly request: null; readonly answer: unknown };
  readonly loop: { readonly request: null; readonly answer: null };
  readonly throwOutside: { readonly request: string; readonly answer: null };
  /** Says that it was reached, then waits for another's lock on a database: in native code, which nothing can interrupt. */
  readonly stick: {
    readonly request: { readonly shared: SharedArrayBuffer; readonly database: string };
    readonly answer: null;
  };
  /** Ends after it answered. */
  readonly exitLater: { readonly request: null; readonly answer: null };
  readonly exit: { readonly request: null; readonly answer: null };
}

const { broken } = workerData as ChildStart;
if (broken) throw new TypeError('could not start');

answerQuestions<ChildQuestions>({
  whoAreYou: () => threadId,
  double: (number) => number * 2,
  hold(shared) {
    const flags = new Int32Array(shared);
    Atomics.store(flags, 0, 1);
    Atomics.notify(flags, 0);
    Atomics.wait(flags, 1, 0);
    return null;
  },
  refuse() {
    throw new AppError('not-found', 'There is no such thing.', { id: 7 });
  },
  stumble(text) {
    throw new RangeError(text);
  },
  uncopyable: () => () => null,
  loop() {
    for (;;);
  },
  throwOutside(text) {
    setImmediate(() => {
      throw new TypeError(text);
    });
    return new Promise(() => {});
  },
  stick({ shared, database }) {
    const handle = new SqliteHandle(database, { timeout: 60_000 });
    const flags = new Int32Array(shared);
    Atomics.store(flags, 0, 1);
    Atomics.notify(flags, 0);
    handle.exec('BEGIN IMMEDIATE; ROLLBACK');
    handle.close();
    return null;
  },
  exitLater() {
    setImmediate(() => process.exit(3));
    return null;
  },
  exit() {
    process.exit(3);
  },
});
