/**
 * How many places are tried for a node with several children before the search moves on: bounds the build. With 2,000,
 * 200,000 terms over 3,781 characters take 1.6 million cells for 0.8 million states; with 48 they took 10 million, and no
 * less time, because filling so much memory costs it again.
 */
const placesTried = 2000;

/**
 * Which cells of a double array are taken. `nextFree` forgets nothing and cells are never given back, so finding the next
 * free one is a union-find with path halving: nearly constant time however full the array is.
 */
export class FreeCells {
  #nextFree: Int32Array;
  /** Where the search for several cells at once begins: what lies before is crowded. */
  #sparseFrom = 1;
  /** One more than the highest cell taken. */
  end = 1;

  constructor(expected: number) {
    this.#nextFree = ascending(new Int32Array(expected), 0);
    this.take(0);
  }

  get capacity(): number {
    return this.#nextFree.length;
  }

  #find(from: number): number {
    let at = from;
    // What lies behind the array is free.
    while (at < this.#nextFree.length) {
      const next = this.#nextFree[at] ?? at;
      if (next === at) return at;
      const further = next < this.#nextFree.length ? (this.#nextFree[next] ?? next) : next;
      this.#nextFree[at] = further;
      at = further;
    }
    return at;
  }

  #isFree(index: number): boolean {
    return index >= this.#nextFree.length || this.#nextFree[index] === index;
  }

  take(index: number): void {
    if (index >= this.#nextFree.length) {
      const grown = new Int32Array(Math.max(Math.ceil(this.#nextFree.length * 1.5), index + 1));
      grown.set(this.#nextFree);
      this.#nextFree = ascending(grown, this.#nextFree.length);
    }
    this.#nextFree[index] = index + 1;
    if (index >= this.end) this.end = index + 1;
  }

  /** A base of at least 1 (so that no child lands on the root) from which all of the ascending `classes` are free. */
  place(classes: Int32Array, count: number): number {
    const first = classes[0] ?? 0;
    if (count === 1) return this.#find(first + 1) - first;
    let candidate = this.#find(Math.max(this.#sparseFrom, first + 1));
    for (let tried = 0; tried < placesTried; tried += 1) {
      const base = candidate - first;
      let child = 1;
      while (child < count && this.#isFree(base + (classes[child] ?? 0))) child += 1;
      if (child === count) return base;
      candidate = this.#find(candidate + 1);
    }
    this.#sparseFrom = Math.max(this.#sparseFrom, candidate);
    // Behind everything that is taken, all is free.
    return Math.max(1, this.end - first);
  }
}

function ascending(values: Int32Array, from: number): Int32Array {
  for (let index = from; index < values.length; index += 1) values[index] = index;
  return values;
}
