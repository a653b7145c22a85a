import type { Patterns } from '../stratum.ts';
import { FreeCells } from './free-cells.ts';

/**
 * An Aho–Corasick automaton in one typed array: a double array of cells of four numbers. A state is its cell's offset
 * (a multiple of 4), so that a step costs no multiplication and parent, base, fail and output share a cache line.
 */
export interface Automaton {
  readonly cells: Int32Array;
  /** By terminal: its length in classes, the next terminal that ends at the same place, shorter or the same once more (or -1). */
  readonly lengths: Int32Array;
  readonly shorter: Int32Array;
  /** By terminal: its pattern. */
  readonly patterns: Int32Array;
}

/** A cell: the state that it is a child of (-1: free), where its children begin, the state to fall back to, output + 1. */
export const cell = { parent: 0, base: 1, fail: 2, output: 3, size: 4 } as const;

/** Builds the automaton, width first, straight from the terms: no tree of objects is made. Empty terms never match. */
export function buildAutomaton(patterns: Patterns): Automaton {
  const { classes, offsets, classCount } = patterns;
  const termCount = offsets.length - 1;
  const order = new Int32Array(termCount);
  let listed = 0;
  for (let term = 0; term < termCount; term += 1) {
    if ((offsets[term + 1] ?? 0) > (offsets[term] ?? 0)) {
      order[listed] = term;
      listed += 1;
    }
  }
  const nodes = classes.length + 1;
  const free = new FreeCells(nodes + classCount + 1);
  let cells = new Int32Array(free.capacity * cell.size);

  // The queue of nodes, in order of depth: each has the range of `order` whose terms share its prefix.
  const states = new Int32Array(nodes);
  const rangeEnd = new Int32Array(nodes);
  const rangeStart = new Int32Array(nodes);
  rangeEnd[0] = listed;
  let queued = 1;

  const lengths: number[] = [];
  const shorter: number[] = [];
  const found: number[] = [];

  const groups = createGrouping(patterns, order);
  let depth = 0;
  let levelEnd = 1;
  for (let head = 0; head < queued; head += 1) {
    if (head === levelEnd) {
      depth += 1;
      levelEnd = queued;
    }
    const state = states[head] ?? 0;
    const from = rangeStart[head] ?? 0;
    const ending = groups.split(from, rangeEnd[head] ?? 0, depth);

    const fail = cells[state + cell.fail] ?? 0;
    let output = state === 0 ? 0 : (cells[fail + cell.output] ?? 0);
    // Of equal ones, which differ in what else they ask for, each is one.
    for (let index = from; index < from + ending; index += 1) {
      lengths.push(depth);
      shorter.push(output - 1);
      found.push(order[index] ?? 0);
      output = lengths.length;
    }
    cells[state + cell.output] = output;
    if (groups.count === 0) continue;

    const base = free.place(groups.classes, groups.count);
    cells[state + cell.base] = base * cell.size;
    const highest = base + (groups.classes[groups.count - 1] ?? 0);
    if (highest * cell.size >= cells.length) {
      const grown = new Int32Array(Math.max(Math.ceil(cells.length * 1.5), (highest + 1) * cell.size));
      grown.set(cells);
      cells = grown;
    }
    let start = from + ending;
    for (let child = 0; child < groups.count; child += 1) {
      const read = groups.classes[child] ?? 0;
      const index = base + read;
      free.take(index);
      cells[index * cell.size + cell.parent] = state + 1;
      cells[index * cell.size + cell.fail] = state === 0 ? 0 : stepWhileBuilding(cells, fail, read);
      states[queued] = index * cell.size;
      rangeStart[queued] = start;
      start += groups.sizes[child] ?? 0;
      rangeEnd[queued] = start;
      queued += 1;
    }
  }
  return {
    cells: finish(cells, free.end + classCount + 1),
    lengths: Int32Array.from(lengths),
    shorter: Int32Array.from(shorter),
    patterns: Int32Array.from(found),
  };
}

/** While building, a cell's parent is stored plus one, so that new cells, all zero, are free ones. */
function stepWhileBuilding(cells: Int32Array, from: number, read: number): number {
  let state = from;
  for (;;) {
    const next = (cells[state + cell.base] ?? 0) + read * cell.size;
    if (next !== 0 && cells[next + cell.parent] === state + 1) return next;
    if (state === 0) return 0;
    state = cells[state + cell.fail] ?? 0;
  }
}

/** The cells with room behind the last base for every class, so that a step never reads outside. */
function finish(cells: Int32Array, count: number): Int32Array {
  const finished = new Int32Array(count * cell.size);
  finished.set(cells.subarray(0, finished.length));
  for (let at = 0; at < finished.length; at += cell.size) {
    finished[at + cell.parent] = (finished[at + cell.parent] ?? 0) - 1;
  }
  finished[cell.parent] = -1;
  return finished;
}

/** Groups a node's terms by their next class: a counting sort, stable, over the classes that occur. */
function createGrouping({ classes, offsets, classCount }: Patterns, order: Int32Array) {
  const sizeOf = new Int32Array(classCount + 1);
  const placeOf = new Int32Array(classCount + 1);
  const scratch = new Int32Array(order.length);
  const grouping = {
    count: 0,
    /** The children's classes, ascending, and how many terms each has. */
    classes: new Int32Array(classCount),
    sizes: new Int32Array(classCount),
    /** Sorts `order[from…to)` and answers how many terms end at this depth; those stand first. */
    split(from: number, to: number, depth: number): number {
      let ending = 0;
      let count = 0;
      for (let index = from; index < to; index += 1) {
        const term = order[index] ?? 0;
        const at = (offsets[term] ?? 0) + depth;
        scratch[index] = term;
        if (at === offsets[term + 1]) {
          ending += 1;
          continue;
        }
        const next = classes[at] ?? 0;
        if (sizeOf[next] === 0) {
          grouping.classes[count] = next;
          count += 1;
        }
        sizeOf[next] = (sizeOf[next] ?? 0) + 1;
      }
      grouping.count = count;
      if (count > 1) grouping.classes.subarray(0, count).sort();
      let place = from + ending;
      for (let child = 0; child < count; child += 1) {
        const next = grouping.classes[child] ?? 0;
        placeOf[next] = place;
        grouping.sizes[child] = sizeOf[next] ?? 0;
        place += sizeOf[next] ?? 0;
        sizeOf[next] = 0;
      }
      let endingPlace = from;
      for (let index = from; index < to; index += 1) {
        const term = scratch[index] ?? 0;
        const at = (offsets[term] ?? 0) + depth;
        if (at === offsets[term + 1]) {
          order[endingPlace] = term;
          endingPlace += 1;
        } else {
          const next = classes[at] ?? 0;
          order[placeOf[next] ?? 0] = term;
          placeOf[next] = (placeOf[next] ?? 0) + 1;
        }
      }
      return ending;
    },
  };
  return grouping;
}
