import type { Stratum } from '../stratum.ts';
import type { Asked } from './choose-asked.ts';

// What is compared of a pattern once its anchor and a third class have been seen.

/**
 * A bucket, in 16 bits each, since what is in no cache costs by its size, the lower half first where there are two: for each
 * group of its patterns where the group's entries begin, counted from the bucket, the anchor's two classes, the fourth class
 * (`fourthOf`). Then where the last group's entries end, and all entries. So most groups are passed over in one line of the cache.
 */
export const group = { from: 0, first: 2, second: 3, fourth: 4, size: 6, end: 2 } as const;

/**
 * An entry: the numbers of classes left and right of the anchor. Then those on the left, from the anchor outwards, and those
 * on the right. Then the pattern's label; or an asker, where the pattern asks for something; or, for patterns side by side
 * that have these classes and all ask for something, their number and an asker for each: so many are looked at no more often
 * than one. Which of the three it is says `asking` in the top bits of `left`, where no block is long enough to need them.
 */
export const entry = { left: 0, right: 1, header: 2, label: 2, askingShift: 14, leftMask: 0x3fff } as const;
/** How many of an entry's patterns ask for something. */
export const asking = { nothing: 0, one: 1, several: 2 } as const;

/**
 * A pattern that asks for something: its label, the place of a class that it asks about, and the finer class; then another one, or
 * the same once more. A place is counted from the anchor's first class to the left, or from its second one to the right and
 * `askedOnRight` added.
 */
export const asker = { label: 0, place: 2, wanted: 3, otherPlace: 4, otherWanted: 5, size: 6 } as const;
export const askedOnRight = 0x8000;

/** Patterns that share an entry with the one before them, at most: their number has 16 bits. */
const mostSharing = 0xfffe;

/** By pattern, how it is filed. */
export interface Filed {
  /** The place among the classes of its anchor's first one. */
  readonly anchors: Int32Array;
  /** Its fourth class. */
  readonly fourths: Int32Array;
  readonly asked: Asked;
}

/** The patterns of each bucket: `members[starts[b]]` up to the next one's, and its filter. */
export interface Buckets {
  readonly starts: Int32Array;
  readonly members: Int32Array;
  readonly filters: Int32Array;
}

/** Writes the entries of all buckets; answers `ScanTables.entries`, and `ScanTables.buckets`, where each bucket's are. */
export function writeEntries(
  { patterns, finer }: Stratum,
  { anchors, fourths, asked }: Filed,
  { starts, members, filters }: Buckets,
): { readonly buckets: Int32Array; readonly entries: Uint16Array } {
  const { classes, offsets, labels } = patterns;
  const firstOf = (pattern: number) => classes[anchors[pattern] ?? 0] ?? 0;
  const secondOf = (pattern: number) => classes[(anchors[pattern] ?? 0) + 1] ?? 0;
  const compare = (a: number, b: number) =>
    firstOf(a) - firstOf(b) || secondOf(a) - secondOf(b) || (fourths[a] ?? 0) - (fourths[b] ?? 0) || a - b;

  const buckets = new Int32Array(starts.length * 2);
  // An entry has the pattern's classes but for the anchor's two.
  const sizeOfEntry = group.size + entry.header + asker.size - 2;
  const entries = new Uint16Array(members.length * sizeOfEntry + classes.length + filters.length * group.end);
  let used = 0;
  for (let bucket = 0; bucket < filters.length; bucket += 1) {
    buckets[bucket * 2] = used;
    buckets[bucket * 2 + 1] = filters[bucket] ?? 0;
    const own = members.subarray(starts[bucket], starts[bucket + 1]);
    if (own.length > 1) own.sort(compare);
    if (own.length > 0) used = putBucket(used, own);
  }
  buckets[filters.length * 2] = used;

  /** Puts a bucket's groups and their entries, given its patterns in order; answers where it ends. */
  function putBucket(at: number, own: Int32Array): number {
    let head = at;
    let place = at + group.end + group.size * countGroups(own);
    let index = 0;
    while (index < own.length) {
      const pattern = own[index] ?? 0;
      if (index === 0 || !isGrouped(own[index - 1] ?? 0, pattern)) {
        putNumber(entries, head + group.from, place - at);
        entries[head + group.first] = firstOf(pattern);
        entries[head + group.second] = secondOf(pattern);
        putNumber(entries, head + group.fourth, fourths[pattern] ?? 0);
        head += group.size;
      }
      const sharing = own.subarray(index, index + 1 + sharingAfter(own, index));
      place = putEntry(place, sharing);
      index += sharing.length;
    }
    putNumber(entries, head + group.from, place - at);
    return place;
  }

  function countGroups(own: Int32Array): number {
    let count = 1;
    for (let index = 1; index < own.length; index += 1)
      if (!isGrouped(own[index - 1] ?? 0, own[index] ?? 0)) count += 1;
    return count;
  }

  function isGrouped(one: number, other: number): boolean {
    return (
      firstOf(one) === firstOf(other) && secondOf(one) === secondOf(other) && fourths[one] === fourths[other]
    );
  }

  /** How many of the next patterns of a list are told from the one at `index` by what they ask for alone. */
  function sharingAfter(list: Int32Array, index: number): number {
    const pattern = list[index] ?? 0;
    if (asked.first[pattern] === 0) return 0;
    let next = index + 1;
    while (next < list.length && next - index <= mostSharing && isSame(pattern, list[next] ?? 0)) next += 1;
    return next - index - 1;
  }

  /** Whether another pattern asks for something, too, and has the same classes and anchor. */
  function isSame(pattern: number, other: number): boolean {
    if (asked.first[other] === 0) return false;
    const [start, from] = [offsets[pattern] ?? 0, offsets[other] ?? 0];
    const length = (offsets[pattern + 1] ?? 0) - start;
    if ((offsets[other + 1] ?? 0) - from !== length) return false;
    if ((anchors[pattern] ?? 0) - start !== (anchors[other] ?? 0) - from) return false;
    for (let at = 0; at < length; at += 1) if (classes[start + at] !== classes[from + at]) return false;
    return true;
  }

  /** Puts an entry for patterns that share it; answers where it ends. */
  function putEntry(at: number, sharing: Int32Array): number {
    const pattern = sharing[0] ?? 0;
    const anchor = anchors[pattern] ?? 0;
    const start = offsets[pattern] ?? 0;
    const end = offsets[pattern + 1] ?? 0;
    let kind: number = asking.nothing;
    if (asked.first[pattern] !== 0) kind = sharing.length === 1 ? asking.one : asking.several;
    entries[at + entry.left] = (anchor - start) | (kind << entry.askingShift);
    entries[at + entry.right] = end - anchor - 2;
    let place = at + entry.header;
    for (let left = anchor - 1; left >= start; left -= 1, place += 1) entries[place] = classes[left] ?? 0;
    for (let right = anchor + 2; right < end; right += 1, place += 1) entries[place] = classes[right] ?? 0;
    if (kind === asking.nothing) {
      putNumber(entries, place, labels[pattern] ?? 0);
      return place + entry.label;
    }
    if (kind === asking.several) {
      entries[place] = sharing.length;
      place += 1;
    }
    for (const own of sharing) place = putAsker(place, own);
    return place;
  }

  function putAsker(at: number, pattern: number): number {
    const [own, other] = [(asked.first[pattern] ?? 0) - 1, (asked.second[pattern] ?? 0) - 1];
    putNumber(entries, at + asker.label, labels[pattern] ?? 0);
    entries[at + asker.place] = placeFrom(anchors[pattern] ?? 0, own);
    entries[at + asker.wanted] = finer?.asked[own] ?? 0;
    entries[at + asker.otherPlace] = placeFrom(anchors[pattern] ?? 0, other);
    entries[at + asker.otherWanted] = finer?.asked[other] ?? 0;
    return at + asker.size;
  }

  /** A place among the classes as an asker says it. */
  function placeFrom(anchor: number, own: number): number {
    return own > anchor ? askedOnRight + own - anchor - 1 : anchor - own;
  }

  return { buckets, entries: entries.slice(0, used) };
}

/** Puts 32 bits, the lower half first. */
function putNumber(into: Uint16Array, at: number, value: number): void {
  into[at] = value;
  into[at + 1] = value >>> 16;
}
