/**
 * An Aho–Corasick automaton in one typed array: a double array of cells of four numbers. A state is its cell's offset
 * (a multiple of 4), so that a step costs no multiplication and check, base, fail and output share a cache line.
 */
export interface Automaton {
  readonly cells: Int32Array;
  /** By terminal: its length in folded units, the next shorter terminal that ends at the same place (or -1). */
  readonly lengths: Int32Array;
  readonly shorter: Int32Array;
  /** By terminal: the positions in the list of terms are `terms[firstTerm[t]]` up to `terms[firstTerm[t + 1]]`. */
  readonly firstTerm: Int32Array;
  readonly terms: Int32Array;
}

/** A cell: the state that it is a child of, where its own children begin, the state to fall back to, output. */
export const cell = { parent: 0, base: 1, fail: 2, output: 3, size: 4 } as const;

/** How many free places are tried for a node with several children before it goes to the end: bounds the build. */
const placesTried = 64;

/**
 * The cells while they are being placed, growing as needed. Free cells form a doubly linked list in ascending order
 * (previous in `base`, next in `fail`, `parent` = -1), so that finding a place does not walk over the taken ones.
 */
class Cells {
  values: Int32Array;
  capacity: number;
  firstFree = -1;
  lastFree = -1;
  readonly classCount: number;

  constructor(classCount: number, expected: number) {
    this.classCount = classCount;
    this.capacity = 0;
    this.values = new Int32Array(0);
    this.grow(Math.max(expected, classCount + 2));
    this.take(0);
  }

  /** Makes room for `count` cells in all. */
  grow(count: number): void {
    const grown = new Int32Array(count * cell.size);
    grown.set(this.values);
    this.values = grown;
    for (let index = this.capacity; index < count; index += 1) {
      const at = index * cell.size;
      grown[at + cell.parent] = -1;
      grown[at + cell.base] = this.lastFree;
      grown[at + cell.fail] = -1;
      if (this.lastFree >= 0) grown[this.lastFree * cell.size + cell.fail] = index;
      else this.firstFree = index;
      this.lastFree = index;
    }
    this.capacity = count;
  }

  isFree(index: number): boolean {
    return this.values[index * cell.size + cell.parent] === -1;
  }

  next(index: number): number {
    return this.values[index * cell.size + cell.fail] ?? -1;
  }

  /** Takes a cell out of the list of free ones. */
  take(index: number): void {
    const { values } = this;
    const at = index * cell.size;
    const previous = values[at + cell.base] ?? -1;
    const next = values[at + cell.fail] ?? -1;
    if (previous >= 0) values[previous * cell.size + cell.fail] = next;
    else this.firstFree = next;
    if (next >= 0) values[next * cell.size + cell.base] = previous;
    else this.lastFree = previous;
    values[at + cell.parent] = -2;
    values[at + cell.base] = 0;
    values[at + cell.fail] = 0;
  }

  /** A base (at least 1, so that no child lands on the root) from which all of the ascending `classes` are free. */
  place(classes: Int32Array, count: number): number {
    const first = classes[0] ?? 0;
    const last = classes[count - 1] ?? 0;
    let candidate = this.firstFree;
    for (let tried = 0; candidate >= 0 && tried < placesTried; candidate = this.next(candidate), tried += 1) {
      const base = candidate - first;
      if (base < 1) {
        tried -= 1;
        continue;
      }
      if (base + last >= this.capacity) break;
      let fits = true;
      for (let child = 1; child < count; child += 1) {
        if (!this.isFree(base + (classes[child] ?? 0))) {
          fits = false;
          break;
        }
      }
      if (fits) return base;
    }
    // Behind everything taken so far: the free tail, which always fits.
    const base = Math.max(1, this.highest + 1 - first);
    if (base + last >= this.capacity) this.grow(Math.max(Math.ceil(this.capacity * 1.5), base + last + 1));
    return base;
  }

  highest = 0;

  use(index: number, parent: number): void {
    this.take(index);
    this.values[index * cell.size + cell.parent] = parent;
    if (index > this.highest) this.highest = index;
  }
}

/**
 * Builds the automaton from terms written in classes (1 to `classCount`, one per character of the string). Empty ones
 * never match. Width first over the sorted terms, so no intermediate tree is made.
 */
export function buildAutomaton(patterns: readonly string[], classCount: number): Automaton {
  const order = sortedPositions(patterns);
  let units = 0;
  for (const position of order) units += patterns[position]?.length ?? 0;
  const cells = new Cells(classCount, units + classCount + 2);

  // The queue of nodes: each is a range of the sorted terms that share its prefix.
  const queueState: number[] = [0];
  const queueFrom: number[] = [0];
  const queueTo: number[] = [order.length];
  const lengths: number[] = [];
  const shorter: number[] = [];
  const firstTerm: number[] = [];
  const terms: number[] = [];
  const classes = new Int32Array(classCount + 1);
  const starts = new Int32Array(classCount + 2);

  let head = 0;
  let depth = 0;
  let levelEnd = 1;
  while (head < queueState.length) {
    if (head === levelEnd) {
      depth += 1;
      levelEnd = queueState.length;
    }
    const state = queueState[head] ?? 0;
    let from = queueFrom[head] ?? 0;
    const to = queueTo[head] ?? 0;
    head += 1;

    // Terms that end here come first in their range.
    const ending = from;
    while (from < to && patterns[order[from] ?? 0]?.length === depth) from += 1;
    const fail = cells.values[state + cell.fail] ?? 0;
    const outputOfFail = state === 0 ? 0 : (cells.values[fail + cell.output] ?? 0);
    if (from > ending) {
      lengths.push(depth);
      shorter.push(outputOfFail - 1);
      firstTerm.push(terms.length);
      for (let index = ending; index < from; index += 1) terms.push(order[index] ?? 0);
      cells.values[state + cell.output] = lengths.length;
    } else {
      cells.values[state + cell.output] = outputOfFail;
    }

    let count = 0;
    for (let index = from; index < to; index += 1) {
      const next = patterns[order[index] ?? 0]?.charCodeAt(depth) ?? 0;
      if (count === 0 || classes[count - 1] !== next) {
        classes[count] = next;
        starts[count] = index;
        count += 1;
      }
    }
    if (count === 0) continue;
    starts[count] = to;
    const base = cells.place(classes, count);
    cells.values[state + cell.base] = base * cell.size;
    for (let child = 0; child < count; child += 1) {
      const own = classes[child] ?? 0;
      const index = base + own;
      cells.use(index, state);
      cells.values[index * cell.size + cell.fail] = state === 0 ? 0 : step(cells.values, fail, own);
      queueState.push(index * cell.size);
      queueFrom.push(starts[child] ?? 0);
      queueTo.push(starts[child + 1] ?? 0);
    }
  }
  firstTerm.push(terms.length);

  // Room behind the last base for every class, so that a step never reads outside; free cells lose their links.
  const count = cells.highest + classCount + 2;
  if (count > cells.capacity) cells.grow(count);
  const values = cells.values.slice(0, count * cell.size);
  for (let at = 0; at < values.length; at += cell.size) {
    if (values[at + cell.parent] === -1) values.fill(0, at + 1, at + cell.size);
  }
  values[cell.parent] = -1;
  return {
    cells: values,
    lengths: Int32Array.from(lengths),
    shorter: Int32Array.from(shorter),
    firstTerm: Int32Array.from(firstTerm),
    terms: Int32Array.from(terms),
  };
}

/** The state after reading one class. */
export function step(cells: Int32Array, from: number, read: number): number {
  let state = from;
  for (;;) {
    const next = (cells[state + cell.base] ?? 0) + read * cell.size;
    if (cells[next + cell.parent] === state) return next;
    if (state === 0) return 0;
    state = cells[state + cell.fail] ?? 0;
  }
}

/** Positions of the non-empty patterns, sorted by pattern, equal ones in the order of the list. */
function sortedPositions(patterns: readonly string[]): Int32Array {
  const positions: number[] = [];
  for (let position = 0; position < patterns.length; position += 1) {
    if (patterns[position] !== '') positions.push(position);
  }
  positions.sort((a, b) => {
    const first = patterns[a] ?? '';
    const second = patterns[b] ?? '';
    if (first < second) return -1;
    if (first > second) return 1;
    return a - b;
  });
  return Int32Array.from(positions);
}
