import { z } from 'zod';

import { CalendarDay, ConversationId, HandoverId, Milliseconds } from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { Named } from '../timeline/contract.ts';
import { continuityStates } from './model.ts';

export const ContinuityRow = z.object({
  customer: Named,
  /** The userid of whoever took the customer over. */
  taker: z.string(),
  /** From when on the time counts: the takeover, or the leaver's last day. */
  since: Milliseconds,
  /** The last day on which the first contact is in time. */
  dueDay: CalendarDay,
  state: z.enum(continuityStates),
  contactedAt: Milliseconds.nullable(),
  answeredAt: Milliseconds.nullable(),
  complainedAt: Milliseconds.nullable(),
  leftAt: Milliseconds.nullable(),
  /** Where taker and customer talk; null: they never did. */
  conversationId: ConversationId.nullable(),
});
export type ContinuityRow = z.output<typeof ContinuityRow>;

const Count = z.number().int();

export const ContinuityView = z.object({
  lastDay: CalendarDay,
  /** Working days within which the taker should write. */
  workingDays: Count,
  /** Years on the way whose holidays nobody has entered. */
  assumedYears: z.array(Count),
  /**
   * Takers of these customers of whom the archive has nothing since the last day: that they contacted nobody may just mean that
   * their chats were not imported.
   */
  unseenTakers: z.array(Named),
  totals: z.object({
    customers: Count,
    answered: Count,
    contacted: Count,
    late: Count,
    waiting: Count,
    missed: Count,
    left: Count,
    complained: Count,
  }),
  /** Week by week from the last day on, until now and at most 26. */
  weeks: z.array(
    z.object({
      /** The week's first day, counted from the day after the last day. */
      from: CalendarDay,
      to: CalendarDay,
      /** Customers taken over by its end. */
      customers: Count,
      /** Of them, those that the taker had written to by its end. */
      contacted: Count,
      answered: Count,
      left: Count,
      complained: Count,
    }),
  ),
  /** How many rows the filter lets pass. */
  total: Count,
  rows: z.array(ContinuityRow),
});
export type ContinuityView = z.output<typeof ContinuityView>;

export const continuityContract = {
  /** What became of the customers that others took over: did the taker write in time, did they answer, complain or leave. */
  'handovers.continuity': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({
      id: HandoverId,
      workingDays: z.number().int().min(1).max(60).default(5),
      states: z.array(z.enum(continuityStates)).max(continuityStates.length).default([]),
      /** Only those who complained. */
      complained: z.boolean().default(false),
      taker: z.string().max(128).nullable().default(null),
      /** Part of the customer's id or name. */
      query: z.string().max(200).default(''),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1_000).default(200),
    }),
    output: ContinuityView,
  }),
};
