import type { Milliseconds } from '../../../../contract/ids.ts';
import type { Outcome, RowSource } from '../../model.ts';
import type { Why } from '../why-words.ts';
import { type Attempt, attemptsOf, currentOf } from './attempts.ts';
import { type CustomerRecords, type Deletion, customerRecords, invalidCustomer } from './customer-records.ts';
import { type Circumstances, type Evidence, type Judged, sourceOf } from './evidence.ts';
import { gainAt } from './gains.ts';
import type { Lists } from './lists.ts';
import { type Span, dayLength, isBefore, momentSpan, spanOf } from './spans.ts';
import { type Takeover, otherHolders, ownListTakeover } from './takeover.ts';

/** A transfer takes effect after 24 hours (W/96331). */
const takesEffectAfter = dayLength;

interface Verdict {
  readonly outcome: Outcome;
  readonly why: Why;
  readonly whyValue?: string;
  readonly taker?: string | null;
  readonly at?: Milliseconds | null;
  readonly conflict?: true;
  readonly lateFrom?: number;
  readonly ended?: Span;
  /** Records that the customer is missing from, where the verdict rests on that. */
  readonly missingFrom?: { readonly says: string; readonly lists: readonly Evidence[] };
}

/**
 * What became of one customer of the leaver. `facts` are all that is recorded of the customer, in order of time and without repeats;
 * null where nothing shows that the leaver ever had them.
 *
 * Records are never weighed against each other: where they can't all be true the customer counts as unexplained, and somebody has
 * to look. docs/handovers.md has the rules.
 */
export function judgeCustomer(
  facts: readonly Evidence[],
  lists: Lists,
  circumstances: Circumstances,
): Judged | null {
  const records = customerRecords(facts, circumstances);
  if (records.evidenced.length === 0) return null;
  const attempts = currentOf(attemptsOf(records.starts, records.results));
  const verdict = decide(records, attempts, lists, circumstances);
  const missing = verdict.missingFrom;
  return {
    outcome: verdict.outcome,
    why: verdict.why,
    whyValue: verdict.whyValue ?? '',
    taker: verdict.taker ?? null,
    at: verdict.at ?? null,
    conflict: verdict.conflict ?? false,
    lateFrom: verdict.lateFrom ?? null,
    ended: verdict.ended ?? null,
    sources:
      missing === undefined
        ? records.sources
        : inTime([...records.sources, ...missing.lists.map((list) => sourceOf(list, missing.says))]),
    holders: verdict.outcome === 'takenOver' ? [] : otherHolders(records, circumstances),
    evidenced: records.evidenced,
    gains: records.added.map(({ from }) => gainAt(from)),
  };
}

function inTime(sources: readonly RowSource[]): readonly RowSource[] {
  return sources.toSorted((one, other) => one.at - other.at);
}

function decide(
  records: CustomerRecords,
  attempts: readonly Attempt[],
  lists: Lists,
  circumstances: Circumstances,
): Verdict {
  const deletion = standingDeletion(records);
  const successes = lastSuccesses(records, attempts);
  const broken =
    attempts.find(({ state }) => state === 'conflict') ?? waitingAfterSuccess(attempts, successes);
  if (broken !== undefined) return conflict('conflict-statuses', broken.taker, broken.at);
  const named = successes.filter(({ taker }) => taker !== null);
  const other = named.find(({ taker }) => taker !== named[0]?.taker);
  if (other !== undefined) return conflict('conflict-two-takers', other.taker, other.at);
  const takeover = takeoverOf(named[0] ?? successes[0], records, attempts, circumstances);
  const waits = takeover === null ? null : stillWaiting(takeover, attempts);
  if (waits !== null && takeover !== null && !takeover.hadBefore)
    return conflict('conflict-failed-held', takeover.taker, waits.at);
  // Who was the taker's contact before is in the list all along, and waits as WeCom says.
  if (takeover !== null && waits === null && !explainedByDeletion(takeover, deletion, attempts))
    return decideTakeover(takeover, deletion, records, attempts, lists);
  if (deletion !== null) return decideDeletion(deletion, records, attempts);
  return decideOpen(records, attempts, lists, circumstances);
}

/** The successful attempts, without those after which the leaver added the customer again and handed them over once more. */
function lastSuccesses({ added }: CustomerRecords, attempts: readonly Attempt[]): readonly Attempt[] {
  const successes = attempts.filter(({ state }) => state === 'success');
  return successes.filter(
    ({ span }) =>
      !successes.some((later) =>
        added.some((again) => isBefore(span, again) && !isBefore(later.span, again)),
      ),
  );
}

function takeoverOf(
  success: Attempt | undefined,
  records: CustomerRecords,
  attempts: readonly Attempt[],
  circumstances: Circumstances,
): Takeover | null {
  const shown = ownListTakeover(records, attempts, circumstances);
  if (success === undefined) return shown;
  const { taker, span, at } = success;
  return {
    taker: taker ?? shown?.taker ?? null,
    span,
    exact: span.from === span.to,
    hadBefore: false,
    at,
    by: 'status-1',
  };
}

function conflict(
  why: Why,
  taker: string | null,
  at: Milliseconds | null,
  missingFrom?: Verdict['missingFrom'],
): Verdict {
  const verdict = { outcome: 'unexplained', why, taker, at, conflict: true } as const;
  return missingFrom === undefined ? verdict : { ...verdict, missingFrom };
}

/** What waits for one taker after the customer had passed to another. */
function waitingAfterSuccess(
  attempts: readonly Attempt[],
  successes: readonly Attempt[],
): Attempt | undefined {
  return attempts.find(
    ({ state, waitingSeen }) =>
      state === 'waiting' &&
      waitingSeen !== null &&
      successes.some(({ span }) => isBefore(span, waitingSeen)),
  );
}

/** The attempt for a taker whose list has the customer, and which was seen waiting after that list. */
function stillWaiting({ by, taker, span }: Takeover, attempts: readonly Attempt[]): Attempt | null {
  if (by !== 'own-list') return null;
  return (
    attempts.find(
      (attempt) =>
        attempt.state === 'waiting' &&
        (attempt.taker === null || attempt.taker === taker) &&
        attempt.waitingSeen !== null &&
        isBefore(span, attempt.waitingSeen),
    ) ?? null
  );
}

/** The deletion that ended the contact and was not undone: of several the first, since the others found nothing to end. */
function standingDeletion({ deletions, added }: CustomerRecords): Deletion | null {
  return deletions.find(({ span }) => !added.some((again) => isBefore(span, again))) ?? null;
}

/**
 * Somebody who was a contact of the taker's anyway, and deleted the leaver or was deleted, has not passed by a transfer that nobody
 * asked for.
 */
function explainedByDeletion(
  takeover: Takeover,
  deletion: Deletion | null,
  attempts: readonly Attempt[],
): boolean {
  if (deletion === null || takeover.by === 'status-1' || attempts.length > 0) return false;
  return !takeover.exact && !isBefore(takeover.span, deletion.span);
}

function decideTakeover(
  takeover: Takeover,
  deletion: Deletion | null,
  records: CustomerRecords,
  attempts: readonly Attempt[],
  lists: Lists,
): Verdict {
  const { taker, span, at, by } = takeover;
  // By a transfer nobody passes who was no contact any more; a contact of their own making with the taker is another matter.
  const transferred = by === 'status-1' || records.starts.length > 0 || records.results.length > 0;
  if (deletion !== null && transferred && isBefore(deletion.span, span))
    return conflict('conflict-deleted-before', taker, at);
  const still = records.listed.find((fact) => isBefore(span, spanOf(fact)) && !wasAddedAfter(records, span));
  if (still !== undefined) return conflict('conflict-still-listed', taker, still.at);
  const failed = failedBefore(takeover, records, attempts);
  if (failed !== null) return conflict('conflict-failed-held', taker, failed.at);
  const missing = taker === null ? [] : missingFromTaker(taker, span, records, lists);
  const [earliest] = missing;
  if (earliest !== undefined)
    return conflict('conflict-taker-lacks', taker, earliest.at, {
      says: 'absent-taker',
      lists: [earliest],
    });
  return { outcome: 'takenOver', why: by, taker, at, ended: span };
}

/**
 * The answer that says that this taker did not get the customer, although a list or result shows that they have them. A customer who
 * refused may well come by themselves afterwards: the list has to say that they became contacts later.
 */
function failedBefore(
  { taker, span, exact, by }: Takeover,
  { starts, failures }: CustomerRecords,
  attempts: readonly Attempt[],
): { readonly at: Milliseconds } | null {
  const concerned = (named: string | null) => named === null || taker === null || named === taker;
  const certainlyLater = (end: Span) => exact && isBefore(end, span);
  if (by === 'own-list') {
    const ended = attempts.find(
      (attempt) =>
        (attempt.state === 'refused' || attempt.state === 'limit') &&
        concerned(attempt.taker) &&
        !certainlyLater(attempt.span),
    );
    if (ended !== undefined) return ended;
  }
  // Asked for once more with success, the answer before doesn't count.
  if (starts.some((start) => concerned(start.taker))) return null;
  const invalid = failures.find(
    (failure) =>
      failure.code === invalidCustomer &&
      concerned(failure.taker) &&
      !isBefore(span, spanOf(failure)) &&
      !(by === 'own-list' && certainlyLater(spanOf(failure))),
  );
  return invalid ?? null;
}

const wasAddedAfter = ({ added }: CustomerRecords, span: Span) =>
  added.some((again) => isBefore(span, again));

/** The taker's lists after the takeover, the last ones, that lack the customer although no record says why. */
function missingFromTaker(
  taker: string,
  span: Span,
  records: CustomerRecords,
  lists: Lists,
): readonly Evidence[] {
  const present = records.listedByOthers.filter((fact) => fact.employee === taker);
  const explained = [...records.endedForOthers, ...records.passedOn].some(
    (fact) => fact.employee === taker && !isBefore(spanOf(fact), span),
  );
  if (explained) return [];
  const lastPresent = Math.max(...present.map((fact) => spanOf(fact).to), span.to);
  return lists.withoutAfter(taker, present, momentSpan(lastPresent));
}

function decideDeletion(deletion: Deletion, records: CustomerRecords, attempts: readonly Attempt[]): Verdict {
  const { by, span, evidence } = deletion;
  const taker = attempts.at(-1)?.taker ?? null;
  if (by === 'customer')
    return { outcome: 'deletedByCustomer', why: 'deleted-by-customer', taker, at: evidence.at, ended: span };
  // Whom the leaver deleted is in no list of theirs and in no transfer afterwards, unless they added them again.
  const later = [...records.listed, ...records.unassigned, ...records.starts]
    .filter((fact) => isBefore(span, spanOf(fact)))
    .toSorted((one, other) => one.at - other.at)[0];
  if (later !== undefined) return conflict('conflict-deleted-still-there', taker, later.at);
  return { outcome: 'deletedByLeaver', why: 'deleted-by-leaver', taker, at: evidence.at, ended: span };
}

/** Nothing has ended the contact, and nobody has taken over. */
function decideOpen(
  records: CustomerRecords,
  attempts: readonly Attempt[],
  lists: Lists,
  { leaver }: Circumstances,
): Verdict {
  const known = attempts.filter(({ state }) => state !== 'no-record');
  const current =
    known.find(({ state }) => state === 'waiting') ??
    known.toSorted((one, other) => one.span.to - other.span.to).at(-1);
  const invalid = records.failures.findLast(({ code }) => code === invalidCustomer);
  if (invalid !== undefined && (current === undefined || isBefore(current.span, spanOf(invalid))))
    return {
      outcome: 'invalid',
      why: 'invalid-customer',
      whyValue: invalidCustomer,
      taker: invalid.taker,
      at: invalid.at,
    };
  if (current !== undefined) return ofAttempt(current);
  const failure = records.failures.at(-1);
  if (failure !== undefined)
    return {
      outcome: 'unexplained',
      why: 'errcode',
      whyValue: failure.code ?? '',
      taker: failure.taker,
      at: failure.at,
    };
  return ofNothing(records, attempts, lists, leaver);
}

function ofAttempt(attempt: Attempt): Verdict {
  const { state, taker, at, code, since, expectedAt } = attempt;
  switch (state) {
    case 'waiting':
      return {
        outcome: 'waiting',
        why: attempt.start === null ? 'status-2' : 'started',
        taker,
        at,
        lateFrom: attempt.start === null && expectedAt !== null ? expectedAt : since.to + takesEffectAfter,
      };
    case 'refused':
      return { outcome: 'refused', why: 'refused', taker, at };
    case 'limit':
      return { outcome: 'takerAtLimit', why: 'taker-at-limit', taker, at };
    case 'failed':
      return { outcome: 'unexplained', why: 'transfer-failed', whyValue: code, taker, at };
    case 'unknown':
      return { outcome: 'unexplained', why: 'status-unknown', whyValue: code, taker, at };
    case 'no-record':
    case 'success':
    case 'conflict':
      throw new Error(`an attempt that is ${state} was decided before`);
  }
}

function ofNothing(
  records: CustomerRecords,
  attempts: readonly Attempt[],
  lists: Lists,
  leaver: string,
): Verdict {
  const moved = records.moved.at(-1);
  if (moved !== undefined && !wasAddedAfter(records, spanOf(moved)))
    return { outcome: 'unexplained', why: 'moved-without-record', at: moved.at };
  const lastSeen = Math.max(...records.evidenced.map(({ to }) => to));
  const missing = lists.withoutAfter(leaver, records.listed, momentSpan(lastSeen));
  const [first] = missing;
  if (first !== undefined)
    return {
      outcome: 'unexplained',
      why: 'vanished',
      at: first.at,
      missingFrom: { says: 'absent', lists: [first] },
    };
  const none = attempts.at(-1);
  if (none !== undefined) return { outcome: 'unexplained', why: 'no-record', taker: none.taker, at: none.at };
  return { outcome: 'unexplained', why: 'never-started' };
}
