import { createHash } from 'node:crypto';

import { approvedStep, bandKeys, publishedStep } from './shingles.ts';

/** Entries of one key that are walked, the newest first: beyond, the passage stands in so many texts that it tells little. */
const mostOfKey = 400;
/** Texts that read alike and are all looked at, the newest of them. */
const mostLikes = 200;

export interface TextIndex {
  readonly size: number;
  /** Adds a comparable text under a number. */
  add(id: number, text: string): void;
  /** Texts with this very hash, by the numbers they were added under. */
  equal(text: string): readonly number[];
  /** The texts that read like this one, itself included: passages lead to one of them only. */
  likes(id: number): readonly number[];
  /** Texts that share passages with this one, those with most of what few others have first; at most `limit`. */
  candidates(text: string, limit: number): number[];
}

/**
 * Finds approved texts by passages, in memory: bands' keys in one table of flat arrays with chains, some 16 bytes a place. Grows by
 * doubling; nothing is ever taken out, since approvals are never deleted.
 */
export function createTextIndex(): TextIndex {
  let capacity = 1 << 14;
  let count = 0;
  let heads = new Int32Array(capacity).fill(-1);
  let keys = new Uint32Array(capacity);
  let owners = new Int32Array(capacity);
  let nexts = new Int32Array(capacity);
  let size = 0;
  const groups = new Map<number, readonly number[]>();
  // By hash: a book's worth of text need not stay in memory for it.
  const whole = new Map<string, number[]>();
  const keyOf = (text: string) => createHash('sha256').update(text).digest('base64');

  function grow(): void {
    capacity *= 2;
    const [oldKeys, oldOwners] = [keys, owners];
    heads = new Int32Array(capacity).fill(-1);
    keys = new Uint32Array(capacity);
    owners = new Int32Array(capacity);
    nexts = new Int32Array(capacity);
    keys.set(oldKeys);
    owners.set(oldOwners);
    for (let entry = 0; entry < count; entry += 1) link(entry);
  }

  function link(entry: number): void {
    const slot = (keys[entry] ?? 0) & (capacity - 1);
    nexts[entry] = heads[slot] ?? -1;
    heads[slot] = entry;
  }

  return {
    get size() {
      return size;
    },
    add(id, text) {
      size += 1;
      const same = whole.get(keyOf(text));
      if (same !== undefined) {
        // The passages lead to the first one; whoever asks gets its likes from `equal`.
        same.push(id);
        return;
      }
      const group = [id];
      whole.set(keyOf(text), group);
      groups.set(id, group);
      for (const key of new Set(bandKeys(text, approvedStep))) {
        if (count === capacity) grow();
        keys[count] = key;
        owners[count] = id;
        link(count);
        count += 1;
      }
    },
    likes: (id) => groups.get(id)?.slice(-mostLikes) ?? [],
    equal: (text) => whole.get(keyOf(text))?.slice(-mostLikes) ?? [],
    candidates(text, limit) {
      const scores = new Map<number, number>();
      for (const key of new Set(bandKeys(text, publishedStep))) {
        const found: number[] = [];
        for (
          let entry = heads[key & (capacity - 1)] ?? -1;
          entry >= 0 && found.length < mostOfKey;
          entry = nexts[entry] ?? -1
        ) {
          if (keys[entry] === key) found.push(owners[entry] ?? 0);
        }
        for (const id of found) scores.set(id, (scores.get(id) ?? 0) + 1 / found.length);
      }
      return [...scores]
        .toSorted(([a, first], [b, second]) => second - first || a - b)
        .slice(0, limit)
        .map(([id]) => id);
    },
  };
}
