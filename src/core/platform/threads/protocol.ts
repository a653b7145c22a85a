import type { ErrorBody } from '../../contract/errors.ts';
import type { ErrorFacts } from '../error-facts.ts';

// What crosses between whoever asks a thread (thread.ts) and the thread (serve.ts). A thread has one question at a time, so that
// neither side numbers them.

/** What is asked under one name, and what is answered. Both are copied between threads: plain values only. */
export interface Question {
  readonly request: unknown;
  readonly answer: unknown;
}

/** The questions that a thread answers, by kind. */
export type QuestionTable<Questions> = { readonly [Kind in keyof Questions]: Question };

export interface AskedQuestion<Questions extends QuestionTable<Questions>, Kind extends keyof Questions> {
  readonly kind: Kind;
  readonly request: Questions[Kind]['request'];
}

export type ThreadReply<Answer> =
  | { readonly answer: Answer }
  /** An `AppError`: whoever asked can act on it. */
  | { readonly error: ErrorBody }
  /** Any other error; the thread answers the next question nevertheless. */
  | { readonly mistake: ErrorFacts };
