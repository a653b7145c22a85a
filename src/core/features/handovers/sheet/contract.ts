import { z } from 'zod';

import { CalendarDay, HandoverId, Milliseconds } from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { feedKinds } from '../../feeds/model.ts';
import { handoverClasses, outcomes } from '../model.ts';
import { Employee, EmployeeView } from '../record/contract.ts';
import { FindingView } from '../timeline/contract.ts';

/** A handover, or somebody for whom none is opened: their sheet can be looked at too, by whoever reads the archive. */
export const HandoverTarget = z.union([
  z.strictObject({ handoverId: HandoverId }),
  z.strictObject({ leaver: Employee }),
]);
export type HandoverTarget = z.output<typeof HandoverTarget>;

const count = z.number().int().nonnegative();

export const ClassFiguresView = z.object({
  opening: count,
  takenOver: count,
  waiting: count,
  refused: count,
  takerAtLimit: count,
  deletedByCustomer: count,
  deletedByLeaver: count,
  invalid: count,
  unexplained: count,
  conflicts: count,
  late: count,
  explained: count,
});

const FactPlace = z.object({ feed: z.enum(feedKinds), file: z.string(), line: z.number().int() });

export const RowSourceView = z.union([
  FactPlace.extend({
    type: z.literal('fact'),
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

/** What somebody wrote of a row, or to whom somebody gave it. */
const Word = z.object({ text: z.string(), by: z.string(), at: Milliseconds });

export const SheetRowView = z.object({
  id: z.string(),
  name: z.string(),
  outcome: z.enum(outcomes),
  /** What `whySentence` has words for. */
  why: z.string(),
  whyValue: z.string(),
  taker: z.string().nullable(),
  at: Milliseconds.nullable(),
  conflict: z.boolean(),
  late: z.boolean(),
  /** In order of time; each `says` is a key below `handovers.says.`. */
  sources: z.array(RowSourceView),
  explanation: Word.nullable(),
});
export type SheetRowView = z.output<typeof SheetRowView>;

export const HandoverFindingView = FindingView.extend({
  /** How many pieces of evidence there are; `evidence` has the first ones. */
  evidenceCount: z.number().int(),
});
export type HandoverFindingView = z.output<typeof HandoverFindingView>;

export const SheetView = z.object({
  leaver: EmployeeView,
  lastDay: CalendarDay.nullable(),
  /** Midnight of the first day that counts; null where there is no evidence at all. */
  openingAt: Milliseconds.nullable(),
  /** Whether somebody named the opening day, or it follows from the evidence. */
  openingNamed: z.boolean(),
  /** Userids of those who are named or, where nobody is, of those whom the records name. */
  takers: z.array(z.string()),
  /** More than a year since the last day: WeCom hands nothing over any more (W/96331). */
  beyondYear: z.boolean(),
  classes: z.object({
    customers: ClassFiguresView,
    groups: ClassFiguresView,
    liveCodes: ClassFiguresView,
    tasks: ClassFiguresView,
    materials: ClassFiguresView,
    cases: ClassFiguresView,
  }),
  /** Rules of procedure that were broken, dismissed ones too; the timeline's findings are apart. */
  findings: z.array(HandoverFindingView),
  /** What the sheet rests on, by feed. */
  evidence: z.array(
    z.object({
      feed: z.enum(feedKinds),
      facts: z.number().int(),
      files: z.number().int(),
      first: Milliseconds,
      last: Milliseconds,
    }),
  ),
  /** Userid → name, of everybody whom the sheet names. */
  names: z.record(z.string(), z.string()),
});
export type SheetView = z.output<typeof SheetView>;

export const RowFilter = z.object({
  class: z.enum(handoverClasses),
  /** None: all. */
  outcomes: z.array(z.enum(outcomes)).max(outcomes.length).default([]),
  conflictsOnly: z.boolean().default(false),
  lateOnly: z.boolean().default(false),
  /** Unexplained rows for which nobody has written why. */
  unexplainedOnly: z.boolean().default(false),
  /** Part of id, name, or the taker's userid or name. */
  query: z.string().max(200).default(''),
});
export type RowFilter = z.output<typeof RowFilter>;

/** Most rows that one explanation or assignment is for: a whole class of the largest sheet. */
export const maxRowsAtOnce = 25_000;

const RowChoice = {
  handoverId: HandoverId,
  class: z.enum(handoverClasses),
  // A task without an id is known by its title and its customer, up to some 760 characters.
  items: z.array(z.string().min(1).max(800)).min(1).max(maxRowsAtOnce),
};

export const sheetContract = {
  /** The figures of all classes. Every class's opening is the sum of its outcomes. */
  'handovers.sheet': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ target: HandoverTarget }),
    output: SheetView,
  }),
  /** The list behind a figure, in order of id. */
  'handovers.rows': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({
      target: HandoverTarget,
      filter: RowFilter,
      offset: z.number().int().nonnegative().default(0),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({
      rows: z.array(SheetRowView),
      total: z.number().int(),
      /** Userid → name, of everybody whom these rows name. */
      names: z.record(z.string(), z.string()),
    }),
  }),
  /** The ids of all rows that a filter lets through, for choosing all of them. */
  'handovers.rowIds': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ target: HandoverTarget, filter: RowFilter }),
    output: z.array(z.string()),
  }),
  /** Writes why these rows stand as they do; an empty text takes back what was written. */
  'handovers.explain': procedure({
    kind: 'mutation',
    permission: 'handovers:manage',
    input: z.strictObject({ ...RowChoice, text: z.string().trim().max(2_000) }),
    output: z.object({ changed: z.number().int() }),
  }),
  /** Gives materials and cases of this app to a taker; null takes it back. Others pass by the records of WeCom only. */
  'handovers.assign': procedure({
    kind: 'mutation',
    permission: 'handovers:manage',
    input: z.strictObject({
      ...RowChoice,
      taker: Employee.nullable(),
      note: z.string().trim().max(2_000).default(''),
    }),
    output: z.object({ changed: z.number().int() }),
  }),
};
