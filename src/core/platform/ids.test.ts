import { expect, test } from 'vitest';

import { JobId, Milliseconds } from '../contract/ids.ts';
import { createIdSource, systemRandom } from './ids.ts';

test('an id is a UUID of version 7 that begins with its time', () => {
  const now = Milliseconds.parse(0x0198_1234_5678);
  const id = createIdSource({ now: () => now }, () => new Uint8Array(16).fill(0xff)).next(JobId);
  expect(id).toBe('01981234-5678-7fff-bfff-ffffffffffff');
});

test('ids sort by the time they were made and do not repeat', () => {
  let time = 1_767_225_600_000;
  const ids = createIdSource({ now: () => Milliseconds.parse((time += 1)) }, systemRandom);
  const made = Array.from({ length: 200 }, () => ids.next(JobId));
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(200);
  time = 1_767_225_600_000;
  expect(made).not.toContain(ids.next(JobId));
});

test('ids of one source sort in the order in which they were made, whatever the clock does', () => {
  let time = 1_767_225_600_000;
  const ids = createIdSource({ now: () => Milliseconds.parse(time) }, systemRandom);
  const made = Array.from({ length: 10_000 }, (_, index) => {
    if (index === 5_000) time -= 60_000;
    return ids.next(JobId);
  });
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});
