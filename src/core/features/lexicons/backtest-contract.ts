import { z } from 'zod';

import {
  BacktestId,
  ConversationId,
  JobId,
  LexiconId,
  LexiconVersionId,
  MessageId,
  Milliseconds,
  TermKey,
} from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';
import { ArchiveFilter } from '../archive/contract.ts';
import { foldNames } from '../screening/model.ts';
import { SeverityName } from './severity-name.ts';

export const BacktestView = z.object({
  id: BacktestId,
  jobId: JobId,
  lexiconId: LexiconId,
  versionId: LexiconVersionId,
  /** The published version it is compared with; null where there is none. */
  against: LexiconVersionId.nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  /** Null: the whole archive; otherwise every n-th message, about this many. */
  sample: z.number().int().nullable(),
  filter: ArchiveFilter,
  startedBy: z.string(),
  startedAt: Milliseconds,
  finishedAt: Milliseconds.nullable(),
  messages: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
  kept: z.number().int(),
  /** Messages that were not compared: they have more hits, or take more work, than a limit lets through. */
  cut: z.number().int(),
  /** True where the draft has changed since: the figures are those of the draft as it was. */
  outdated: z.boolean(),
});
export type BacktestView = z.output<typeof BacktestView>;

export const BacktestTerm = z.object({
  key: TermKey,
  term: z.string(),
  category: z.string(),
  severity: SeverityName,
  added: z.number().int(),
  removed: z.number().int(),
  kept: z.number().int(),
});
export type BacktestTerm = z.output<typeof BacktestTerm>;

export const BacktestSample = z.object({
  change: z.enum(['added', 'removed']),
  messageId: MessageId,
  conversationId: ConversationId.nullable(),
  sender: z.string().nullable(),
  sentAt: Milliseconds,
  text: z.string(),
  folds: z.array(z.enum(foldNames)),
  /** Some text around it, masked; `excerptStart` is the hit's place in it. */
  excerpt: z.string(),
  excerptStart: z.number().int(),
});
export type BacktestSample = z.output<typeof BacktestSample>;

/** Backtests: what a draft would find otherwise than the published version. Part of `lexiconsContract`. */
export const backtestsContract = {
  /** Screens the archive, or a sample of it, with a draft and with the published version, and counts the difference. */
  'lexicons.startBacktest': procedure({
    kind: 'mutation',
    permission: 'lexicons:edit',
    input: z.object({
      versionId: LexiconVersionId,
      sample: z.number().int().min(100).max(10_000_000).nullable().default(null),
      filter: ArchiveFilter.prefault({}),
    }),
    output: BacktestView,
  }),
  'lexicons.backtests': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({ lexiconId: LexiconId }),
    output: z.array(BacktestView),
  }),
  /** What changed, by term, the largest change first. */
  'lexicons.backtestTerms': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({
      id: BacktestId,
      offset: z.number().int().nonnegative().default(0),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ terms: z.array(BacktestTerm), total: z.number().int() }),
  }),
  /** Up to 20 places of each kind, for one term. */
  'lexicons.backtestSamples': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({ id: BacktestId, key: TermKey }),
    output: z.array(BacktestSample),
  }),
};
