import type { Milliseconds } from '../../../../contract/ids.ts';
import { type Evidence, compareTexts, takeoverTime } from './evidence.ts';
import { type Span, compareSpans, isBefore, momentSpan, spanOf } from './spans.ts';

type Status = 'success' | 'waiting' | 'refused' | 'limit' | 'failed' | 'no-record' | 'unknown';

/** What transfer_result and transfer_fail say of an attempt (W/96333, W/96361). */
function statusOf({ kind, code, detail }: Evidence): Status {
  if (kind === 'contact-event') {
    if (detail === 'customer_refused') return 'refused';
    return detail === 'customer_limit_exceed' ? 'limit' : 'failed';
  }
  switch (code ?? '') {
    case '1':
      return 'success';
    case '2':
      return 'waiting';
    case '3':
      return 'refused';
    case '4':
      return 'limit';
    case '5':
      return 'no-record';
    default:
      return 'unknown';
  }
}

/** What nothing but a new start can follow. */
function isFinal(status: Status): boolean {
  return status === 'success' || status === 'refused' || status === 'limit' || status === 'failed';
}

interface Result {
  readonly evidence: Evidence;
  readonly status: Status;
  /** When it was seen. */
  readonly seen: Span;
  /** The takeover_time of a success, where it says one that can be. */
  readonly passed: Milliseconds | null;
}

/** One request to hand a customer over, and what became of it. */
export interface Attempt {
  /** Null where the records don't name anybody. */
  readonly taker: string | null;
  /** Null: only its results tell of it. */
  readonly start: Evidence | null;
  /** `conflict`: its results can't all be true. */
  readonly state: Status | 'conflict';
  /** When it got this state: somewhere in it. */
  readonly span: Span;
  /** The moment or day that the records name for it. */
  readonly at: Milliseconds;
  /** Since when it has been waiting, whatever became of it. */
  readonly since: Span;
  /** When it passes by itself, as WeCom says of one that waits. */
  readonly expectedAt: Milliseconds | null;
  /** The code or reason of a state that isn't known. */
  readonly code: string;
  /** The last time it was seen waiting. */
  readonly waitingSeen: Span | null;
}

interface Draft {
  readonly taker: string | null;
  readonly start: Evidence | null;
  /** Of one without a start: any time before its first result. */
  readonly startSpan: Span;
  results: Result[];
}

const sometime: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** Whether two records may name the same taker: one that names nobody may mean anybody. */
const mayBeSame = (one: string | null, other: string | null) =>
  one === null || other === null || one === other;

/**
 * The attempts to hand over one customer, in order of time: accepted starts, each with the results that followed it. Both lists are
 * in order of time.
 */
export function attemptsOf(starts: readonly Evidence[], results: readonly Evidence[]): readonly Attempt[] {
  const drafts: Draft[] = starts.map((start) => ({
    taker: start.taker,
    start,
    startSpan: spanOf(start),
    results: [],
  }));
  const implied: Draft[] = [];
  for (const evidence of results) {
    const result = resultOf(evidence);
    (draftOf(drafts, result) ?? impliedFor(implied, evidence.taker)).results.push(result);
  }
  for (const draft of drafts) giveBackDoubtful(draft, drafts, implied);
  return [...implied, ...mergeRepeated(drafts)]
    .map((draft) => settle(draft))
    .toSorted(
      (one, other) =>
        compareSpans(one.since, other.since) ||
        compareSpans(one.span, other.span) ||
        compareTexts(one.taker ?? '', other.taker ?? ''),
    );
}

function resultOf(evidence: Evidence): Result {
  const seen = spanOf(evidence);
  const status = statusOf(evidence);
  return { evidence, status, seen, passed: takeoverTime(evidence) };
}

/** The last start that isn't certainly after the result was seen, of the same taker where the records name one. */
function draftOf(drafts: readonly Draft[], { evidence, seen }: Result): Draft | null {
  const possible = drafts.filter(
    (draft) => mayBeSame(draft.taker, evidence.taker) && !isBefore(seen, draft.startSpan),
  );
  return possible.findLast((draft) => draft.taker === evidence.taker) ?? possible.at(-1) ?? null;
}

function impliedFor(implied: Draft[], taker: string | null): Draft {
  const known = implied.find((draft) => draft.taker === taker);
  if (known !== undefined) return known;
  const draft: Draft = { taker, start: null, startSpan: sometime, results: [] };
  implied.push(draft);
  return draft;
}

/**
 * What was seen on the day of a start may have come before it, and then belongs to the attempt before. Where the results of an
 * attempt contradict each other and only such an order explains them, that is how it was.
 */
function giveBackDoubtful(draft: Draft, drafts: readonly Draft[], implied: Draft[]): void {
  if (!contradicts(draft.results)) return;
  const doubtful = draft.results.filter(
    ({ status, seen }) => isFinal(status) && !isBefore(draft.startSpan, seen),
  );
  const certain = draft.results.filter((result) => !doubtful.includes(result));
  if (doubtful.length === 0 || contradicts(certain)) return;
  const before = drafts.findLast(
    (other) => other.taker === draft.taker && isBefore(other.startSpan, draft.startSpan),
  );
  const earlier = [
    ...((before ?? implied.find((other) => other.taker === draft.taker))?.results ?? []),
    ...doubtful,
  ];
  if (contradicts(earlier)) return;
  draft.results = certain;
  (before ?? impliedFor(implied, draft.taker)).results = earlier;
}

/** Two starts for one taker with nothing decided in between are one attempt that was asked for twice. */
function mergeRepeated(drafts: readonly Draft[]): readonly Draft[] {
  const merged: Draft[] = [];
  for (const draft of drafts) {
    const open = merged.findLast((other) => other.taker === draft.taker);
    if (open === undefined || open.results.some(({ status }) => isFinal(status))) {
      merged.push({ ...draft, results: [...draft.results] });
    } else open.results.push(...draft.results);
  }
  return merged;
}

/** Whether results of one attempt can't all be true: two different ends, or waiting after an end. */
function contradicts(results: readonly Result[]): boolean {
  const ends = results.filter(({ status }) => isFinal(status));
  const kinds = new Set(ends.map(({ status }) => status));
  // A failure for a reason that isn't known may be any of the others.
  if (kinds.size > 1 && (kinds.has('success') || (kinds.has('refused') && kinds.has('limit')))) return true;
  return results.some(
    ({ status, seen }) => status === 'waiting' && ends.some((end) => isBefore(end.seen, seen)),
  );
}

function settle({ taker, start, startSpan, results }: Draft): Attempt {
  const waiting = results.filter(({ status }) => status === 'waiting');
  const first = results[0];
  const origin = start ?? first?.evidence;
  if (origin === undefined) throw new Error('an attempt rests on no record');
  const since = start === null ? (first?.seen ?? startSpan) : startSpan;
  const shared = {
    taker: taker ?? results.find(({ evidence }) => evidence.taker !== null)?.evidence.taker ?? null,
    start,
    since,
    expectedAt: waiting.at(-1)?.evidence.otherAt ?? null,
    waitingSeen: waiting.at(-1)?.seen ?? null,
  };
  if (contradicts(results)) {
    const last = results.reduce(
      (one, other) => (other.seen.to > one.seen.to ? other : one),
      results[0] ?? fail(),
    );
    const end = Math.max(...results.map(({ seen }) => seen.to));
    return {
      ...shared,
      state: 'conflict',
      span: { from: since.from, to: end },
      at: last.evidence.at,
      code: '',
    };
  }
  const end =
    results.find(({ status }) => isFinal(status) && status !== 'failed') ??
    results.find(({ status }) => status === 'failed');
  if (end !== undefined) {
    // One from before the start isn't of this transfer.
    const passed = end.passed !== null && end.passed >= startSpan.from ? end.passed : null;
    // Seen only later, it may have come about any time since the start.
    const untilSeen =
      end.evidence.kind === 'contact-event' ? end.seen : { from: startSpan.from, to: end.seen.to };
    return {
      ...shared,
      state: end.status,
      span: passed === null ? untilSeen : momentSpan(passed),
      at: passed ?? end.evidence.at,
      code: end.status === 'failed' ? (end.evidence.detail ?? '') : '',
    };
  }
  if (start !== null || waiting.length > 0) {
    return { ...shared, state: 'waiting', span: since, at: origin.at, code: '' };
  }
  const unknown = results.findLast(({ status }) => status === 'unknown');
  return {
    ...shared,
    state: unknown === undefined ? 'no-record' : 'unknown',
    span: (unknown ?? first)?.seen ?? since,
    at: (unknown ?? first)?.evidence.at ?? origin.at,
    code: unknown?.evidence.code ?? '',
  };
}

function fail(): never {
  throw new Error('a contradiction rests on no record');
}

/** The attempts that count: without those that a later start followed when they were over, or while they waited. */
export function currentOf(attempts: readonly Attempt[]): readonly Attempt[] {
  return attempts.filter(
    (attempt) =>
      !attempts.some(
        (later) => later !== attempt && later.start !== null && isBefore(attempt.span, spanOf(later.start)),
      ),
  );
}
