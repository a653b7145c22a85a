import { expect, test } from 'vitest';

import { createLatest } from './latest.ts';

test('keeps so many, and forgets the one that was asked for longest ago', () => {
  const latest = createLatest<number>(2);
  latest.set('a', 1);
  latest.set('b', 2);
  expect(latest.get('a')).toBe(1);
  latest.set('c', 3);
  expect(latest.get('b')).toBeUndefined();
  expect([latest.get('a'), latest.get('c')]).toEqual([1, 3]);
  latest.set('a', 4);
  expect(latest.get('a')).toBe(4);
});
