import type { ErrorBody } from '../../contract/errors.ts';

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
  | { readonly mistake: Mistake };

/** What the log says of an unexpected error. Not its message, which may quote what somebody wrote. */
export interface Mistake {
  readonly name: string;
  readonly code: string | null;
  /** The innermost calls, as `call (file:line:column)`. */
  readonly at: readonly string[];
}

/** So many calls tell where it happened; more would only be read by whoever has the sources at hand anyway. */
const shownCalls = 5;

export function describeMistake(error: unknown): Mistake {
  if (!(error instanceof Error)) return { name: 'unknown', code: null, at: [] };
  const { name } = error;
  return {
    name,
    code: 'code' in error && typeof error.code === 'string' ? error.code : null,
    at: callsOf(error),
  };
}

function callsOf({ message, stack = '' }: Error): readonly string[] {
  // The stack begins with the message; whatever it has that looks like a call is skipped with it.
  const start = stack.indexOf(message);
  // Where it begins with another one, nothing tells that from the calls.
  if (start === -1) return [];
  return (
    [...stack.slice(start + message.length).matchAll(/^ +at (.+)$/gm)]
      .slice(0, shownCalls)
      // A folder's name may be a person's, and have blanks and brackets.
      .map(([, call = '']) => call.replace(/^([^/\\]*? \()?.*[/\\]/, '$1'))
  );
}
