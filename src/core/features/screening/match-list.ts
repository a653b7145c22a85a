import { confidenceOf, foldBit } from './folds.ts';
import type { OnMatch } from './matcher.ts';

const width = 4;

/** Folds that can read more than the term into a text. */
const soft = foldBit['look-alikes'] | foldBit.pinyin | foldBit.homophones;
/** Matches before one that are looked at for one inside it: more than end inside any match of ordinary lexicons. */
const mostLookedBack = 64;

/** The matches of one scan, in numbers: no object is made for any. Kept by a matcher and used again. */
export class MatchList {
  #values = new Int32Array(64 * width);
  #count = 0;
  #order: Int32Array | null = null;

  add(term: number, start: number, end: number, bits: number): void {
    const at = this.#count * width;
    if (at === this.#values.length) {
      const grown = new Int32Array(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[at] = term;
    this.#values[at + 1] = start;
    this.#values[at + 2] = end;
    this.#values[at + 3] = bits;
    this.#count += 1;
  }

  #compare(a: number, b: number): number {
    const values = this.#values;
    const left = a * width;
    const right = b * width;
    return (
      (values[left + 2] ?? 0) - (values[right + 2] ?? 0) ||
      (values[left + 1] ?? 0) - (values[right + 1] ?? 0) ||
      (values[left] ?? 0) - (values[right] ?? 0)
    );
  }

  /** Puts them in order; of several for one term and place the surest stays. */
  finish(): void {
    const order = new Int32Array(this.#count);
    for (let index = 0; index < this.#count; index += 1) order[index] = index;
    const sorted = this.#insertInto(order) ? order : order.toSorted((a, b) => this.#compare(a, b));
    this.#order = this.#distinct(sorted);
  }

  /** Sorts by insertion, since a scan gives nearly all in order; false, with the order half done, where that takes long. */
  #insertInto(order: Int32Array): boolean {
    let moves = order.length * 8 + 64;
    for (let place = 1; place < order.length; place += 1) {
      const own = order[place] ?? 0;
      let at = place;
      while (at > 0 && this.#compare(order[at - 1] ?? 0, own) > 0) {
        order[at] = order[at - 1] ?? 0;
        at -= 1;
        moves -= 1;
      }
      order[at] = own;
      if (moves < 0) return false;
    }
    return true;
  }

  #distinct(order: Int32Array): Int32Array {
    let kept = 0;
    for (const index of order) {
      const last = order[kept - 1] ?? 0;
      if (kept > 0 && this.#compare(last, index) === 0) {
        if (this.#isSurer(index, last)) order[kept - 1] = index;
        continue;
      }
      order[kept] = index;
      kept += 1;
    }
    return this.#withoutWider(order.subarray(0, kept));
  }

  /**
   * Leaves out what is only wider than a surer match of the same term inside it: 保本保息 and a 细 that sounds like its last
   * character, 加wx where wx stands for the word.
   */
  #withoutWider(order: Int32Array): Int32Array {
    const all = order.slice();
    let kept = 0;
    for (let place = 0; place < all.length; place += 1) {
      const own = all[place] ?? 0;
      if (((this.#values[own * width + 3] ?? 0) & soft) !== 0 && this.#holdsAnother(all, place)) continue;
      order[kept] = own;
      kept += 1;
    }
    return order.subarray(0, kept);
  }

  #holdsAnother(order: Int32Array, place: number): boolean {
    const values = this.#values;
    const own = (order[place] ?? 0) * width;
    const from = values[own + 1] ?? 0;
    const surety = confidenceOf(values[own + 3] ?? 0);
    for (let before = place - 1; before >= 0 && place - before <= mostLookedBack; before -= 1) {
      const other = (order[before] ?? 0) * width;
      if ((values[other + 2] ?? 0) <= from) return false;
      if (
        values[other] === values[own] &&
        (values[other + 1] ?? 0) >= from &&
        confidenceOf(values[other + 3] ?? 0) >= surety
      )
        return true;
    }
    // Of those that end with it, the shorter ones come behind it.
    for (let behind = place + 1; behind < order.length; behind += 1) {
      const other = (order[behind] ?? 0) * width;
      if (values[other + 2] !== values[own + 2]) return false;
      if (values[other] === values[own] && confidenceOf(values[other + 3] ?? 0) >= surety) return true;
    }
    return false;
  }

  #isSurer(index: number, than: number): boolean {
    const own = this.#values[index * width + 3] ?? 0;
    const other = this.#values[than * width + 3] ?? 0;
    return (
      own !== other &&
      (confidenceOf(own) > confidenceOf(other) || (confidenceOf(own) === confidenceOf(other) && own < other))
    );
  }

  /** Hands them out in order and forgets them. */
  drain(onMatch: OnMatch): void {
    const order = this.#order;
    const values = this.#values;
    // What the callback scans with the same matcher would otherwise write over these.
    const count = order === null ? 0 : order.length;
    const taken = new Int32Array(count * width);
    for (let position = 0; position < count; position += 1) {
      const at = (order?.[position] ?? 0) * width;
      taken.set(values.subarray(at, at + width), position * width);
    }
    this.clear();
    for (let at = 0; at < taken.length; at += width) {
      onMatch(taken[at] ?? 0, taken[at + 1] ?? 0, taken[at + 2] ?? 0, taken[at + 3] ?? 0);
    }
  }

  clear(): void {
    this.#count = 0;
    this.#order = null;
    if (this.#values.length > 1 << 20) this.#values = new Int32Array(64 * width);
  }
}
