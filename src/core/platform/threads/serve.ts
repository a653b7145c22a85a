import { parentPort } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import type { AskedQuestion, QuestionTable, ThreadReply } from './protocol.ts';
import { errorFacts } from '../error-facts.ts';

// The thread's side: what the entry of a worker calls. The other side is question-thread.ts and task-threads.ts.

/**
 * Answers each kind of question. An `AppError` reaches whoever asked; any other error is logged. The thread goes on after either, so
 * that a question that always fails doesn't cost the others what was worked out: whatever a handler keeps is whole when it throws.
 */
export type QuestionHandlers<Questions extends QuestionTable<Questions>> = {
  readonly [Kind in keyof Questions]: (
    request: Questions[Kind]['request'],
  ) => Questions[Kind]['answer'] | Promise<Questions[Kind]['answer']>;
};

/**
 * Answers questions for as long as the thread is let live: the thread's side of `createQuestionThread`. What the thread is started
 * with lies in `workerData`. An entry that throws before it calls this fails the question that the thread was started for.
 */
export function answerQuestions<Questions extends QuestionTable<Questions>>(
  handlers: QuestionHandlers<Questions>,
): void {
  const answer = <Kind extends keyof Questions>({ kind, request }: AskedQuestion<Questions, Kind>) =>
    handlers[kind](request);
  parentPort?.on(
    'message',
    (asked: AskedQuestion<Questions, keyof Questions>) => void reply(async () => answer(asked)),
  );
}

/** Carries out one task, after which the thread is ended: the thread's side of `createTaskThreads`. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- an entry says what its thread is sent: messages have no type
export function carryOutTask<Task, Result>(carryOut: (task: Task) => Result | Promise<Result>): void {
  parentPort?.once('message', (task: Task) => void reply(async () => carryOut(task)));
}

async function reply<Answer>(work: () => Promise<Answer>): Promise<void> {
  const send = (message: ThreadReply<Answer>) => parentPort?.postMessage(message);
  try {
    // Within the try: an answer that can't be copied is a mistake like any other.
    send({ answer: await work() });
  } catch (error) {
    send(error instanceof AppError ? { error: error.toBody() } : { mistake: errorFacts(error) });
  }
}
