import type { Pair } from './align.ts';

/** A pair of texts that are alike: 0 shares nothing, 1 the same pairs of characters. */
export interface Likeness {
  readonly left: number;
  readonly right: number;
  readonly similarity: number;
}

/** Up to so many pairs each is looked at; beyond, only those that share a rarer run of four characters. */
const allPairs = 2_500;
/** A run of four characters in more texts than this tells nothing apart. */
const commonRun = 16;
/** UTF-16 units of both sides up to which every run is looked at. */
const wholeLength = 60_000;
/** How many of those that share most runs are looked at for each text. */
const nearest = 4;

type Profile = ReadonlyMap<number, number>;

/** Counts of adjacent pairs of UTF-16 units, the ends included, so that texts of one or two characters have some too. */
function profileOf(text: string): { readonly pairs: Profile; readonly size: number } {
  const pairs = new Map<number, number>();
  let before = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const unit = index < text.length ? text.charCodeAt(index) : 0;
    const key = before * 65_536 + unit;
    pairs.set(key, (pairs.get(key) ?? 0) + 1);
    before = unit;
  }
  return { pairs, size: text.length + 1 };
}

/** Dice's coefficient over adjacent pairs of characters. */
function dice(left: ReturnType<typeof profileOf>, right: ReturnType<typeof profileOf>): number {
  const [small, large] = left.pairs.size <= right.pairs.size ? [left, right] : [right, left];
  let common = 0;
  for (const [key, count] of small.pairs) common += Math.min(count, large.pairs.get(key) ?? 0);
  return (2 * common) / (left.size + right.size);
}

/** Pairs of texts at least as alike as `least`, for each left text the likeliest ones. */
export function likenesses(left: readonly string[], right: readonly string[], least: number): Likeness[] {
  const leftProfiles = left.map((text) => (text === '' ? null : profileOf(text)));
  const rightProfiles = right.map((text) => (text === '' ? null : profileOf(text)));
  const found: Likeness[] = [];
  const consider = (i: number, j: number) => {
    const [own, other] = [leftProfiles[i], rightProfiles[j]];
    if (own === null || own === undefined || other === null || other === undefined) return;
    // Lengths alone already bound how alike they can be.
    if ((2 * Math.min(own.size, other.size)) / (own.size + other.size) < least) return;
    const similarity = dice(own, other);
    if (similarity >= least) found.push({ left: i, right: j, similarity });
  };
  if (left.length * right.length <= allPairs) {
    for (let i = 0; i < left.length; i += 1) for (let j = 0; j < right.length; j += 1) consider(i, j);
    return found;
  }
  const isSampled = sampling([left, right]);
  const runs = indexRuns(right, isSampled);
  for (const [i, text] of left.entries()) {
    const counts = new Map<number, number>();
    for (const run of runsOf(text)) {
      if (!isSampled(run)) continue;
      const holders = runs.get(run);
      if (holders === undefined || holders.length > commonRun) continue;
      for (const j of holders) counts.set(j, (counts.get(j) ?? 0) + 1);
    }
    const likeliest = [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, nearest);
    for (const [j] of likeliest) consider(i, j);
    // Of paragraphs that are all alike, as the rows of a table are, the one at the same place is as good as any, and most often right.
    const level = Math.floor((i * right.length) / left.length);
    if (likeliest.every(([j]) => j !== level)) consider(i, level);
  }
  return found;
}

/** A number for each run of four units, in order. Two runs may share one: that only makes another candidate. */
function runsOf(text: string): Int32Array {
  const runs = new Int32Array(Math.max(0, text.length - 3));
  for (let at = 0; at < runs.length; at += 1) {
    let run = 0;
    // Knuth's multiplicative hash, The Art of Computer Programming 3, 6.4.
    for (let unit = 0; unit < 4; unit += 1) run = Math.imul(run ^ text.charCodeAt(at + unit), 0x9e_37_79_b1);
    runs[at] = run ^ (run >>> 15);
  }
  return runs;
}

/** Which runs are looked at: all of texts of usual length, else the same quarter of them on both sides. */
function sampling(sides: readonly (readonly string[])[]): (run: number) => boolean {
  const length = sides.flat().reduce((sum, text) => sum + text.length, 0);
  return length <= wholeLength ? () => true : (run) => (run & 3) === 0;
}

function indexRuns(
  texts: readonly string[],
  isSampled: (run: number) => boolean,
): ReadonlyMap<number, readonly number[]> {
  const runs = new Map<number, number[]>();
  for (const [index, text] of texts.entries())
    for (const run of runsOf(text)) {
      if (!isSampled(run)) continue;
      const holders = runs.get(run);
      if (holders === undefined) runs.set(run, [index]);
      // One more than is ever used says that there are too many.
      else if (holders.at(-1) !== index && holders.length <= commonRun) holders.push(index);
    }
  return runs;
}

/** Of the pairs, those that ascend on both sides and are most alike in all. */
export function pairInOrder(pairs: readonly Likeness[], rightLength: number): Pair[] {
  // A tree of prefix maxima over the right side: the best chain that ends before a place.
  const best = new Int32Array(rightLength + 1).fill(-1);
  const chains: { readonly pair: Likeness; readonly total: number; readonly before: number }[] = [];
  const totalOf = (chain: number) => (chain < 0 ? 0 : (chains[chain]?.total ?? 0));
  // Of equal left places the later right one first, so that none follows another of the same left.
  const ordered = pairs.toSorted((a, b) => a.left - b.left || b.right - a.right);
  for (const pair of ordered) {
    let before = -1;
    for (let at = pair.right; at > 0; at -= at & -at) {
      const chain = best[at] ?? -1;
      if (totalOf(chain) > totalOf(before)) before = chain;
    }
    const chain = chains.push({ pair, total: totalOf(before) + pair.similarity, before }) - 1;
    for (let at = pair.right + 1; at <= rightLength; at += at & -at)
      if (totalOf(chain) > totalOf(best[at] ?? -1)) best[at] = chain;
  }
  let last = -1;
  for (const index of chains.keys()) if (totalOf(index) > totalOf(last)) last = index;
  const order: Pair[] = [];
  for (let at = last; at >= 0; at = chains[at]?.before ?? -1) {
    const pair = chains[at]?.pair;
    if (pair !== undefined) order.push([pair.left, pair.right]);
  }
  return order.toReversed();
}
