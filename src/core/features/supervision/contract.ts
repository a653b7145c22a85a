import { z } from 'zod';

import { Label, NoInput, Note } from '../../contract/common.ts';
import {
  ConversationId,
  DispositionId,
  HitId,
  JobId,
  LexiconId,
  LexiconVersionId,
  MessageId,
  Milliseconds,
  PersonId,
  SavedViewId,
  ScreeningRunId,
} from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';
import { ArchiveFilter, MessageView, PersonView } from '../archive/contract.ts';
import { ExplainedStep, SeverityName } from '../lexicons/contract.ts';
import { foldNames } from '../screening/model.ts';
import { findingsContract } from './findings/contract.ts';
import { decisions, hitStates, reasonCodes } from './model.ts';

export const HitRow = z.object({
  id: HitId,
  messageId: MessageId,
  msgid: z.string(),
  conversationId: ConversationId.nullable(),
  /** The room's id, or both people's ids in order: the same key as `countersign scan` prints. */
  conversationKey: z.string().nullable(),
  sender: PersonView.nullable(),
  sentAt: Milliseconds,
  term: z.string(),
  category: z.string(),
  severity: SeverityName,
  /** Which text of the message, and the exact slice of the original: UTF-16 offsets, end exclusive. */
  field: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  folds: z.array(z.enum(foldNames)),
  /** 0 to 1: 1 where the text says it to the letter. */
  confidence: z.number(),
  state: z.enum(hitStates),
  decidedBy: z.string().nullable(),
  decidedAt: Milliseconds.nullable(),
  reasonCode: z.enum(reasonCodes).nullable(),
  /** Some text around the hit, masked; `excerptStart` is the hit's place in it. */
  excerpt: z.string(),
  excerptStart: z.number().int(),
});
export type HitRow = z.output<typeof HitRow>;

/** Which hits: every condition that is not null must hold. An empty list is no condition. */
export const HitFilter = z.object({
  states: z.array(z.enum(hitStates)).max(100).nullable().default(null),
  severities: z.array(SeverityName).max(100).nullable().default(null),
  categories: z.array(z.string().max(200)).max(500).nullable().default(null),
  terms: z.array(z.string().max(200)).max(500).nullable().default(null),
  personId: PersonId.nullable().default(null),
  branch: z.string().max(200).nullable().default(null),
  conversationId: ConversationId.nullable().default(null),
  runId: ScreeningRunId.nullable().default(null),
  from: Milliseconds.nullable().default(null),
  to: Milliseconds.nullable().default(null),
  /** Found in the hit's term, its text, or the text of its message; full-width and half-width forms are alike. */
  query: z.string().max(200).default(''),
});
export type HitFilter = z.output<typeof HitFilter>;

export const HitSort = z.object({
  by: z.enum(['severity', 'sentAt', 'term', 'category', 'sender', 'state', 'decidedAt']).default('severity'),
  descending: z.boolean().default(true),
});
export type HitSort = z.output<typeof HitSort>;

export const DispositionView = z.object({
  id: DispositionId,
  hitId: HitId,
  decision: z.enum(decisions),
  reasonCode: z.enum(reasonCodes).nullable(),
  note: z.string(),
  by: z.string(),
  at: Milliseconds,
  /** The disposition that a `reopened` takes back. */
  undoes: DispositionId.nullable(),
});
export type DispositionView = z.output<typeof DispositionView>;

/** One message's part of a hit that is split across messages, the last one included. */
export const HitPart = z.object({
  messageId: MessageId,
  field: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
});
export type HitPart = z.output<typeof HitPart>;

export const HitDetail = z.object({
  hit: HitRow,
  /** `word`, or the kind of the rule that found it. */
  rule: z.string(),
  /**
   * How the original reads as the term, or what each operand of a rule found, piece by piece. Offsets are the field's; of a
   * hit that is split across messages those of its parts in a row.
   */
  steps: z.array(ExplainedStep),
  /** Empty unless it is split across messages. */
  parts: z.array(HitPart),
  /** What to write instead; empty where the entry has no such wording. */
  suggestion: z.string(),
  basis: z.string(),
  lexicon: z.object({
    id: LexiconId,
    name: z.string(),
    versionId: LexiconVersionId,
    version: z.number().int(),
  }),
  message: MessageView,
  /** The conversation around it, in order of time, the message itself included. */
  context: z.array(MessageView),
  /** Other hits in the same context, to highlight them too. */
  neighbours: z.array(HitRow),
  history: z.array(DispositionView),
});
export type HitDetail = z.output<typeof HitDetail>;

export const ScreeningRunView = z.object({
  id: ScreeningRunId,
  jobId: JobId,
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  startedBy: z.string(),
  startedAt: Milliseconds,
  finishedAt: Milliseconds.nullable(),
  filter: ArchiveFilter,
  lexicons: z.array(z.object({ name: z.string(), version: z.number().int(), versionId: LexiconVersionId })),
  messages: z.number().int(),
  /** New ones: a hit that an earlier run found is not counted again. */
  hits: z.number().int(),
  /** Messages whose hits were cut off at the limit of one message (docs/detection.md). */
  cut: z.number().int(),
});
export type ScreeningRunView = z.output<typeof ScreeningRunView>;

export const SavedView = z.object({
  id: SavedViewId,
  name: z.string(),
  filter: HitFilter,
  sort: HitSort,
});
export type SavedView = z.output<typeof SavedView>;

const Count = z.object({ key: z.string(), count: z.number().int() });

export const supervisionContract = {
  ...findingsContract,
  /** What waits for the caller: the Home screen. */
  'supervision.summary': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: NoInput,
    output: z.object({
      openBySeverity: z.array(z.object({ severity: SeverityName, count: z.number().int() })),
      open: z.number().int(),
      confirmed: z.number().int(),
      dismissed: z.number().int(),
      escalated: z.number().int(),
      decidedToday: z.number().int(),
      /** Messages that no run with the lexicons' current versions has seen. */
      unscreened: z.number().int(),
      oldestOpenAt: Milliseconds.nullable(),
    }),
  }),
  'supervision.startScreening': procedure({
    kind: 'mutation',
    permission: 'screening:run',
    input: z
      .object({
        filter: ArchiveFilter.prefault({}),
        /** Null: all active ones. Each with its published version. */
        lexiconIds: z.array(LexiconId).max(1000).nullable().default(null),
        /** False: look at messages again that a run with the same lexicon versions has seen. */
        onlyNew: z.boolean().default(true),
      })
      .prefault({}),
    output: ScreeningRunView,
  }),
  'supervision.runs': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: z.object({ limit: z.number().int().min(1).max(200).default(50) }).prefault({}),
    output: z.array(ScreeningRunView),
  }),
  /**
   * All ids in order, so that the table has exact positions and triage a stable order while rows change state;
   * the rows themselves come by `supervision.hitRows` for what is on screen.
   */
  'supervision.hitIds': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: z.object({ filter: HitFilter.prefault({}), sort: HitSort.prefault({}) }).prefault({}),
    output: z.object({
      ids: z.array(HitId),
      total: z.number().int(),
      /** True where only the first 500,000 are listed. */
      limited: z.boolean(),
    }),
  }),
  'supervision.hitRows': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: z.object({ ids: z.array(HitId).min(1).max(500) }),
    output: z.array(HitRow),
  }),
  'supervision.hit': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: z.object({ id: HitId, context: z.number().int().min(0).max(50).default(10) }),
    output: HitDetail,
  }),
  'supervision.facets': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: NoInput,
    output: z.object({ categories: z.array(Count), terms: z.array(Count), branches: z.array(z.string()) }),
  }),
  /** One explicit decision over one or more hits. Opening a hit is never a decision (FINRA 3110.07). */
  'supervision.decide': procedure({
    kind: 'mutation',
    permission: 'hits:decide',
    input: z.object({
      hitIds: z.array(HitId).min(1).max(1000),
      decision: z.enum(['confirmed', 'dismissed', 'escalated']),
      reasonCode: z.enum(reasonCodes).nullable().default(null),
      note: Note.default(''),
    }),
    output: z.object({ hits: z.array(HitRow), dispositionIds: z.array(DispositionId) }),
  }),
  /** Takes back decisions: adds a `reopened` disposition to each hit; nothing is erased. */
  'supervision.undo': procedure({
    kind: 'mutation',
    permission: 'hits:decide',
    input: z.object({ dispositionIds: z.array(DispositionId).min(1).max(1000) }),
    output: z.object({ hits: z.array(HitRow) }),
  }),
  'supervision.views': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: NoInput,
    output: z.array(SavedView),
  }),
  'supervision.saveView': procedure({
    kind: 'mutation',
    permission: 'hits:decide',
    input: z.object({ name: Label, filter: HitFilter, sort: HitSort }),
    output: SavedView,
  }),
  'supervision.removeView': procedure({
    kind: 'mutation',
    permission: 'hits:decide',
    input: z.object({ id: SavedViewId }),
    output: z.object({}),
  }),
};
