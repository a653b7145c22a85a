import { randomFillSync } from 'node:crypto';

import type { z } from 'zod';

import type { Clock } from './clock.ts';

/** Fills the array with random bytes: `randomFillSync`, or a seeded source in tests. */
export type RandomBytes = (size: number) => Uint8Array;

export const systemRandom: RandomBytes = (size) => randomFillSync(new Uint8Array(size));

export interface IdSource {
  /** A new UUIDv7, parsed by the schema that brands it. */
  next<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
}

/**
 * Makes UUIDs of version 7 (RFC 9562 §5.7): 48 bits of UTC milliseconds, then random bits, so that ids sort by the
 * time they were made. Those of one source sort in the order in which they were made, also within a millisecond and when the clock
 * is set back: then the 12 bits after the time count up (§6.2, method 1).
 */
export function createIdSource(clock: Clock, random: RandomBytes): IdSource {
  let lastTime = -1;
  let count = 0;

  /** The time that the next id bears; `fresh` is where counting begins in a new millisecond. */
  function tick(fresh: number): number {
    const now: number = clock.now();
    if (now > lastTime || count === 0xfff) {
      lastTime = Math.max(now, lastTime + 1);
      count = fresh;
    } else count += 1;
    return lastTime;
  }

  return {
    next(schema) {
      const bytes = random(16);
      let time = tick((((bytes[6] ?? 0) & 0x0f) << 8) | (bytes[7] ?? 0));
      for (let index = 5; index >= 0; index -= 1) {
        bytes[index] = time % 256;
        time = Math.floor(time / 256);
      }
      bytes[6] = (count >> 8) | 0x70;
      bytes[7] = count & 0xff;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      const hex = Buffer.from(bytes).toString('hex');
      return schema.parse(
        `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
      );
    },
  };
}
