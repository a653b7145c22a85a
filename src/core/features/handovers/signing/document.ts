import { z } from 'zod';

import { CalendarDay, HandoverId, Milliseconds } from '../../../contract/ids.ts';
import { feedKinds } from '../../feeds/model.ts';
import { handoverClasses, outcomes, promiseDecisions } from '../model.ts';
import type { Seat } from './model.ts';
import { promiseKinds, promiseStandings } from '../promises/model.ts';
import { riskLevels } from '../timeline/model.ts';

// What is frozen, hashed and signed. The hash is over its canonical JSON, so that whoever has the file can work it out again; a
// change to this form takes a new name in `form`, and old ones stay readable.

const Count = z.number().int().nonnegative();

export const FrozenFigures = z.object({
  opening: Count,
  takenOver: Count,
  waiting: Count,
  refused: Count,
  takerAtLimit: Count,
  deletedByCustomer: Count,
  deletedByLeaver: Count,
  invalid: Count,
  unexplained: Count,
  conflicts: Count,
  late: Count,
  explained: Count,
});
export type FrozenFigures = z.output<typeof FrozenFigures>;

const RowSource = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('fact'),
    feed: z.enum(feedKinds),
    file: z.string(),
    line: z.number().int(),
    says: z.string(),
    employee: z.string().nullable(),
    at: Milliseconds,
    wholeDay: z.boolean(),
    code: z.string().nullable(),
  }),
  z.object({
    type: z.literal('app'),
    says: z.string(),
    by: z.string(),
    employee: z.string().nullable(),
    at: Milliseconds,
  }),
]);

export const FrozenRow = z.object({
  id: z.string(),
  name: z.string(),
  outcome: z.enum(outcomes),
  why: z.string(),
  whyValue: z.string(),
  taker: z.string().nullable(),
  at: Milliseconds.nullable(),
  conflict: z.boolean(),
  late: z.boolean(),
  sources: z.array(RowSource),
  /** What somebody wrote of a row that no record accounts for. */
  explanation: z.object({ text: z.string(), by: z.string(), at: Milliseconds }).nullable(),
});
export type FrozenRow = z.output<typeof FrozenRow>;

export const FrozenFinding = z.object({
  key: z.string(),
  kind: z.string(),
  at: Milliseconds.nullable(),
  score: z.number(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  evidence: z.array(
    z.discriminatedUnion('type', [
      z.object({
        type: z.literal('fact'),
        feed: z.enum(feedKinds),
        file: z.string(),
        line: z.number().int(),
        at: Milliseconds,
        item: z.string().nullable(),
      }),
      z.object({
        type: z.literal('message'),
        messageId: z.number().int(),
        msgid: z.string(),
        at: Milliseconds,
        excerpt: z.string(),
      }),
    ]),
  ),
  dismissed: z.object({ reason: z.string(), by: z.string(), at: Milliseconds }).nullable(),
});
export type FrozenFinding = z.output<typeof FrozenFinding>;

export const FrozenPromise = z.object({
  key: z.string(),
  kind: z.enum(promiseKinds),
  /** When it was said. */
  at: Milliseconds,
  /** Whom it was said to, by name or id; empty in a group. */
  customer: z.string(),
  /** The sentence, masked. */
  excerpt: z.string(),
  dueDay: CalendarDay.nullable(),
  standing: z.enum(promiseStandings),
  /** A person's last word on it; null: nobody has looked. */
  decision: z
    .object({
      decision: z.enum(promiseDecisions),
      title: z.string(),
      dueDay: CalendarDay.nullable(),
      taker: z.string().nullable(),
      note: z.string(),
      by: z.string(),
      at: Milliseconds,
    })
    .nullable(),
});
export type FrozenPromise = z.output<typeof FrozenPromise>;

const NamedUserid = z.object({ userid: z.string(), name: z.string() });

export const FrozenParties = z.object({
  leaver: NamedUserid,
  takers: z.array(NamedUserid),
  /** An account's name; empty while nobody is named. */
  supervisor: z.string(),
  branch: z.string(),
  lastDay: CalendarDay.nullable(),
  openingDay: CalendarDay.nullable(),
  reason: z.string(),
});
export type FrozenParties = z.output<typeof FrozenParties>;

const FrozenClass = z.object({ figures: FrozenFigures, rows: z.array(FrozenRow) });
export type FrozenClass = z.output<typeof FrozenClass>;

export const FrozenHandover = z.object({
  form: z.literal('countersign-handover-1'),
  /** Null: a leaver for whom no handover is opened. Such a sheet is only ever a draft. */
  handoverId: HandoverId.nullable(),
  workspaceTitle: z.string(),
  timeZone: z.string(),
  parties: FrozenParties,
  /** As of when it was worked out. */
  at: Milliseconds,
  classes: z.record(z.enum(handoverClasses), FrozenClass),
  /** How strongly the findings that count point to customers being carried away, 0 to 100. */
  risk: z.object({ score: z.number(), level: z.enum(riskLevels) }),
  findings: z.array(FrozenFinding),
  promises: z.array(FrozenPromise),
  /** Userid → name, of everybody whom the sheet names. */
  names: z.record(z.string(), z.string()),
});
export type FrozenHandover = z.output<typeof FrozenHandover>;

/** Rows that stand in nobody's account: unexplained, and nobody has written why. */
export function unexplainedLeft(document: Pick<FrozenHandover, 'classes'>): number {
  return handoverClasses.reduce(
    (sum, key) =>
      sum +
      document.classes[key].rows.filter(
        ({ outcome, explanation }) => outcome === 'unexplained' && explanation === null,
      ).length,
    0,
  );
}

/** All unexplained rows, with or without an explanation. */
export function unexplainedIn(document: Pick<FrozenHandover, 'classes'>): number {
  return handoverClasses.reduce((sum, key) => sum + document.classes[key].figures.unexplained, 0);
}

/** Whose signatures a frozen sheet waits for, as it was frozen. */
export function frozenSeats({ parties }: Pick<FrozenHandover, 'parties'>): readonly Seat[] {
  return [
    { role: 'leaver', party: parties.leaver.userid },
    ...parties.takers.map(({ userid }): Seat => ({ role: 'taker', party: userid })),
    { role: 'supervisor', party: '' },
  ];
}
