import type { Services } from '../../../platform/services.ts';
import { createQuestionThread } from '../../../platform/threads/question-thread.ts';
import { workerEntry } from '../../../platform/worker-url.ts';
import type { MaterialContent } from '../material/contract.ts';
import type { PrecheckFinding } from './model.ts';
import type { PrecheckQuestions, PrecheckStart } from './protocol.ts';
import type { Documents } from './subject.ts';

export interface Prechecker {
  /**
   * What is wrong with a material, by place, with the published lexicons, the register and the settings of now. `documents`
   * are what was read of its attachments; one that is missing is reported as not yet read. Rejects with `throttled`.
   */
  check(content: MaterialContent, documents?: Documents): Promise<readonly PrecheckFinding[]>;
  close(): Promise<void>;
}

/** Checks materials in a thread of its own, which starts with the first request. */
export function createPrechecker({
  connection,
  log,
  clock,
}: Pick<Services, 'connection' | 'log' | 'clock'>): Prechecker {
  const thread = createQuestionThread<PrecheckQuestions>({
    entry: workerEntry('precheck-worker'),
    start: { database: connection.handle.name } satisfies PrecheckStart,
    log,
    limits: {
      // The largest material with the largest lexicon takes a fraction of it; a thread that takes longer met a mistake of ours.
      answer: 60_000,
      // Compiled lexicons take memory.
      idle: 5 * 60_000,
      // Editors ask again with each pause in their typing.
      waiting: 50,
    },
    messages: {
      tooMany: 'Too many materials are being checked. Wait a moment.',
      unanswered: 'This material could not be checked. Try again; the log has the reason.',
      stopped: 'The thread that checks materials stopped. Try again; the log has the reason.',
    },
  });
  return {
    check: (content, documents = new Map()) => thread.ask('check', { content, documents, now: clock.now() }),
    close: () => thread.close(),
  };
}
