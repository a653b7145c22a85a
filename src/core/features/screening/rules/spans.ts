import { confidenceOf } from '../folds.ts';
import type { TermSpec } from '../model.ts';

/** A stretch of text that an operand or a rule matches; offsets in UTF-16 units of the text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** The folds it needed, as bits. */
  readonly folds: number;
  readonly from: SpanSource;
}

/** What a span rests on: a term of a matcher, a piece read in some way, spans of operands, or one beside which something is missing. */
export type SpanSource =
  | { readonly kind: 'term'; readonly term: TermSpec; readonly matcher: number; readonly index: number }
  | { readonly kind: 'read'; readonly read: string }
  | { readonly kind: 'parts'; readonly parts: readonly Span[] }
  | { readonly kind: 'lacking'; readonly condition: Span; readonly missing: string };

/** By start, then by end. */
export function sortSpans(spans: readonly Span[]): Span[] {
  return spans.toSorted(byPlace);
}

/** Compares two spans, by start and then by end. */
export function byPlace(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end;
}

/** Those spans, of those with the same extent only the surest, the first of several; both lists by start and then by end. */
export function withoutRepeats(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    const before = kept.at(-1);
    if (before?.start !== span.start || before.end !== span.end) kept.push(span);
    else if (span.folds !== before.folds && confidenceOf(span.folds) > confidenceOf(before.folds))
      kept[kept.length - 1] = span;
  }
  return kept;
}

/** The first position in an ascending list at which `value(item) >= limit`; the list's length where there is none. */
export function firstAtLeast<T>(items: readonly T[], limit: number, value: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && value(item) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Spans, made ready to find those beside a place. */
export interface Neighbours {
  /** The first that starts at `place` or behind it, the shortest of several. */
  behind(place: number): Span | undefined;
  /** The last that ends at `place` or before it, the shortest of several. */
  before(place: number): Span | undefined;
  /** Whether one has a unit in common with this stretch. */
  overlaps(start: number, end: number): boolean;
  /** Whether one covers this whole stretch. */
  covers(start: number, end: number): boolean;
}

const startOf = (span: Span): number => span.start;
const endOf = (span: Span): number => span.end;

/** Takes spans by start and then by end. Building is linear but for a sort by ends, each question logarithmic. */
export function neighboursOf(spans: readonly Span[]): Neighbours {
  const byEnd = spans.toSorted((a, b) => a.end - b.end || a.start - b.start);
  // furthest[i]: the furthest end among the first i + 1 spans.
  const furthest = new Int32Array(spans.length);
  let end = 0;
  spans.forEach((span, index) => {
    end = Math.max(end, span.end);
    furthest[index] = end;
  });
  return {
    behind: (place) => spans[firstAtLeast(spans, place, startOf)],
    before(place) {
      return byEnd[firstAtLeast(byEnd, place + 1, endOf) - 1];
    },
    overlaps(from, to) {
      const last = firstAtLeast(spans, to, startOf) - 1;
      return last >= 0 && (furthest[last] ?? 0) > from;
    },
    covers(from, to) {
      const last = firstAtLeast(spans, from + 1, startOf) - 1;
      return last >= 0 && (furthest[last] ?? 0) >= to;
    },
  };
}

/** What makes two spans near each other. */
export interface NearOptions {
  /** Most characters between the two. */
  readonly within: number;
  /** Only a second one behind the first. */
  readonly ordered: boolean;
  /** A place counted in characters. */
  readonly position: (place: number) => number;
  /** Whether two places are in one field. */
  readonly together: (start: number, end: number) => boolean;
}

/**
 * Each span of `first` with the nearest one of `second` that does not overlap it; of two that are as near, the one behind
 * it. Both lists by start and then by end; so is the result, which has each extent once.
 */
export function nearPairs(first: readonly Span[], second: readonly Span[], options: NearOptions): Span[] {
  if (first.length === 0 || second.length === 0) return [];
  const { within, ordered, position, together } = options;
  const others = neighboursOf(second);
  const found: Span[] = [];
  for (const one of first) {
    const after = others.behind(one.end);
    const before = ordered ? undefined : others.before(one.start);
    const gapAfter = after === undefined ? Infinity : position(after.start) - position(one.end);
    const gapBefore = before === undefined ? Infinity : position(one.start) - position(before.end);
    const other = gapAfter <= gapBefore ? after : before;
    if (other === undefined || Math.min(gapAfter, gapBefore) > within) continue;
    const parts = one.start <= other.start ? [one, other] : [other, one];
    const pair = joined(parts);
    if (together(pair.start, pair.end)) found.push(pair);
  }
  return withoutRepeats(sortSpans(found));
}

/** The span of a condition that holds while `missing` does not stand beside it. */
export function lacking(condition: Span, missing: string): Span {
  return { ...condition, from: { kind: 'lacking', condition, missing } };
}

/** The span over all parts, which are in order of place. */
export function joined(parts: readonly Span[]): Span {
  return {
    start: parts.reduce((least, part) => Math.min(least, part.start), Infinity),
    end: parts.reduce((most, part) => Math.max(most, part.end), 0),
    folds: parts.reduce((bits, part) => bits | part.folds, 0),
    from: { kind: 'parts', parts },
  };
}

/**
 * The shortest stretch with a span of every list in it, the first of several; undefined where there is none. With a `joint`
 * only stretches that begin before it and end behind it. Linear in the spans but for the sort.
 */
export function closestTogether(
  lists: readonly (readonly Span[])[],
  joint: number | null = null,
): Span[] | undefined {
  if (lists.some((list) => list.length === 0)) return undefined;
  // Sweep over the ends; the others are best at their latest start so far, and where all of those are behind the joint, with
  // the latest of those before it in one place.
  const all = lists
    .flatMap((list, owner) => list.map((span) => ({ span, owner })))
    .toSorted((a, b) => a.span.end - b.span.end || a.span.start - b.span.start);
  const latest: (Span | undefined)[] = lists.map(() => undefined);
  const latestBefore: (Span | undefined)[] = lists.map(() => undefined);
  let missing = lists.length;
  let best: Span[] | undefined;
  let bestLength = Infinity;
  for (const { span, owner } of all) {
    if (latest[owner] === undefined) missing -= 1;
    later(latest, owner, span);
    if (joint !== null && span.start < joint) later(latestBefore, owner, span);
    if (missing > 0 || (joint !== null && span.end <= joint)) continue;
    const chosen = latest.map((each, index) => (index === owner ? span : (each ?? span)));
    let start = startOfAll(chosen);
    if (joint !== null && start >= joint) {
      const [place, earlier] = latestOf(latestBefore, owner);
      if (earlier === undefined) continue;
      chosen[place] = earlier;
      start = earlier.start;
    }
    if (span.end - start >= bestLength) continue;
    bestLength = span.end - start;
    best = chosen.toSorted(byPlace);
  }
  return best;
}

function later(spans: (Span | undefined)[], owner: number, span: Span): void {
  const before = spans[owner];
  if (before === undefined || span.start >= before.start) spans[owner] = span;
}

function startOfAll(spans: readonly Span[]): number {
  return spans.reduce((least, { start }) => Math.min(least, start), Infinity);
}

/** The one that starts last, and where it stands; `except` is not looked at. */
function latestOf(spans: readonly (Span | undefined)[], except: number): readonly [number, Span | undefined] {
  let place = -1;
  let latest: Span | undefined;
  spans.forEach((span, index) => {
    if (index === except || span === undefined || (latest !== undefined && span.start <= latest.start))
      return;
    place = index;
    latest = span;
  });
  return [place, latest];
}
