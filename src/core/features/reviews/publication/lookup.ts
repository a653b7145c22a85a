import { join } from 'node:path';

import type { Services } from '../../../platform/services.ts';
import { createQuestionThread } from '../../../platform/threads/question-thread.ts';
import { workerEntry } from '../../../platform/worker-url.ts';
import type { MatchAnswer, MatchQuestions, MatchRequest, MatchStart } from './protocol.ts';

export interface Lookup {
  /** What approved texts a published one comes from. Rejects with `throttled`, and `cancelled` when the workspace closes. */
  match(request: MatchRequest): Promise<MatchAnswer>;
  close(): Promise<void>;
}

/** Looks up published texts in a thread of its own, which starts with the first question. */
export function createLookup({
  connection,
  directory,
  log,
}: Pick<Services, 'connection' | 'directory' | 'log'>): Lookup {
  const thread = createQuestionThread<MatchQuestions>({
    entry: workerEntry('publication-worker'),
    start: { database: connection.handle.name, blobs: join(directory, 'blobs') } satisfies MatchStart,
    log,
    limits: {
      // The first question reads what was approved, files included; a thread that takes longer has met a mistake of ours.
      answer: 5 * 60_000,
      // Ten thousand approved versions take some 70 MB.
      idle: 5 * 60_000,
      waiting: 50,
    },
    messages: {
      tooMany: 'Too many texts are being checked. Wait a moment.',
      unanswered: 'This text could not be checked. Try again; the log has the reason.',
      stopped: 'The thread that checks published texts stopped. Try again; the log has the reason.',
    },
  });
  return { match: (request) => thread.ask('match', request), close: () => thread.close() };
}
