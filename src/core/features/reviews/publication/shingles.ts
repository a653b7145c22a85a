import { normaliseForComparison } from '../diff/index.ts';
import { commonSentences, shingleLength } from './model.ts';

// Shingles and their sketches: Broder, "On the resemblance and containment of documents", SEQUENCES 1997. Parameters and
// what they miss: docs/decisions/0022-published-texts-by-shingles.md.

/** Characters (UTF-16) of a window: the unit that is looked up. A passage of an approved text is found wherever it stands. */
export const windowLength = 40;
/** Approved texts have a window every so many characters; published ones more often, so that some pair is out of step by two. */
export const approvedStep = 20;
export const publishedStep = 5;
/** Bands of rows: one band that agrees makes a candidate. Of windows that share the part s: found with 1 - (1 - s^3)^16. */
export const bands = 16;
export const rows = 3;
const functions = bands * rows;

/** The text as it is compared and looked up. */
export function comparable(text: string): string {
  return normaliseForComparison(text).toLowerCase();
}

/** Murmur3's finaliser: spreads what differs in a few bits over all. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85_eb_ca_6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2_b2_ae_35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The hashes of all shingles, in order. A text shorter than a shingle is one. */
function hashesOf(text: string): Uint32Array {
  const count = Math.max(1, text.length - shingleLength + 1);
  const hashes = new Uint32Array(count);
  for (let start = 0; start < count; start += 1) {
    let hash = 0x81_1c_9d_c5;
    for (let index = start; index < Math.min(text.length, start + shingleLength); index += 1)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
    hashes[start] = mix(hash);
  }
  return hashes;
}

/** Distinct shingles, ascending: a tenth of what a `Set` takes, and two are held against each other in one walk. */
export type Shingles = Uint32Array;

/**
 * The distinct shingles of a comparable text, sentences that stand in everybody's material left out; all of them where it has
 * nothing else.
 */
export function shinglesOf(text: string): Shingles {
  const own = commonSentences.reduce((rest, sentence) => rest.replaceAll(sentence, '\n'), text);
  const pieces = own.split('\n').filter((piece) => piece.length >= shingleLength);
  const lists = (pieces.length === 0 ? [text] : pieces).map(hashesOf);
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let count = 0;
  for (const list of lists) {
    all.set(list, count);
    count += list.length;
  }
  all.sort();
  return all.filter((shingle, index) => index === 0 || shingle !== all[index - 1]);
}

export function countShared(left: Shingles, right: Shingles): number {
  let [shared, l, r] = [0, 0, 0];
  while (l < left.length && r < right.length) {
    const difference = (left[l] ?? 0) - (right[r] ?? 0);
    if (difference === 0) shared += 1;
    if (difference <= 0) l += 1;
    if (difference >= 0) r += 1;
  }
  return shared;
}

const seeds = Uint32Array.from({ length: functions }, (_, index) => mix(0x9e_37_79_b9 * (index + 1)));

/**
 * The keys of every window's bands. Of each window's shingles each of 48 hash functions keeps its least value; three of these
 * are a band, and its key is their hash.
 */
export function bandKeys(text: string, step: number): Uint32Array {
  const hashes = hashesOf(text);
  const perWindow = Math.min(hashes.length, windowLength - shingleLength + 1);
  const last = hashes.length - perWindow;
  // The last window ends where the text ends.
  const windows = Math.ceil(last / step) + 1;
  const least = new Uint32Array(windows * functions);
  const mixed = new Uint32Array(hashes.length);
  for (let each = 0; each < functions; each += 1) {
    const seed = seeds[each] ?? 0;
    for (let index = 0; index < hashes.length; index += 1) mixed[index] = mix((hashes[index] ?? 0) ^ seed);
    for (let window = 0; window < windows; window += 1) {
      const start = Math.min(last, window * step);
      let value = 0xff_ff_ff_ff;
      for (let index = start; index < start + perWindow; index += 1) {
        const candidate = mixed[index] ?? 0;
        if (candidate < value) value = candidate;
      }
      least[window * functions + each] = value;
    }
  }
  const keys = new Uint32Array(windows * bands);
  for (let window = 0; window < windows; window += 1) {
    for (let band = 0; band < bands; band += 1) {
      let key = band + 1;
      for (let row = 0; row < rows; row += 1)
        key = mix(Math.imul(key, 31) ^ (least[window * functions + band * rows + row] ?? 0));
      keys[window * bands + band] = key;
    }
  }
  return keys;
}
