import { z } from 'zod';

import { CalendarDay, HandoverId, Milliseconds, UserId } from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { handoverStates, partyRoles } from '../model.ts';
import { agings, suggestionReasons } from './model.ts';

/** A WeCom userid, as the feeds write it. */
export const Employee = z.string().trim().min(1).max(128);

/** Most takers of one handover: a team of fifty is larger than any that shares one manager's customers. */
export const maxTakers = 50;

const TakerInput = z.strictObject({
  taker: Employee,
  /** The taker's account in this app, with which they sign. */
  userId: UserId.nullable().default(null),
});

export const HandoverInput = z.strictObject({
  leaver: Employee,
  leaverUser: UserId.nullable().default(null),
  /** In order; may be named later. */
  takers: z.array(TakerInput).max(maxTakers).default([]),
  /** Watches over the handover: neither the leaver nor a taker. May be named later. */
  supervisorUser: UserId.nullable().default(null),
  lastDay: CalendarDay,
  /** From when on customers count; null: the first evidence within the year before the last day. */
  openingDay: CalendarDay.nullable().default(null),
  reason: z.string().trim().max(2_000).default(''),
});
export type HandoverInput = z.output<typeof HandoverInput>;

/** An employee as the rosters and feeds name them. */
export const EmployeeView = z.object({
  userid: z.string(),
  /** Empty while no feed gave one. */
  name: z.string(),
  branch: z.string(),
});
export type EmployeeView = z.output<typeof EmployeeView>;

/** An account that may be bound to a party. */
export const AccountView = z.object({
  userId: UserId,
  userName: z.string(),
  displayName: z.string(),
  branch: z.string(),
});
export type AccountView = z.output<typeof AccountView>;

export const HandoverView = z.object({
  id: HandoverId,
  leaver: EmployeeView,
  leaverUser: AccountView.nullable(),
  takers: z.array(z.object({ employee: EmployeeView, user: AccountView.nullable() })),
  supervisor: AccountView.nullable(),
  lastDay: CalendarDay,
  openingDay: CalendarDay.nullable(),
  reason: z.string(),
  state: z.enum(handoverStates),
  /** Counts up with each change; say it when changing. */
  revision: z.number().int(),
  openedAt: Milliseconds,
  openedBy: z.string(),
  updatedAt: Milliseconds,
  signedAt: Milliseconds.nullable(),
  /** Whole days since it was opened, until it was signed. */
  daysOpen: z.number().int(),
  aging: z.enum(agings),
  /** The roles in which the caller is a party to it. */
  roles: z.array(z.enum(partyRoles)),
  /** Whether the caller may change it, explain rows and decide on findings and promises: nobody who hands over or takes over may. */
  mayChange: z.boolean(),
});
export type HandoverView = z.output<typeof HandoverView>;

/** How a handover stands, in numbers of its sheet. */
export const HandoverFiguresView = z.object({
  id: HandoverId,
  opening: z.number().int(),
  waiting: z.number().int(),
  late: z.number().int(),
  unexplained: z.number().int(),
  /** Unexplained rows that somebody has explained in writing. */
  explained: z.number().int(),
  conflicts: z.number().int(),
  /** 0 to 100: how strongly the timeline points to customers being carried away; null while it isn't worked out. */
  risk: z.number().int().nullable(),
});
export type HandoverFiguresView = z.output<typeof HandoverFiguresView>;

export const SuggestionView = z.object({
  leaver: EmployeeView,
  /** All that points to it, the strongest first. */
  reasons: z
    .array(
      z.object({
        kind: z.enum(suggestionReasons),
        /** Groups, customers or records that it rests on. */
        count: z.number().int(),
        at: Milliseconds,
      }),
    )
    .min(1),
  /** The last day that a departure list names, or the day of the first sign. */
  lastDay: CalendarDay,
  /** Whom a departure list names. */
  takers: z.array(z.string()),
  supervisor: z.string(),
  reason: z.string(),
});
export type SuggestionView = z.output<typeof SuggestionView>;

export const recordContract = {
  /** The handovers that the caller may see, those with the latest last day first. Their numbers come by `handovers.figures`. */
  'handovers.list': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z
      .object({
        states: z.array(z.enum(handoverStates)).max(handoverStates.length).default([]),
        branch: z.string().max(200).nullable().default(null),
        /** Part of the leaver's userid or name. */
        query: z.string().max(200).default(''),
      })
      .prefault({}),
    output: z.object({ handovers: z.array(HandoverView), branches: z.array(z.string()) }),
  }),
  'handovers.get': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ id: HandoverId }),
    output: HandoverView,
  }),
  /** Numbers of the sheets, worked out beside the app's thread: ask for few at a time, so that they come one after another. */
  'handovers.figures': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ ids: z.array(HandoverId).min(1).max(50) }),
    output: z.array(HandoverFiguresView),
  }),
  /** `handover-exists` where the leaver has one with this last day. */
  'handovers.open': procedure({
    kind: 'mutation',
    permission: 'handovers:manage',
    input: HandoverInput,
    output: HandoverView,
  }),
  /** `conflict` where somebody changed it since `revision`, `handover-frozen` while a sheet is frozen or signed. */
  'handovers.update': procedure({
    kind: 'mutation',
    permission: 'handovers:manage',
    input: z.strictObject({
      id: HandoverId,
      revision: z.number().int(),
      // Whose handover it is doesn't change: that would be another one.
      change: HandoverInput.omit({ leaver: true }),
    }),
    output: HandoverView,
  }),
  /** Who seems to have left, and has no handover yet. */
  'handovers.suggestions': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({}).prefault({}),
    output: z.array(SuggestionView),
  }),
  'handovers.dismissSuggestion': procedure({
    kind: 'mutation',
    permission: 'handovers:manage',
    input: z.object({ leaver: Employee, reason: z.string().trim().min(1).max(2_000) }),
    output: z.object({}),
  }),
  /** Employees whose userid, name or branch has the words, for choosing a leaver or taker: not for an editor, who is only a party. */
  'handovers.employees': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({ query: z.string().max(200).default('') }).prefault({}),
    output: z.array(EmployeeView),
  }),
  /** Active accounts, for binding parties to them. */
  'handovers.accounts': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({}).prefault({}),
    output: z.array(AccountView),
  }),
};
