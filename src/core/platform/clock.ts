import type { Milliseconds } from '../contract/ids.ts';

/** The time, injected so that tests can set it. */
export interface Clock {
  now(): Milliseconds;
}

export const systemClock: Clock = {
  now: () => Date.now() as Milliseconds, // oxlint-disable-line typescript/consistent-type-assertions -- the one place where the brand is made
};
