import type { Services } from '../../../platform/services.ts';
import { type AskOptions, createQuestionThread } from '../../../platform/threads/question-thread.ts';
import { workerEntry } from '../../../platform/worker-url.ts';
import type { MaterialContent } from '../material/contract.ts';
import type { ContentDiff, TextDiff, VariantDrift } from './contract.ts';
import type { DiffQuestions } from './diff-protocol.ts';

/**
 * Compares in a thread of its own, one request after another. All reject with `throttled` when too many wait, `internal` when
 * comparing takes longer than its limit (20 seconds unless `options` say otherwise) or fails, and `cancelled` when the signal is
 * aborted and when the workspace closes.
 */
export interface DiffPool {
  compareContents(older: MaterialContent, newer: MaterialContent, options?: AskOptions): Promise<ContentDiff>;
  compareTexts(older: string, newer: string, options?: AskOptions): Promise<TextDiff>;
  /** The drift of each of the content's variants. */
  driftsOf(content: MaterialContent, options?: AskOptions): Promise<VariantDrift[]>;
  close(): Promise<void>;
}

export function createDiffPool({ log }: Pick<Services, 'log'>): DiffPool {
  const thread = createQuestionThread<DiffQuestions>({
    entry: workerEntry('diff-worker'),
    log,
    limits: {
      // Comparing bounds its own work to some two seconds; a thread that takes so long has met a mistake of ours.
      answer: 20_000,
      idle: 2 * 60_000,
      waiting: 100,
    },
    messages: {
      tooMany: 'Too many comparisons are waiting. Wait a moment.',
      unanswered: 'These could not be compared. Try again; the log has the reason.',
      stopped: 'The thread that compares texts stopped. Try again; the log has the reason.',
    },
  });
  return {
    compareContents: (older, newer, options) => thread.ask('contents', { older, newer }, options),
    compareTexts: (older, newer, options) => thread.ask('texts', { older, newer }, options),
    driftsOf: (content, options) => thread.ask('drifts', content, options),
    close: () => thread.close(),
  };
}
