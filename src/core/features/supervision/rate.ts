import { Milliseconds } from '../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';

/** The rate shown is that of the last seconds: long enough to be steady, short enough to follow the machine. */
const window = 5_000;

export interface Rate {
  add(units: number): void;
  perSecond(): number;
  /** How long so many more will take; null before anything was measured. */
  remaining(units: number): Milliseconds | null;
}

/** Measures how fast work goes. */
export function createRate(clock: Clock): Rate {
  const started = clock.now();
  let samples: { readonly at: number; readonly units: number }[] = [];

  function perSecond(): number {
    const now = clock.now();
    samples = samples.filter((sample) => now - sample.at <= window);
    const span = Math.min(window, now - started);
    const units = samples.reduce((sum, sample) => sum + sample.units, 0);
    return span === 0 ? 0 : (units * 1000) / span;
  }

  return {
    add(units) {
      samples.push({ at: clock.now(), units });
    },
    perSecond,
    remaining(units) {
      const rate = perSecond();
      return rate === 0 ? null : Milliseconds.parse(Math.round((units * 1000) / rate));
    },
  };
}
