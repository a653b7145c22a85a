import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createInvalidator } from './invalidator.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('refetches at once, then gathers what comes close behind', () => {
  const client = new QueryClient();
  const asked: string[] = [];
  client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'invalidate')
      asked.push(String(event.query.queryKey[0]));
  });
  for (const family of ['hits', 'views']) client.setQueryData([family, 'x'], 0);
  const fresh = () => {
    for (const family of ['hits', 'views']) client.setQueryData([family, 'x'], 0);
  };
  const invalidator = createInvalidator(client);
  invalidator.add(['hits']);
  expect(asked).toEqual(['hits']);
  fresh();
  for (let count = 0; count < 20; count++) invalidator.add(['hits', 'views']);
  expect(asked).toEqual(['hits']);
  vi.advanceTimersByTime(600);
  expect(asked.toSorted((a, b) => a.localeCompare(b))).toEqual(['hits', 'hits', 'views']);
  fresh();
  invalidator.stop();
  vi.advanceTimersByTime(5_000);
  expect(asked.length).toBe(3);
});
