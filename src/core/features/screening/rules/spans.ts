import type { TermSpec } from '../model.ts';

/** A stretch of text that an operand or a rule matches; offsets in UTF-16 units of the text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** The folds it needed, as bits. */
  readonly folds: number;
  readonly from: SpanSource;
}

/** What a span rests on: a term of a matcher, a piece read in some way, or spans of operands. */
export type SpanSource =
  | { readonly kind: 'term'; readonly term: TermSpec; readonly matcher: number; readonly index: number }
  | { readonly kind: 'read'; readonly read: string }
  | { readonly kind: 'parts'; readonly parts: readonly Span[] };

/** By start, then by end. */
export function sortSpans(spans: readonly Span[]): Span[] {
  return spans.toSorted(byPlace);
}

export function byPlace(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end;
}

/** Those spans, of those with the same extent only the first; both lists by start and then by end. */
export function withoutRepeats(spans: readonly Span[]): Span[] {
  return spans.filter((span, index) => {
    const before = spans[index - 1];
    return before === undefined || before.start !== span.start || before.end !== span.end;
  });
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
 * The shortest stretch with a span of every list in it, the first of several; undefined where a list is empty. Only
 * stretches for which `counts` holds are looked at. Linear in the spans but for the sort.
 */
export function closestTogether(
  lists: readonly (readonly Span[])[],
  counts: (start: number, end: number) => boolean = () => true,
): Span[] | undefined {
  if (lists.some((list) => list.length === 0)) return undefined;
  // Sweep over the ends: with a span as the last one, the others are best at their latest start so far.
  const all = lists.flatMap((list, owner) => list.map((span) => ({ span, owner })));
  all.sort((a, b) => a.span.end - b.span.end || a.span.start - b.span.start);
  const latest: (Span | undefined)[] = lists.map(() => undefined);
  let missing = lists.length;
  let best: Span[] | undefined;
  let bestLength = Infinity;
  for (const { span, owner } of all) {
    const before = latest[owner];
    if (before === undefined) missing -= 1;
    if (before === undefined || span.start >= before.start) latest[owner] = span;
    if (missing > 0) continue;
    let { start } = span;
    latest.forEach((each, index) => {
      if (index !== owner && each !== undefined) start = Math.min(start, each.start);
    });
    if (span.end - start >= bestLength || !counts(start, span.end)) continue;
    bestLength = span.end - start;
    best = latest
      .map((each, index) => (index === owner ? span : each))
      .filter((each) => each !== undefined)
      .toSorted(byPlace);
  }
  return best;
}
