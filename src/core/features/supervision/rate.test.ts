import { expect, it } from 'vitest';

import { Milliseconds } from '../../contract/ids.ts';
import { createRate } from './rate.ts';

function clockAt(start: number) {
  let time = start;
  return {
    now: () => Milliseconds.parse(time),
    pass(milliseconds: number) {
      time += milliseconds;
    },
  };
}

it('measures from the start, then over the last five seconds', () => {
  const clock = clockAt(1_000);
  const rate = createRate(clock);
  expect(rate.perSecond()).toBe(0);
  expect(rate.remaining(100)).toBeNull();
  clock.pass(2_000);
  rate.add(400);
  expect(rate.perSecond()).toBe(200);
  expect(rate.remaining(100)).toBe(500);
  clock.pass(6_000);
  rate.add(5_000);
  expect(rate.perSecond()).toBe(1_000);
});
