import { confidenceOf, foldBit } from './folds.ts';
import type { OnMatch } from './matcher.ts';

const width = 4;

/** Matches that there is room for at first, and most that room is kept for. */
const leastRoom = 64;
const mostKept = 1 << 18;

/** Matches that are put in order by insertion. */
const insertedAtOnce = 16;

/** Terms that share a count of their matches; a power of two. */
const counted = 1024;

/** Folds that can read more than the term into a text. */
const soft = foldBit['look-alikes'] | foldBit.pinyin | foldBit.homophones;
/** Matches before one that are looked at for one inside it: more than end inside any match of ordinary lexicons. */
const mostLookedBack = 64;
/** How far behind a match one may end that holds it: further only what is mostly passed over. */
const furthest = 256;

/**
 * The matches of one scan, in numbers: no object is made for any. Kept by a matcher and used again, arrays and all: to make
 * one costs as much as to scan a thousand characters.
 */
export class MatchList {
  #values = new Int32Array(leastRoom * width);
  #count = 0;
  /** Positions among the matches, in the order in which they are handed out: the first `#kept`. */
  #order = new Int32Array(leastRoom);
  #kept = 0;
  /** Room for another order. */
  #other = new Int32Array(leastRoom);
  /** By the last bits of a term: how many matches there are of such terms. Nearly always it is one, and then none is inside another. */
  readonly #perTerm = new Int32Array(counted);
  /** To go on with while others are handed out. */
  #spare: Record<'values' | 'order', Int32Array<ArrayBuffer>> | null = null;

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
    const slot = term & (counted - 1);
    this.#perTerm[slot] = (this.#perTerm[slot] ?? 0) + 1;
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
    const count = this.#count;
    if (count > Math.min(this.#order.length, this.#other.length)) {
      this.#order = new Int32Array(this.#values.length / width);
      this.#other = new Int32Array(this.#values.length / width);
    }
    for (let index = 0; index < count; index += 1) this.#order[index] = index;
    this.#sort(count);
    this.#keepDistinct(count);
    this.#leaveOutWeaker();
    this.#forgetCounts();
  }

  /**
   * Puts `#order` in order: a few at a time by insertion, since each layer of a scan gives nearly all in order, then those
   * merged with each other.
   */
  #sort(count: number): void {
    for (let from = 0; from < count; from += insertedAtOnce)
      this.#insert(from, Math.min(count, from + insertedAtOnce));
    for (let size = insertedAtOnce; size < count; size *= 2) {
      for (let from = 0; from + size < count; from += 2 * size)
        this.#merge(from, from + size, Math.min(count, from + 2 * size));
    }
  }

  #insert(from: number, to: number): void {
    const order = this.#order;
    for (let place = from + 1; place < to; place += 1) {
      const own = order[place] ?? 0;
      let at = place;
      while (at > from && this.#compare(order[at - 1] ?? 0, own) > 0) {
        order[at] = order[at - 1] ?? 0;
        at -= 1;
      }
      order[at] = own;
    }
  }

  /** Merges two neighbouring parts that are in order. */
  #merge(from: number, middle: number, to: number): void {
    const order = this.#order;
    const other = this.#other;
    if (this.#compare(order[middle - 1] ?? 0, order[middle] ?? 0) <= 0) return;
    for (let at = from; at < middle; at += 1) other[at] = order[at] ?? 0;
    let left = from;
    let right = middle;
    for (let at = from; left < middle; at += 1) {
      const takesRight = right < to && this.#compare(order[right] ?? 0, other[left] ?? 0) < 0;
      order[at] = (takesRight ? order[right] : other[left]) ?? 0;
      if (takesRight) right += 1;
      else left += 1;
    }
  }

  #keepDistinct(count: number): void {
    const order = this.#order;
    let kept = 0;
    for (let place = 0; place < count; place += 1) {
      const index = order[place] ?? 0;
      const last = order[kept - 1] ?? 0;
      if (kept > 0 && this.#compare(last, index) === 0) {
        if (this.#isSurer(index, last)) order[kept - 1] = index;
        continue;
      }
      order[kept] = index;
      kept += 1;
    }
    this.#kept = kept;
  }

  /**
   * Leaves out what look-alikes, pinyin or homophones only make wider than a surer match of the same term inside it: 保本保息
   * and a 细 that sounds like its last character, 加wx where wx stands for the word. And what is by them only a part of a surer
   * one: 微❤ of 微❤信.
   */
  #leaveOutWeaker(): void {
    const all = this.#order;
    const order = this.#other;
    const count = this.#kept;
    let kept = 0;
    for (let place = 0; place < count; place += 1) {
      const own = all[place] ?? 0;
      if (
        ((this.#values[own * width + 3] ?? 0) & soft) !== 0 &&
        (this.#perTerm[(this.#values[own * width] ?? 0) & (counted - 1)] ?? 0) > 1 &&
        (this.#holdsAnother(all, place, count) || this.#isWithinSurer(all, place, count))
      )
        continue;
      order[kept] = own;
      kept += 1;
    }
    this.#order = order;
    this.#other = all;
    this.#kept = kept;
  }

  #forgetCounts(): void {
    for (let at = 0; at < this.#count; at += 1)
      this.#perTerm[(this.#values[at * width] ?? 0) & (counted - 1)] = 0;
  }

  #holdsAnother(order: Int32Array, place: number, count: number): boolean {
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
    for (let behind = place + 1; behind < count; behind += 1) {
      const other = (order[behind] ?? 0) * width;
      if (values[other + 2] !== values[own + 2]) return false;
      if (values[other] === values[own] && confidenceOf(values[other + 3] ?? 0) >= surety) return true;
    }
    return false;
  }

  /** Whether a surer match of the same term, which is not left out itself, begins or ends with it and holds it. */
  #isWithinSurer(order: Int32Array, place: number, count: number): boolean {
    const values = this.#values;
    const own = (order[place] ?? 0) * width;
    // Of those that end with it, the longer ones come before it.
    for (let before = place - 1; before >= 0 && place - before <= mostLookedBack; before -= 1) {
      if (values[(order[before] ?? 0) * width + 2] !== values[own + 2]) break;
      if (this.#isSurerAround(order, before, own, count)) return true;
    }
    const limit = (values[own + 2] ?? 0) + furthest;
    for (let behind = place + 1; behind < count && behind - place <= mostLookedBack; behind += 1) {
      if ((values[(order[behind] ?? 0) * width + 2] ?? 0) > limit) return false;
      if (this.#isSurerAround(order, behind, own, count)) return true;
    }
    return false;
  }

  /** Whether the match at this place of the order holds the one whose values begin at `own`, as `#isWithinSurer` says. */
  #isSurerAround(order: Int32Array, place: number, own: number, count: number): boolean {
    const values = this.#values;
    const other = (order[place] ?? 0) * width;
    return (
      values[other] === values[own] &&
      (values[other + 1] ?? 0) <= (values[own + 1] ?? 0) &&
      (values[other + 1] === values[own + 1] || values[other + 2] === values[own + 2]) &&
      confidenceOf(values[other + 3] ?? 0) > confidenceOf(values[own + 3] ?? 0) &&
      !(((values[other + 3] ?? 0) & soft) !== 0 && this.#holdsAnother(order, place, count))
    );
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
    const kept = this.#kept;
    if (kept > 0) {
      const values = this.#values;
      const order = this.#order;
      // What the callback scans with the same matcher would otherwise write over these.
      this.#values = this.#spare?.values ?? new Int32Array(leastRoom * width);
      this.#order = this.#spare?.order ?? new Int32Array(leastRoom);
      this.#spare = null;
      this.clear();
      for (let place = 0; place < kept; place += 1) {
        const at = (order[place] ?? 0) * width;
        onMatch(values[at] ?? 0, values[at + 1] ?? 0, values[at + 2] ?? 0, values[at + 3] ?? 0);
      }
      if (values.length <= mostKept * width) this.#spare = { values, order };
    } else this.clear();
  }

  clear(): void {
    this.#count = 0;
    this.#kept = 0;
    if (this.#values.length > mostKept * width) this.#values = new Int32Array(leastRoom * width);
  }
}
