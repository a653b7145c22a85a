import { type Patterns } from './automaton.ts';

/** Multiplier of Fibonacci hashing (2^32 over the golden ratio), spreads neighbouring classes over the bits. */
export const pairMultiplier = 0x9e3779b1;

/** A Bloom filter with one hash over the first two classes of every term: no bit, no term begins here. */
export interface PairFilter {
  readonly bits: Int32Array;
  /** The hash is `(Math.imul(first, pairMultiplier) >>> shift) ^ second`, and always below the number of bits. */
  readonly shift: number;
}

/** Bits per pair: 1 in 32 wrong candidates at most, and still inside a core's second-level cache at 20,000 terms. */
const bitsPerPair = 32;

export function createPairFilter({ classes, offsets }: Patterns): PairFilter {
  const wanted = Math.ceil(Math.log2(Math.max(1, offsets.length) * bitsPerPair));
  // At least 16 bits, because the second class has up to 16; at most 2^22 (512 KB), beyond which misses cost more.
  const size = Math.min(22, Math.max(16, wanted));
  const shift = 32 - size;
  const bits = new Int32Array(2 ** (size - 5));
  for (let term = 0; term + 1 < offsets.length; term += 1) {
    const start = offsets[term] ?? 0;
    if ((offsets[term + 1] ?? 0) - start < 2) continue;
    const hash = (Math.imul(classes[start] ?? 0, pairMultiplier) >>> shift) ^ (classes[start + 1] ?? 0);
    bits[hash >>> 5] = (bits[hash >>> 5] ?? 0) | (1 << hash);
  }
  return { bits, shift };
}
