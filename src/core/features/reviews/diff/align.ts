import { diffArrays } from 'diff';

/** What comparing may cost. Work is counted, not timed, so that the same texts give the same diff on any machine. */
export interface Budget {
  /** Steps of the edit graph that may still be walked; one takes some 50 ns. */
  steps: number;
  /** When nothing fine is begun any more, as of `performance.now()`: a machine may be slower than thought. */
  readonly deadline: number;
  /** Set where a bound was reached and a match may have been missed. */
  coarse: boolean;
}

/** Steps for one comparison: some quarter of a second, of the second and a half that `milliseconds` allows by default. */
const allSteps = 5_000_000;
/** The longest edit script that one alignment is searched for: 500,000 steps at most. */
const longestScript = 1_000;
/** Even with nothing left, small changes are found. */
const shortestScript = 40;

export function createBudget(milliseconds = 1_500): Budget {
  return { steps: allSteps, deadline: performance.now() + milliseconds, coarse: false };
}

/** Indices of elements that are the same, ascending on both sides. */
export type Pair = readonly [left: number, right: number];

/** Numbers for keys: equal ones for equal keys. */
export function intern(left: readonly string[], right: readonly string[]): [number[], number[]] {
  const ids = new Map<string, number>();
  const idOf = (key: string) => {
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, ids.size);
    return ids.size - 1;
  };
  return [left.map(idOf), right.map(idOf)];
}

/** A shortest edit script's matches, or null where it is longer than the budget allows. */
export function alignExactly(
  left: readonly number[],
  right: readonly number[],
  budget: Budget,
): Pair[] | null {
  const pairs: Pair[] = [];
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) {
    pairs.push([start, start]);
    start += 1;
  }
  let tail = 0;
  while (tail < shorter - start && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;

  // What stands on one side only is in no match, and leaving it out makes unrelated texts cheap.
  const keptLeft = shared(left, start, left.length - tail, right, start, right.length - tail);
  const keptRight = shared(right, start, right.length - tail, left, start, left.length - tail);
  if (keptLeft.length > 0 && keptRight.length > 0) {
    const limit = Math.min(
      performance.now() > budget.deadline ? shortestScript : longestScript,
      Math.max(shortestScript, Math.floor(Math.sqrt(2 * budget.steps))),
    );
    const changes = diffArrays(
      keptLeft.map((index) => left[index]),
      keptRight.map((index) => right[index]),
      { maxEditLength: limit },
    );
    const length =
      changes?.reduce((sum, change) => sum + (change.added || change.removed ? change.count : 0), 0) ?? limit;
    budget.steps = Math.max(0, budget.steps - (length * length) / 2 - keptLeft.length - keptRight.length);
    if (changes === undefined) return null;
    let [atLeft, atRight] = [0, 0];
    for (const { added, removed, count } of changes) {
      if (!added && !removed)
        for (let step = 0; step < count; step += 1)
          pairs.push([keptLeft[atLeft + step] ?? 0, keptRight[atRight + step] ?? 0]);
      if (!added) atLeft += count;
      if (!removed) atRight += count;
    }
  }
  for (let step = tail; step > 0; step -= 1) pairs.push([left.length - step, right.length - step]);
  return pairs;
}

/** Indices in `from` to `to` whose element also stands in that range of the other side. */
function shared(
  own: readonly number[],
  from: number,
  to: number,
  other: readonly number[],
  otherFrom: number,
  otherTo: number,
): number[] {
  const known = new Set<number>();
  for (let index = otherFrom; index < otherTo; index += 1) known.add(other[index] ?? -1);
  const kept: number[] = [];
  for (let index = from; index < to; index += 1) if (known.has(own[index] ?? -1)) kept.push(index);
  return kept;
}

/**
 * Matches in order, by a shortest edit script where the budget allows one, else by what stands once on each side, in the
 * longest order that both share, and again between these.
 */
export function align(
  left: readonly number[],
  right: readonly number[],
  budget: Budget,
  depth = 0,
): readonly Pair[] {
  const exact = alignExactly(left, right, budget);
  if (exact !== null) return exact;
  const anchors = depth < 8 ? longestOrder(uniqueMatches(left, right)) : [];
  if (anchors.length === 0) {
    budget.coarse = true;
    return commonEnds(left, right);
  }
  const pairs: Pair[] = [];
  let [fromLeft, fromRight] = [0, 0];
  for (const [atLeft, atRight] of [...anchors, [left.length, right.length] as const]) {
    if (atLeft > fromLeft && atRight > fromRight) {
      const inside = align(left.slice(fromLeft, atLeft), right.slice(fromRight, atRight), budget, depth + 1);
      for (const [i, j] of inside) pairs.push([fromLeft + i, fromRight + j]);
    }
    if (atLeft < left.length) pairs.push([atLeft, atRight]);
    [fromLeft, fromRight] = [atLeft + 1, atRight + 1];
  }
  return pairs;
}

function commonEnds(left: readonly number[], right: readonly number[]): Pair[] {
  const shorter = Math.min(left.length, right.length);
  const pairs: Pair[] = [];
  let start = 0;
  for (; start < shorter && left[start] === right[start]; start += 1) pairs.push([start, start]);
  let tail = 0;
  while (tail < shorter - start && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
  for (; tail > 0; tail -= 1) pairs.push([left.length - tail, right.length - tail]);
  return pairs;
}

/** What stands exactly once on each side, in the order of the left. */
export function uniqueMatches(left: readonly number[], right: readonly number[]): Pair[] {
  const once = (values: readonly number[]) => {
    const places = new Map<number, number>();
    for (const [index, value] of values.entries()) places.set(value, places.has(value) ? -1 : index);
    return places;
  };
  const [ofLeft, ofRight] = [once(left), once(right)];
  return [...ofLeft].flatMap(([value, index]): Pair[] => {
    const other = ofRight.get(value) ?? -1;
    return index >= 0 && other >= 0 ? [[index, other]] : [];
  });
}

/** Of pairs that ascend on the left, the most that also ascend on the right (patience sorting). */
function longestOrder(pairs: readonly Pair[]): Pair[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [index, [, right]] of pairs.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < right) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  }
  const order: Pair[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) order.push(pair);
  }
  return order.toReversed();
}
