import type { Services } from '../../platform/services.ts';
import { createQuestionThread } from '../../platform/threads/question-thread.ts';
import { workerEntry } from '../../platform/worker-url.ts';
import type {
  CheckVersion,
  CheckedVersion,
  ExportVersion,
  FindAlike,
  TriedText,
  TryQuestions,
  TryStart,
  TryText,
} from './try-protocol.ts';
import type { ExportedFile } from './write-lexicon.ts';

/** All examples of the largest lexicon. */
const longestCheck = 10 * 60_000;

export interface Trier {
  /** Screens sample texts. Rejects with `not-found`. */
  tryText(request: TryText): Promise<TriedText>;
  /** Checks the rules of a version and runs its examples. Rejects with `not-found`. */
  check(request: CheckVersion): Promise<CheckedVersion>;
  /** Another word of the draft that reads the same once folded, or null. */
  findAlike(request: FindAlike): Promise<string | null>;
  /** Writes a version as a file. Rejects with `not-found`. */
  exportVersion(request: ExportVersion): Promise<ExportedFile>;
  close(): Promise<void>;
}

/** Tries lexicons in a thread of its own, which starts with the first request. All reject with `throttled` when too many wait. */
export function createTrier({ connection, log }: Pick<Services, 'connection' | 'log'>): Trier {
  const thread = createQuestionThread<TryQuestions>({
    entry: workerEntry('lexicon-try-worker'),
    start: { database: connection.handle.name } satisfies TryStart,
    log,
    limits: {
      // No sample takes that long; a thread that does has met a mistake of ours.
      answer: 60_000,
      // A compiled lexicon takes memory.
      idle: 5 * 60_000,
      waiting: 50,
    },
    messages: {
      tooMany: 'Too many samples are being tried. Wait a moment.',
      unanswered: 'This could not be tried. Try again; the log has the reason.',
      stopped: 'The thread that tries lexicons stopped. Try again; the log has the reason.',
    },
  });
  return {
    tryText: (request) => thread.ask('try', request),
    check: (request) => thread.ask('check', request, { timeLimit: longestCheck }),
    findAlike: (request) => thread.ask('alike', request),
    exportVersion: (request) => thread.ask('export', request),
    close: () => thread.close(),
  };
}
