import { z } from 'zod';

import { Note, Person } from '../../../contract/common.ts';
import { CalendarDay, ConversationId, HandoverId, MessageId, Milliseconds } from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { promiseDecisions } from '../model.ts';
import { Named } from '../timeline/contract.ts';
import { dueBounds, promiseKinds, promiseStandings } from './model.ts';

export const DueView = z.object({
  /** The first and the last day on which it is due; the same one mostly. */
  from: CalendarDay,
  to: CalendarDay,
  /** Minutes of the day by which it is due; null: no time was said. */
  minute: z.number().int().nullable(),
  bound: z.enum(dueBounds),
});
export type DueView = z.output<typeof DueView>;

export const PromiseView = z.object({
  /** Stable over recomputing: what `handovers.decidePromise` takes. */
  key: z.string(),
  /** `promiseTitle` (timeline/model.ts) names it. */
  kind: z.enum(promiseKinds),
  messageId: MessageId,
  msgid: z.string(),
  conversationId: ConversationId,
  /** When it was said. */
  at: Milliseconds,
  /** Whom it was said to, or who complained; null: more than one person. */
  customer: Named.nullable(),
  /** The group's name, or its id; null: in a single conversation. */
  group: Named.nullable(),
  /** The sentence, masked. */
  excerpt: z.string(),
  /** The words of the time, as written: 下周一, 3号前. */
  phrase: z.string(),
  /** Null: no day can be told from the words. */
  due: DueView.nullable(),
  standing: z.enum(promiseStandings),
  /** When the leaver first wrote in that conversation from the due day on (of complaints and undated ones: afterwards). */
  followedAt: Milliseconds.nullable(),
  /** The last word of a person on it; null: nobody has looked, or it was taken back. */
  decision: z
    .object({
      decision: z.enum(promiseDecisions),
      title: z.string(),
      dueDay: CalendarDay.nullable(),
      taker: z.string().nullable(),
      note: z.string(),
      by: Person,
      at: Milliseconds,
    })
    .nullable(),
});
export type PromiseView = z.output<typeof PromiseView>;

export const PromisesView = z.object({
  lastDay: CalendarDay,
  promises: z.array(PromiseView),
  /** True where there are more than 5,000: the others are the least urgent. */
  limited: z.boolean(),
  counts: z.object({
    /** Not yet decided on, and not probably kept. */
    open: z.number().int(),
    accepted: z.number().int(),
    dismissed: z.number().int(),
    kept: z.number().int(),
  }),
});
export type PromisesView = z.output<typeof PromisesView>;

export const promisesContract = {
  /** What the leaver said to customers and may still be owed: those due after the last day first, then overdue ones. */
  'handovers.promises': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ id: HandoverId }),
    output: PromisesView,
  }),
  /**
   * A person's word on a promise. `accepted` makes it the taker's task, with a title and, where one is known, a day; `reset` takes
   * the last word back. Not while a sheet is frozen or signed (`handover-frozen`), but that it was kept.
   */
  'handovers.decidePromise': procedure({
    kind: 'mutation',
    permission: 'handovers:manage',
    input: z
      .object({
        id: HandoverId,
        key: z.string().min(1).max(100),
        decision: z.enum(promiseDecisions),
        title: z.string().trim().max(500).default(''),
        dueDay: CalendarDay.nullable().default(null),
        /** The userid of a taker of this handover. */
        taker: z.string().trim().min(1).max(128).nullable().default(null),
        note: Note.default(''),
      })
      .refine(({ decision, title }) => decision !== 'accepted' || title !== '', {
        error: 'a task needs a title',
        path: ['title'],
      })
      .refine(({ decision, taker }) => decision !== 'accepted' || taker !== null, {
        error: 'a task needs somebody who does it',
        path: ['taker'],
      })
      .refine(({ decision, note }) => decision !== 'dismissed' || note !== '', {
        error: 'say why nothing is owed',
        path: ['note'],
      }),
    output: PromiseView,
  }),
};
