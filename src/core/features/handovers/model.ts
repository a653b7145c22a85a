import type { HandoverId, MessageId, Milliseconds } from '../../contract/ids.ts';
import type { FactSource } from '../feeds/model.ts';
import type { Why } from './sheet/model.ts';

export { handoverWords } from './words.ts';

/** What has to pass from the leaver to others. */
export const handoverClasses = ['customers', 'groups', 'liveCodes', 'tasks', 'materials', 'cases'] as const;
export type HandoverClass = (typeof handoverClasses)[number];

/** Where each item of an opening balance went. One of these, always: they add up to the opening. */
export const outcomes = [
  'takenOver',
  'waiting',
  'refused',
  'takerAtLimit',
  'deletedByCustomer',
  'deletedByLeaver',
  'invalid',
  'unexplained',
] as const;
export type Outcome = (typeof outcomes)[number];

/** Signing: a sheet is frozen and not everybody has signed it. */
export const handoverStates = ['open', 'signing', 'signed'] as const;
export type HandoverState = (typeof handoverStates)[number];

/** 移交人, 接交人, 监交人. */
export const partyRoles = ['leaver', 'taker', 'supervisor'] as const;
export type PartyRole = (typeof partyRoles)[number];

/** `kept`: what was promised has been done. `reset`: back to undecided. */
export const promiseDecisions = ['accepted', 'dismissed', 'kept', 'reset'] as const;
export type PromiseDecision = (typeof promiseDecisions)[number];

/** What a row of the sheet rests on: a record that was imported, or what somebody recorded in the app. */
export type RowSource =
  | (FactSource & {
      readonly type: 'fact';
      /** A key below `handovers.says.` in the i18n files: `listed`, `started`, `status-1`, `deleted-by-customer`… */
      readonly says: string;
      readonly employee: string | null;
      readonly at: Milliseconds;
      readonly wholeDay: boolean;
      /** The errcode, status or ChangeType, as the feed has it. */
      readonly code: string | null;
    })
  | {
      readonly type: 'app';
      readonly says: string;
      readonly by: string;
      readonly employee: string | null;
      readonly at: Milliseconds;
    };

export interface SheetRow {
  readonly id: string;
  /** The customer's or group's name, a task's or material's title; empty while only the id is known. */
  readonly name: string;
  readonly outcome: Outcome;
  /** Why it has this outcome. */
  readonly why: Why;
  /** The errcode, the days, or whatever else the sentence of `why` names. */
  readonly whyValue: string;
  /** The userid of whoever has it, or was to have it. */
  readonly taker: string | null;
  /** When it got this outcome; null where nothing happened. */
  readonly at: Milliseconds | null;
  /** Two records that can't both be true: it counts as unexplained until a person has looked. */
  readonly conflict: boolean;
  /** Waiting for more than 24 hours. */
  readonly late: boolean;
  /** In order of time. */
  readonly sources: readonly RowSource[];
}

export type ClassFigures = Readonly<Record<Outcome, number>> & {
  readonly opening: number;
  readonly conflicts: number;
  readonly late: number;
  /** Unexplained rows that somebody has explained in writing. */
  readonly explained: number;
};

export interface ClassSheet {
  readonly figures: ClassFigures;
  /** In order of id. */
  readonly rows: readonly SheetRow[];
}

/** Whose sheet, and under which circumstances. */
export interface SheetSubject {
  readonly leaver: string;
  /** Milliseconds of the last day's end; null: nobody knows it yet. */
  readonly lastDayEnd: Milliseconds | null;
  /** Midnight of the opening day; null: the first evidence within the year before the last day, or the first new contact since. */
  readonly openingAt: Milliseconds | null;
  /** The end of the last day of the leaver's handover before this one; null: there is none. */
  readonly previousEnd: Milliseconds | null;
  /** Whether the leaver has a handover after this one: only then is what came after the last day another sheet's. */
  readonly leavesAgain: boolean;
  /** Userids, named by people. Further ones may be named by the records. */
  readonly takers: readonly string[];
  readonly now: Milliseconds;
}

/** Something that a person should look at: a rule that was broken, or a sign that customers are carried away. */
export interface HandoverFinding {
  /** Stable over recomputing: what a dismissal refers to. */
  readonly key: string;
  /** A key below `handovers.finding.`. */
  readonly kind: string;
  readonly at: Milliseconds | null;
  /** 0 to 100, how strongly it points to customers being carried away; 0: a matter of procedure. */
  readonly score: number;
  /** What the sentence names: numbers, names, the words. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly evidence: readonly FindingEvidence[];
}

export type FindingEvidence =
  | (FactSource & { readonly type: 'fact'; readonly at: Milliseconds; readonly item: string | null })
  | {
      readonly type: 'message';
      readonly messageId: MessageId;
      readonly msgid: string;
      readonly at: Milliseconds;
      /** The words it rests on, personal data masked; empty for a message without text. */
      readonly excerpt: string;
    };

/** What a record rule needs to know of a handover. */
export interface HandoverParties {
  readonly id: HandoverId;
  readonly leaver: string;
  /** The account that somebody bound to the leaver. */
  readonly leaverUser: string | null;
  /** The account that has the leaver's userid as its user name: the leaver's too, whether or not anybody bound one. */
  readonly leaverNamed: string | null;
  readonly supervisorUser: string | null;
  readonly takers: readonly { readonly taker: string; readonly userId: string | null }[];
}

/**
 * Whether an account may see a handover: whoever reads the archive sees all of them, everybody else the ones to which they are
 * a party.
 */
export function maySee(
  parties: HandoverParties,
  user: { readonly userId: string; readonly permissions: ReadonlySet<string> },
): boolean {
  return user.permissions.has('archive:read') || rolesOf(parties, user.userId).length > 0;
}

/** The roles in which an account is a party to a handover. */
export function rolesOf(parties: HandoverParties, userId: string): readonly PartyRole[] {
  const roles: PartyRole[] = [];
  if (isLeaver(parties, userId)) roles.push('leaver');
  if (parties.takers.some((taker) => taker.userId === userId)) roles.push('taker');
  if (parties.supervisorUser === userId) roles.push('supervisor');
  return roles;
}

/** Whether an account is the leaver's. */
export function isLeaver(
  { leaverUser, leaverNamed }: Pick<HandoverParties, 'leaverUser' | 'leaverNamed'>,
  userId: string,
): boolean {
  return leaverUser === userId || leaverNamed === userId;
}

/** Whether an account would judge its own handover: what the leaver left and what a taker got is for others to say. */
export function judgesOwn(parties: HandoverParties, userId: string): boolean {
  return rolesOf(parties, userId).some((role) => role === 'leaver' || role === 'taker');
}

/** The name of a userid in an answer's own list of names; empty where it has none, though JavaScript know the word (`constructor`). */
export function nameIn(names: Readonly<Record<string, string>>, userid: string): string {
  return Object.hasOwn(names, userid) ? (names[userid] ?? '') : '';
}
