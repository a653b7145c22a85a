/** Consecutive sequence numbers that a file has, and who and when the last of them was. */
export interface SeenRange {
  readonly first: bigint;
  readonly last: bigint;
  readonly employee: number | null;
  readonly at: number | null;
}

/** Beyond this many ranges (a file in no order) they are sorted and joined. */
const mostLoose = 1 << 16;

/**
 * The sequence numbers of a file as ranges. A file in order has one range per gap, however long it is; a file in no order
 * is joined from time to time.
 */
export class SequenceRanges {
  #ranges: SeenRange[] = [];
  /** Ranges from here on are not stored yet as they are; 0: all of them changed. */
  #stored = 0;
  #limit = mostLoose;

  constructor(stored: readonly SeenRange[] = []) {
    this.#ranges = [...stored].toSorted(byFirst);
    this.#stored = this.#ranges.length;
  }

  add(range: SeenRange): void {
    const last = this.#ranges.at(-1);
    if (last !== undefined && last.last + 1n === range.first) {
      this.#ranges[this.#ranges.length - 1] = { ...range, first: last.first };
      this.#stored = Math.min(this.#stored, this.#ranges.length - 1);
      return;
    }
    this.#ranges.push(range);
    if (this.#ranges.length > this.#limit) this.join();
  }

  /** Sorts the ranges and joins those that touch or overlap. */
  join(): void {
    this.#ranges = joinRanges(this.#ranges);
    this.#stored = 0;
    this.#limit = Math.max(mostLoose, 2 * this.#ranges.length);
  }

  /** What has to be written: `all` where the stored ranges are to be replaced. */
  takeChanges(): { readonly all: boolean; readonly ranges: readonly SeenRange[] } {
    const changes = { all: this.#stored === 0, ranges: this.#ranges.slice(this.#stored) };
    this.#stored = this.#ranges.length;
    return changes;
  }
}

/** The same numbers in as few ranges as possible, in order. */
export function joinRanges(ranges: readonly SeenRange[]): SeenRange[] {
  const joined: SeenRange[] = [];
  for (const range of ranges.toSorted(byFirst)) {
    const last = joined.at(-1);
    if (last === undefined || range.first > last.last + 1n) joined.push(range);
    else if (range.last > last.last) joined[joined.length - 1] = { ...range, first: last.first };
  }
  return joined;
}

function byFirst(a: SeenRange, b: SeenRange): number {
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.last < b.last ? -1 : a.last > b.last ? 1 : 0;
}
