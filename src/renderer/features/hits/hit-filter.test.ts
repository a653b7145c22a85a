import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { severities } from '../../../core/features/lexicons/model.ts';
import { hitStates } from '../../../core/features/supervision/model.ts';
import {
  type HitQuery,
  conditionCount,
  defaultQuery,
  queryFromSearch,
  searchFromQuery,
} from './hit-filter.ts';

const some = <T extends string>(values: readonly T[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: null });
const word = fc.string({ minLength: 1, maxLength: 12 });
const words = fc.option(fc.array(word, { minLength: 1, maxLength: 3 }), { nil: null });
const id = fc.option(fc.nat(), { nil: null });

const query: fc.Arbitrary<HitQuery> = fc.record({
  filter: fc.record({
    states: some(hitStates),
    severities: some(severities),
    categories: words,
    terms: words,
    personId: id,
    branch: fc.option(word, { nil: null }),
    conversationId: id,
    runId: fc.option(fc.uuid(), { nil: null }),
    from: id,
    to: id,
    query: fc.string({ maxLength: 20 }),
  }),
  sort: fc.record({
    by: fc.constantFrom('severity', 'sentAt', 'term', 'category', 'sender', 'state', 'decidedAt'),
    descending: fc.boolean(),
  }),
});

describe('the hits screen’s address', () => {
  it('gives back every query that it was made from', () => {
    fc.assert(
      fc.property(query, (original) => {
        const search = new URLSearchParams(searchFromQuery(original).toString());
        expect(queryFromSearch(search)).toEqual(original);
      }),
    );
  });

  it('is empty for what everyone sees first', () => {
    expect(searchFromQuery(defaultQuery).toString()).toBe('');
    expect(conditionCount(defaultQuery.filter)).toBe(0);
  });

  it('leaves nonsense out', () => {
    const search = new URLSearchParams('state=gone&severity=x,high&person=-4&sort=size&from=soon');
    expect(queryFromSearch(search)).toEqual({
      ...defaultQuery,
      filter: { ...defaultQuery.filter, severities: ['high'] },
    });
  });
});
