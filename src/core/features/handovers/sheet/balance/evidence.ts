import type { Milliseconds } from '../../../../contract/ids.ts';
import type { Fact, FactSource } from '../../../feeds/model.ts';
import type { Outcome, RowSource } from '../../model.ts';
import type { Why } from '../why-words.ts';
import type { Gain } from './gains.ts';
import { type Span, dayLength, spanOf } from './spans.ts';

/** A fact and where it stands. */
export type Evidence = Fact & FactSource;

/** Text order by code units, the same on every computer. */
export const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const compareOptional = (one: string | null, other: string | null): number =>
  one === other ? 0 : one === null ? -1 : other === null ? 1 : compareTexts(one, other);

/** By time, then by what they say; 0: they say the same. */
function compareContent(one: Evidence, other: Evidence): number {
  return (
    one.at - other.at ||
    Number(one.wholeDay) - Number(other.wholeDay) ||
    compareTexts(one.kind, other.kind) ||
    compareOptional(one.employee, other.employee) ||
    compareOptional(one.item, other.item) ||
    compareOptional(one.taker, other.taker) ||
    compareOptional(one.code, other.code) ||
    compareOptional(one.detail, other.detail) ||
    (one.otherAt ?? -1) - (other.otherAt ?? -1) ||
    (one.data === other.data ? 0 : compareTexts(JSON.stringify(one.data), JSON.stringify(other.data)))
  );
}

const compareRecords = (one: Evidence, other: Evidence): number =>
  compareContent(one, other) ||
  compareTexts(one.file, other.file) ||
  one.line - other.line ||
  compareTexts(one.feed, other.feed);

/**
 * The same facts in an order that follows from what they say, each once: of records that say the same, the one whose file and line
 * come first. Nothing that is worked out from it can depend on the order or number of imports.
 */
export function inOrder(facts: readonly Evidence[]): readonly Evidence[] {
  if (facts.length < 2) return facts;
  const sorted = facts.toSorted(compareRecords);
  return sorted.filter((fact, index) => {
    const before = sorted[index - 1];
    return before === undefined || compareContent(before, fact) !== 0;
  });
}

/** A transfer is over within days, and a leaver's can be asked for within a year (W/96331). */
const oldestTakeover = 366 * dayLength;

/**
 * The takeover_time of a result with status 1, where it can be that of this transfer: not later than the result was seen, and not more than a
 * year before. Null: the result itself is all that tells when.
 */
export function takeoverTime(fact: Evidence): Milliseconds | null {
  const { kind, code, otherAt } = fact;
  if (kind !== 'transfer-result' || code !== '1' || otherAt === null) return null;
  const seen = spanOf(fact);
  return otherAt <= seen.to && otherAt >= seen.from - oldestTakeover ? otherAt : null;
}

/** What a record says for a row; `employee` is whom the sentence is about. */
export function sourceOf(
  fact: Evidence,
  says: string,
  employee: string | null = fact.employee,
): Extract<RowSource, { type: 'fact' }> {
  const { feed, file, line, at, wholeDay, code } = fact;
  return { type: 'fact', feed, file, line, says, employee, at, wholeDay, code };
}

/** What was found out about one item. */
export interface Judgement {
  readonly outcome: Outcome;
  readonly why: Why;
  readonly whyValue: string;
  readonly taker: string | null;
  readonly at: Milliseconds | null;
  readonly conflict: boolean;
  /** From when on waiting is late; null where nothing waits. */
  readonly lateFrom: number | null;
  /** When it certainly had ended, explained; null where it hasn't. */
  readonly ended: Span | null;
  readonly sources: readonly RowSource[];
  /** Who has it and is neither the leaver nor a taker, with the record that says so. */
  readonly holders: readonly { readonly employee: string; readonly evidence: Evidence }[];
}

/** With what tells whether it belongs to this departure. */
export interface Judged extends Judgement {
  /** When it was the leaver's, as the records say. */
  readonly evidenced: readonly Span[];
  /** When it became the leaver's (again), as far as they say. */
  readonly gains: readonly Gain[];
}

/** Under which circumstances items are judged. */
export interface Circumstances {
  readonly leaver: string;
  /** Named by people first, then by the records, by userid. Empty: nobody is known. */
  readonly takers: readonly string[];
  readonly isTaker: ReadonlySet<string>;
  /** Midnight of the last day, and the one after it; null: nobody knows. */
  readonly lastDay: Span | null;
}
