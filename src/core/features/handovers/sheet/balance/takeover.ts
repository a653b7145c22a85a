import type { Milliseconds } from '../../../../contract/ids.ts';
import type { Attempt } from './attempts.ts';
import type { CustomerRecords } from './customer-records.ts';
import { type Circumstances, type Evidence, compareTexts } from './evidence.ts';
import { type Span, momentSpan, spanOf } from './spans.ts';

/** That a customer passed to a taker, and when. */
export interface Takeover {
  readonly taker: string | null;
  readonly span: Span;
  /** The record names the moment. */
  readonly exact: boolean;
  /** The taker's list says that they were contacts before the transfer was asked for. */
  readonly hadBefore: boolean;
  readonly at: Milliseconds;
  readonly by: 'status-1' | 'own-list';
}

/**
 * The takeover that a taker's own list shows. A list counts from the start of the transfer or from the last day on: before that the
 * customer was both's. Where nobody is known to take over, anybody's list counts from the last day on.
 */
export function ownListTakeover(
  records: CustomerRecords,
  attempts: readonly Attempt[],
  circumstances: Circumstances,
): Takeover | null {
  const found: Takeover[] = [];
  for (const fact of records.listedByOthers) {
    const { employee } = fact;
    if (employee === null || !countsAsTaker(employee, circumstances)) continue;
    const base = listsCountFrom(employee, records, attempts, circumstances);
    const span = spanOf(fact);
    if (base === null || span.to < base) continue;
    const since = fact.otherAt;
    // Whoever had the customer beside the leaver has not taken over what was given to somebody else.
    if (
      since !== null &&
      since < base &&
      attempts.length > 0 &&
      !attempts.some(({ taker }) => taker === null || taker === employee)
    )
      continue;
    found.push(
      since !== null && since >= base && since <= span.to
        ? {
            taker: employee,
            span: momentSpan(since),
            exact: true,
            hadBefore: false,
            at: since,
            by: 'own-list',
          }
        : {
            taker: employee,
            span: { from: Math.min(base, span.from), to: span.to },
            exact: false,
            hadBefore: since !== null && since < base,
            at: fact.at,
            by: 'own-list',
          },
    );
  }
  const asked = new Set(attempts.map(({ taker }) => taker));
  const rank = ({ taker }: Takeover) =>
    taker !== null && asked.has(taker) ? -1 : circumstances.takers.indexOf(taker ?? '');
  return (
    found.toSorted(
      (one, other) =>
        rank(one) - rank(other) ||
        Number(other.exact) - Number(one.exact) ||
        one.span.to - other.span.to ||
        compareTexts(one.taker ?? '', other.taker ?? ''),
    )[0] ?? null
  );
}

const countsAsTaker = (employee: string, { takers, isTaker }: Circumstances) =>
  takers.length === 0 || isTaker.has(employee);

/** From when on somebody's list shows a takeover; null: never, nothing says when the leaver handed over. */
function listsCountFrom(
  employee: string,
  records: CustomerRecords,
  attempts: readonly Attempt[],
  { lastDay, takers }: Circumstances,
): number | null {
  const latest = attempts.findLast(({ start }) => start !== null) ?? attempts.at(-1);
  if (latest !== undefined) {
    const own = latest.taker === null || latest.taker === employee;
    const from = latest.since.from;
    return own && lastDay !== null ? Math.min(from, lastDay.from) : from;
  }
  if (lastDay !== null) return lastDay.from;
  if (takers.length === 0) return null;
  // Nobody knows the last day: a list that is certainly later than the leaver's last one.
  const last = Math.max(...records.listed.map((fact) => spanOf(fact).to), Number.NEGATIVE_INFINITY);
  return Number.isFinite(last) ? last + 1 : null;
}

/** Whether somebody who has the customer in their list is no taker; they are named beside the balance. */
export function otherHolders(
  { listedByOthers }: CustomerRecords,
  { takers, isTaker, lastDay }: Circumstances,
): readonly { readonly employee: string; readonly evidence: Evidence }[] {
  if (takers.length === 0) return [];
  const holders = new Map<string, Evidence>();
  for (const fact of listedByOthers) {
    if (fact.employee === null || isTaker.has(fact.employee)) continue;
    if (lastDay !== null && spanOf(fact).to < lastDay.from) continue;
    holders.set(fact.employee, fact);
  }
  return [...holders].map(([employee, evidence]) => ({ employee, evidence }));
}
