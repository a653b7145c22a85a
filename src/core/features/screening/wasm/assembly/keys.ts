// How an anchor and the classes around it become numbers, as in ../../generators/anchor-keys.ts.
import { BUCKET_SHIFT, MULTIPLIER_A, MULTIPLIER_B, MULTIPLIER_C, MULTIPLIER_D } from './memory';

@inline
export function anchorSeed(first: u32, second: u32): u32 {
  return (first * MULTIPLIER_A) ^ (second * MULTIPLIER_B);
}

@inline
function anchorKey(seed: u32, kindAndClass: u32): u32 {
  const mixed = seed ^ (kindAndClass * MULTIPLIER_C);
  return (mixed ^ (mixed >>> 15)) * MULTIPLIER_D;
}

@inline
export function bucketOf(seed: u32, kindAndClass: u32): u32 {
  return anchorKey(seed, kindAndClass) >>> load<u32>(BUCKET_SHIFT);
}

@inline
export function bitAt(keyBits: usize, bit: u32): u32 {
  return (load<u32>(keyBits + (<usize>(bit >>> 5) << 2)) >>> bit) & 1;
}

/** The place of an anchor's bits, which are told apart by its third classes. */
@inline
export function anchorBits(seed: u32, lineShift: u32): u32 {
  const mixed = (seed ^ (seed >>> 15)) * MULTIPLIER_D;
  return ((mixed >>> lineShift) << 9) | ((mixed >>> 4) & 0x1ff);
}

@inline
export function thirdBit(kindAndClass: u32): u32 {
  return (kindAndClass * MULTIPLIER_C) >>> 23;
}

@inline
export function fourthBit(kindAndClass: u32): u32 {
  return 1 << ((kindAndClass * MULTIPLIER_C) >>> 27);
}
