import fc from 'fast-check';
import { expect, test } from 'vitest';

import { SequenceRanges, joinRanges } from './sequences.ts';

const single = (value: number) => ({ first: BigInt(value), last: BigInt(value), employee: null, at: null });

test('any order gives the same ranges, and storing on the way loses none', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60)), fc.nat(10), (values, every) => {
      const ranges = new SequenceRanges();
      const stored = new Map<bigint, ReturnType<typeof single>>();
      const store = () => {
        const changes = ranges.takeChanges();
        if (changes.all) stored.clear();
        for (const range of changes.ranges) stored.set(range.first, { ...range, employee: null, at: null });
      };
      for (const [index, value] of values.entries()) {
        ranges.add(single(value));
        if (index % (every + 1) === 0) store();
      }
      ranges.join();
      store();
      const expected = new Set(values);
      const found = [...stored.values()].flatMap(({ first, last }) =>
        Array.from({ length: Number(last - first) + 1 }, (_, index) => Number(first) + index),
      );
      expect(found.toSorted((a, b) => a - b)).toEqual([...expected].toSorted((a, b) => a - b));
      // Nothing left to join.
      expect(joinRanges([...stored.values()])).toHaveLength(stored.size);
    }),
  );
});

test('numbers in order are one range, however many', () => {
  const ranges = new SequenceRanges();
  for (let value = 1; value <= 100_000; value += 1) ranges.add(single(value));
  expect(ranges.takeChanges().ranges).toMatchObject([{ first: 1n, last: 100_000n }]);
});
