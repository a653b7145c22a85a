import type { Skeleton } from '../stratum.ts';

// How an anchor and the classes around it become numbers: keys of buckets, and bits of the filters before them.

/**
 * Which class beside the anchor is in the key. Part of the key, so that the kinds never meet; never 0, or the key would
 * repeat what chose the line.
 */
export const third = { none: 0x30000, right: 0x10000, left: 0x20000 } as const;

// Odd constants whose products mix well: 2^32 over the golden ratio, and those of MurmurHash3 and xxHash.
const multiplierA = 0x9e3779b1;
const multiplierB = 0x85ebca6b;
const multiplierC = 0xc2b2ae35;
const multiplierD = 0x27d4eb2f;

/** What an anchor's hashes begin with, by its two classes. */
export function anchorSeed(first: number, second: number): number {
  return Math.imul(first, multiplierA) ^ Math.imul(second, multiplierB);
}

/** The place of an anchor's bits (by its seed): all in a line, and told apart by `thirdBit`. */
export function anchorBits(seed: number, lineShift: number): number {
  const mixed = Math.imul(seed ^ (seed >>> 15), multiplierD);
  return ((mixed >>> lineShift) << 9) | ((mixed >>> 4) & 0x1ff);
}

/** By the third class, `third.…` added to it: what turns `anchorBits` into the bit, by exclusive or. */
export function thirdBit(kindAndClass: number): number {
  return Math.imul(kindAndClass, multiplierC) >>> 23;
}

/** One bit of a bucket's filter, by a fourth class. */
export function fourthBit(fourth: number): number {
  return 1 << (Math.imul(fourth, multiplierC) >>> 27);
}

/** Added to a fourth class that stands beside the third one. */
export const further = 0x40000;
/** Added to the kind of the third class where there is no fourth one. */
export const noFourth = 0x80000;

/** The key of an anchor (by its seed) with a third class, `third.…` added to it. Its top bits are its best. */
export function anchorKey(seed: number, kindAndClass: number): number {
  const mixed = seed ^ Math.imul(kindAndClass, multiplierC);
  return Math.imul(mixed ^ (mixed >>> 15), multiplierD);
}

/**
 * The third class of a pattern, `classes[start…end)`, with its kind: the rarer one of those beside its anchor. It may be one of the
 * anchor's again, which has to stand twice.
 */
export function thirdOf(
  classes: Uint16Array,
  start: number,
  anchor: number,
  end: number,
  frequencies: Float64Array,
): number {
  const hasLeft = anchor > start;
  const hasRight = anchor + 2 < end;
  if (!hasLeft && !hasRight) return third.none;
  const left = classes[anchor - 1] ?? 0;
  const right = classes[anchor + 2] ?? 0;
  const takesLeft = hasLeft && (!hasRight || (frequencies[left] ?? 0) < (frequencies[right] ?? 0));
  return takesLeft ? third.left | left : third.right | right;
}

/**
 * The fourth class by which a pattern is told from others that have the anchor and the third class in
 * common: the one beside the third, else the one on the anchor's other side, with its kind; else that there is none.
 */
export function fourthOf(
  classes: Uint16Array,
  { from, behind }: Skeleton,
  anchor: number,
  beside: number,
): number {
  const left = anchor - from;
  const right = behind - anchor - 2;
  const kind = beside & ~0xffff;
  if (kind === third.left) {
    if (left > 1) return further | third.left | (classes[anchor - 2] ?? 0);
    if (right > 0) return third.right | (classes[anchor + 2] ?? 0);
  } else if (kind === third.right) {
    if (right > 1) return further | third.right | (classes[anchor + 3] ?? 0);
    if (left > 0) return third.left | (classes[anchor - 1] ?? 0);
  }
  return noFourth | kind;
}
