import type { Services } from '../../platform/services.ts';
import { type QuestionThread, createQuestionThread } from '../../platform/threads/question-thread.ts';
import { workerEntry } from '../../platform/worker-url.ts';
import type { HandoverQuestions, HandoverWorkerStart } from './protocol.ts';

/** The thread that works out handovers. */
export type HandoverWorker = QuestionThread<HandoverQuestions>;

/** Asks the thread that works out handovers; it starts with the first question. */
export function createHandoverWorker({
  connection,
  resources,
  log,
}: Pick<Services, 'connection' | 'resources' | 'log'>): HandoverWorker {
  return createQuestionThread({
    entry: workerEntry('handover-worker'),
    start: { database: connection.handle.name, resources } satisfies HandoverWorkerStart,
    log,
    limits: {
      // A million messages take five seconds; a thread that takes longer has met a mistake of ours.
      answer: 5 * 60_000,
      // A large sheet and the messages around it take some 100 MB.
      idle: 5 * 60_000,
      waiting: 100,
    },
    messages: {
      tooMany: 'Too many handovers are being worked out. Wait a moment.',
      unanswered: 'This could not be worked out. Try again; the log has the reason.',
      stopped: 'The thread that works out handovers stopped. Try again; the log has the reason.',
    },
  });
}
