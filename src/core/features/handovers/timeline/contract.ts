import { z } from 'zod';

import { Person } from '../../../contract/common.ts';
import { CalendarDay, ConversationId, HandoverId, MessageId, Milliseconds } from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { feedKinds } from '../../feeds/model.ts';
import { eventKinds, riskLevels } from './kinds.ts';

/** A customer, group or employee; the name is empty while only the id is known. */
export const Named = z.object({ id: z.string(), name: z.string() });
export type Named = z.output<typeof Named>;

export const EvidenceView = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('fact'),
    feed: z.enum(feedKinds),
    /** The imported file's name, and the record's line in it. */
    file: z.string(),
    line: z.number().int(),
    at: Milliseconds,
    item: z.string().nullable(),
  }),
  z.object({
    type: z.literal('message'),
    messageId: MessageId,
    msgid: z.string(),
    at: Milliseconds,
    /** The words it rests on, masked; empty for a message without text. */
    excerpt: z.string(),
  }),
]);
export type EvidenceView = z.output<typeof EvidenceView>;

export const FindingView = z.object({
  /** Stable over recomputing: what `handovers.dismissFinding` takes. */
  key: z.string(),
  /**
   * One of `signKinds`, which `findingTitle` and `findingSentence` (timeline/model.ts) say in words, or a rule of procedure: for those it
   * is `procedureTitle` and `procedureSentence` (sheet/model.ts).
   */
  kind: z.string(),
  at: Milliseconds.nullable(),
  /** 0 to 100, how strongly it points to customers being carried away; 0: a matter of procedure. */
  score: z.number().int(),
  /** What the sentence names; days as `2026-03-01`. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The first ones, of signs a hundred; `values.count` says how many there are. */
  evidence: z.array(EvidenceView),
  /** Who said that nothing is left to do about it, and why; null: it counts. */
  dismissed: z.object({ reason: z.string(), by: Person, at: Milliseconds }).nullable(),
});
export type FindingView = z.output<typeof FindingView>;

export const TimelineEvent = z.object({
  at: Milliseconds,
  /** Only the day is known. */
  wholeDay: z.boolean(),
  /** The customer or group that it is about. */
  subject: Named.nullable(),
  /** Words, a file's name, a device, masked; empty where there is nothing to add. */
  detail: z.string(),
  conversationId: ConversationId.nullable(),
  source: EvidenceView.nullable(),
});
export type TimelineEvent = z.output<typeof TimelineEvent>;

export const TimelineDay = z.object({
  day: CalendarDay,
  /** In the order of `eventKinds`. `eventTitle` (timeline/model.ts) names a kind. */
  groups: z.array(
    z.object({
      kind: z.enum(eventKinds),
      count: z.number().int(),
      /** The first ten that were found, in order of time: 121 days of up to twenty kinds cross to the screen at once. */
      events: z.array(TimelineEvent),
    }),
  ),
});
export type TimelineDay = z.output<typeof TimelineDay>;

export const RiskView = z.object({
  /** 0 to 100, of the findings that are not dismissed. */
  score: z.number().int(),
  level: z.enum(riskLevels),
  /** How it comes about, the strongest kind of sign first. */
  parts: z.array(
    z.object({
      kind: z.string(),
      count: z.number().int(),
      /** Of all its findings together. */
      score: z.number().int(),
      /** By how much the whole is greater for it; all of them add up to the score. */
      adds: z.number().int(),
    }),
  ),
});
export type RiskView = z.output<typeof RiskView>;

export const TimelineView = z.object({
  id: HandoverId,
  lastDay: CalendarDay,
  /** The first and the last day that were looked at. */
  from: CalendarDay,
  to: CalendarDay,
  timeZone: z.string(),
  /** Messages that were looked at. */
  messages: z.number().int(),
  risk: RiskView,
  /** The strongest first; dismissed ones too. */
  findings: z.array(FindingView),
  /** Names of the customers and groups that the evidence of findings is about, by id; those that are known. */
  names: z.record(z.string(), z.string()),
  /** In order; days on which nothing happened are left out. */
  days: z.array(TimelineDay),
});
export type TimelineView = z.output<typeof TimelineView>;

export const timelineContract = {
  /** What happened from 90 days before the last day to 30 days after it, and what of it points to customers being carried away. */
  'handovers.timeline': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ id: HandoverId }),
    output: TimelineView,
  }),
  /**
   * Says that nothing is left to do about a finding, a sign or one of procedure, and why, or takes that back. Not for the leaver's own
   * account or a taker's, and not while a sheet is frozen or signed (`handover-frozen`).
   */
  'handovers.dismissFinding': procedure({
    kind: 'mutation',
    permission: 'handovers:manage',
    input: z
      .object({
        id: HandoverId,
        key: z.string().min(1).max(300),
        dismissed: z.boolean(),
        /** Needed to dismiss. */
        reason: z.string().trim().max(2_000).default(''),
      })
      .refine(({ dismissed, reason }) => !dismissed || reason !== '', {
        error: 'say why it is dismissed',
        path: ['reason'],
      }),
    output: z.object({ finding: FindingView }),
  }),
};
