import { foldCodePoint, tableBits } from './folds.ts';

/** Pairs of units whose folds are remembered: the same ones come again and again. */
const mostRemembered = 50_000;

/**
 * Tells the least of the allowed table folds by which two units are the same, as bits; -1 where none makes them so.
 *
 * @param single by unit: what all table folds of the reading make of it
 */
export function createTableFolds(
  single: Uint16Array,
): (written: number, wanted: number, allowed: number) => number {
  const pairs = new Map<number, number>();
  return (written, wanted, allowed) => {
    if (written === wanted) return 0;
    if (single[written] !== single[wanted]) return -1;
    const key = (written * 0x10000 + wanted) * 256 + (allowed & 0xff);
    let found = pairs.get(key);
    if (found === undefined) {
      found = leastFolds(String.fromCharCode(written), String.fromCharCode(wanted), allowed & tableBits);
      if (pairs.size > mostRemembered) pairs.clear();
      pairs.set(key, found);
    }
    return found;
  };
}

/**
 * The smallest set of the allowed folds by which both read alike, -1 where not even all of them do. With equal numbers the
 * set whose folds come first.
 */
function leastFolds(written: string, wanted: string, allowed: number): number {
  let best = -1;
  let bestCount = 99;
  for (let bits = 0; bits <= tableBits; bits += 1) {
    if ((bits & ~allowed) !== 0) continue;
    const count = countBits(bits);
    if (count >= bestCount) continue;
    if (foldCodePoint(written, bits) === foldCodePoint(wanted, bits)) {
      best = bits;
      bestCount = count;
    }
  }
  return best;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
