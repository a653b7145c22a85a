import type { DispositionId, Milliseconds, UserId } from '../../contract/ids.ts';

/** Where a hit stands. Only an explicit decision moves it out of `open`. */
export const hitStates = ['open', 'confirmed', 'dismissed', 'escalated'] as const;
export type HitState = (typeof hitStates)[number];

/** What a reviewer can say of a hit; `reopened` takes an earlier decision back. */
export const decisions = ['confirmed', 'dismissed', 'escalated', 'reopened'] as const;
export type Decision = (typeof decisions)[number];

/** Why a hit was dismissed or confirmed; optional, but an auditor will ask. */
export const reasonCodes = [
  'violation',
  'customer-words',
  'quotation',
  'negated',
  'approved-wording',
  'ordinary-meaning',
  'already-handled',
  'other',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** Most hits that one list names: more than anybody triages, and small enough to sort and send in one piece. */
export const maxListedHits = 500_000;

/** The state that a decision leads to, where nothing was decided before it. */
export function stateAfter(decision: Decision): HitState {
  return decision === 'reopened' ? 'open' : decision;
}

/** One entry of a hit's history, oldest first in lists of them. */
export interface Disposition<Id = DispositionId> {
  readonly id: Id;
  readonly decision: Decision;
  readonly reasonCode: ReasonCode | null;
  readonly by: UserId;
  readonly at: Milliseconds;
  /** The disposition that a `reopened` takes back. */
  readonly undoes: Id | null;
}

/** Where a hit stands and who put it there. */
export interface Standing {
  readonly state: HitState;
  readonly by: UserId | null;
  readonly at: Milliseconds | null;
  readonly reasonCode: ReasonCode | null;
}

const untouched: Standing = { state: 'open', by: null, at: null, reasonCode: null };

/** The decisions of a history that nobody has taken back, oldest first: the last one is what counts. */
export function standingDecisions<Id extends number>(
  history: readonly Disposition<Id>[],
): readonly Disposition<Id>[] {
  const takenBack = new Set(history.flatMap((entry) => entry.undoes ?? []));
  return history.filter((entry) => entry.decision !== 'reopened' && !takenBack.has(entry.id));
}

/** Where a hit with this history stands. The last explicit decision wins, whoever made the ones before it. */
export function standingOf<Id extends number>(history: readonly Disposition<Id>[]): Standing {
  const last = standingDecisions(history).at(-1);
  if (last === undefined) return untouched;
  return { state: stateAfter(last.decision), by: last.by, at: last.at, reasonCode: last.reasonCode };
}

export type UndoPlan =
  | { readonly kind: 'undo'; readonly standing: Standing }
  /** It was taken back before, or is itself a taking back. */
  | { readonly kind: 'nothing-to-undo' }
  /** A later decision stands on top of it: taking this one back would change nothing that anybody sees. */
  | { readonly kind: 'conflict' };

/** What taking `id` back would lead to: the state before it, with the decision that then counts again. */
export function planUndo<Id extends number>(history: readonly Disposition<Id>[], id: Id): UndoPlan {
  const standing = standingDecisions(history);
  if (!standing.some((entry) => entry.id === id)) return { kind: 'nothing-to-undo' };
  if (standing.at(-1)?.id !== id) return { kind: 'conflict' };
  return { kind: 'undo', standing: standingOf(history.filter((entry) => entry.id !== id)) };
}

/** Characters of the message shown on each side of a hit in a list. */
const excerptReach = 40;
/** Characters looked at for masking on each side: longer than any number that is masked, spaces and dashes included. */
const maskReach = 240;

/** A hit with some text around it, masked. `mask` keeps the length, so the hit stays where it is. */
export function excerptAround(
  text: string,
  start: number,
  end: number,
  mask: (text: string) => string,
): { readonly excerpt: string; readonly excerptStart: number } {
  const maskFrom = Math.max(0, start - maskReach);
  const masked = mask(text.slice(maskFrom, end + maskReach));
  const from = wholeCharacter(text, Math.max(0, start - excerptReach));
  const to = wholeCharacter(text, Math.min(text.length, end + excerptReach));
  return { excerpt: masked.slice(from - maskFrom, to - maskFrom), excerptStart: start - from };
}

/** The offset, or the one after it where it would cut a surrogate pair in two. */
function wholeCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  const before = text.charCodeAt(offset - 1);
  const splits = unit >= 0xdc_00 && unit <= 0xdf_ff && before >= 0xd8_00 && before <= 0xdb_ff;
  return splits ? offset + 1 : offset;
}

/** Midnight, in the workspace's time zone, of the day that `now` falls in. */
export function startOfDay(now: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(now);
  const of = (type: 'hour' | 'minute' | 'second') =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return now - (now % 1000) - ((of('hour') * 60 + of('minute')) * 60 + of('second')) * 1000;
}
