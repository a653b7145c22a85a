import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type Span,
  byPlace,
  closestTogether,
  nearPairs,
  neighboursOf,
  sortSpans,
  withoutRepeats,
} from './spans.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

function span(start: number, end: number): Span {
  return { start, end, folds: 0, from: { kind: 'read', read: '' } };
}

const spanArbitrary = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 5 }))
  .map(([start, length]) => span(start, start + length));
const listArbitrary = fc
  .array(spanArbitrary, { maxLength: 9 })
  .map((spans) => withoutRepeats(sortSpans(spans)));

function extents(spans: readonly Span[]): string[] {
  return spans.map(({ start, end }) => `${start}-${end}`);
}

/** Every pair that does not overlap; of each first one the nearest, behind it where two are as near. */
function nearByForce(
  first: readonly Span[],
  second: readonly Span[],
  within: number,
  ordered: boolean,
): string[] {
  const found = first.flatMap((one) => {
    const [best] = second
      .flatMap((other) => {
        if (other.start >= one.end) return [{ other, gap: other.start - one.end, behind: 0 }];
        if (other.end <= one.start && !ordered) return [{ other, gap: one.start - other.end, behind: 1 }];
        return [];
      })
      .filter(({ gap }) => gap <= within)
      .toSorted(
        (a, b) =>
          a.gap - b.gap || a.behind - b.behind || a.other.end - a.other.start - (b.other.end - b.other.start),
      );
    return best === undefined
      ? []
      : [span(Math.min(one.start, best.other.start), Math.max(one.end, best.other.end))];
  });
  return extents(withoutRepeats(sortSpans(found)));
}

describe('nearPairs', () => {
  it(`finds what comparing every pair finds, in 5,000 random cases (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        listArbitrary,
        listArbitrary,
        fc.integer({ min: 0, max: 8 }),
        fc.boolean(),
        (a, b, within, ordered) => {
          const options = { within, ordered, position: (place: number) => place, together: () => true };
          expect(extents(nearPairs(a, b, options))).toEqual(nearByForce(a, b, within, ordered));
        },
      ),
      { numRuns: 5_000, seed },
    );
  });

  it('pairs 200,000 with 200,000 without comparing them all', () => {
    const many = Array.from({ length: 200_000 }, (_, index) => span(index * 2, index * 2 + 1));
    const options = {
      within: 1_000,
      ordered: false,
      position: (place: number) => place,
      together: () => true,
    };
    expect(nearPairs(many, many, options)).toHaveLength(200_000 - 1);
  });
});

describe('closestTogether', () => {
  it(`finds the shortest stretch that comparing all choices finds, in 3,000 random cases (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(listArbitrary, { minLength: 2, maxLength: 3 }),
        fc.option(fc.integer({ min: 1, max: 40 })),
        (lists, joint) => {
          const counts = (start: number, end: number) => joint === null || (start < joint && end > joint);
          let choices: Span[][] = [[]];
          for (const list of lists)
            choices = choices.flatMap((chosen) => list.map((each) => [...chosen, each]));
          const lengths = choices
            .map((chosen) => ({
              start: Math.min(...chosen.map(({ start }) => start)),
              end: Math.max(...chosen.map(({ end }) => end)),
            }))
            .filter(({ start, end }) => counts(start, end))
            .map(({ start, end }) => end - start);
          const found = closestTogether(lists, joint);
          if (lengths.length === 0) expect(found).toBeUndefined();
          else {
            const start = Math.min(...(found ?? []).map((each) => each.start));
            const end = Math.max(...(found ?? []).map((each) => each.end));
            expect(end - start).toBe(Math.min(...lengths));
            expect(counts(start, end)).toBe(true);
            expect(found).toHaveLength(lists.length);
          }
        },
      ),
      { numRuns: 3_000, seed },
    );
  });
});

describe('neighboursOf', () => {
  it(`says what looking at every span says, in 3,000 random cases (seed ${seed})`, () => {
    fc.assert(
      fc.property(listArbitrary, spanArbitrary, (spans, { start, end }) => {
        const near = neighboursOf(spans);
        expect(near.overlaps(start, end)).toBe(spans.some((each) => each.start < end && each.end > start));
        expect(near.covers(start, end)).toBe(spans.some((each) => each.start <= start && each.end >= end));
        expect(near.behind(end)).toEqual(spans.filter((each) => each.start >= end).toSorted(byPlace)[0]);
        const before = spans.filter((each) => each.end <= start);
        expect(near.before(start)).toEqual(before.toSorted((a, b) => b.end - a.end || b.start - a.start)[0]);
      }),
      { numRuns: 3_000, seed },
    );
  });
});
