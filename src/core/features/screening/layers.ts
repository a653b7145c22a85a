import { type Generator, type Stratum, type Triggers, unitClass } from './stratum.ts';

/** A stratum with what its patterns stand for. */
export interface Layer {
  readonly generator: Generator;
  /** By pattern, `stands.width` numbers each. Several patterns may be equal. */
  readonly stands: Int32Array;
  readonly classOf: Uint16Array;
  readonly kind: LayerKind;
}

/**
 * What is known of a pattern, side by side since an occurrence asks for all of it: its position in the list of variants (or
 * components); how many of the owner's units are in its first run, -1 where it is a single unit, found once a run; how
 * many are in its last run, which an occurrence has one of at least.
 */
export const stands = { owner: 0, firstRun: 1, lastRun: 2, width: 3 } as const;

export interface LayerKind {
  /** Characters are read by their sound. */
  readonly bySound: boolean;
  /** Nothing visible is passed over, not even at a variant's beginning. */
  readonly literal: boolean;
}

export type Build = (stratum: Stratum) => Generator;

/**
 * Collects what is looked for in one way of reading, and numbers its classes. What is one run of several units (的的) is not
 * collapsed: it would occur wherever its character does. Nothing is made for a pattern but numbers in arrays: a lexicon has
 * hundreds of thousands.
 */
export class LayerBuilder {
  readonly #collapse: boolean;
  readonly #kind: LayerKind;
  readonly #classOfUnit = new Uint16Array(0x10000);
  #classCount = 0;
  #classes = new Uint16Array(1 << 12);
  #length = 0;
  readonly #ends: number[] = [];
  readonly #stands: number[] = [];

  constructor(collapse: boolean, kind: LayerKind) {
    this.#collapse = collapse;
    this.#kind = kind;
  }

  get isEmpty(): boolean {
    return this.#ends.length === 0;
  }

  /** Adds a pattern in units as the text's are read. Answers false, and adds nothing, where there are none. */
  add(units: readonly number[], owner: number): boolean {
    const count = units.length;
    if (count === 0) return false;
    this.#makeRoom(count);
    const first = this.#classFor(units[0] ?? 0);
    let run = 1;
    while (run < count && units[run] === units[0]) run += 1;
    const isWhole = run === count;
    const collapses = this.#collapse && !isWhole;
    let previous = -1;
    for (const unit of units) {
      if (collapses && unit === previous) continue;
      previous = unit;
      this.#classes[this.#length] = unit === units[0] ? first : this.#classFor(unit);
      this.#length += 1;
    }
    this.#ends.push(this.#length);
    // A run of several is found to the unit.
    if (isWhole) this.#stands.push(owner, this.#collapse && count === 1 ? -1 : 1, 1);
    else this.#stands.push(owner, this.#collapse ? run : 1, this.#collapse ? lastRun(units) : 1);
    return true;
  }

  #makeRoom(count: number): void {
    if (this.#length + count <= this.#classes.length) return;
    const grown = new Uint16Array(Math.max(this.#classes.length * 2, this.#length + count));
    grown.set(this.#classes);
    this.#classes = grown;
  }

  #classFor(unit: number): number {
    let own = this.#classOfUnit[unit] ?? 0;
    if (own === 0) {
      this.#classCount += 1;
      if (this.#classCount > unitClass.most) {
        throw new RangeError(`The terms have more than ${unitClass.most} different characters.`);
      }
      own = this.#classCount;
      this.#classOfUnit[unit] = own;
    }
    return own;
  }

  /** `readAs` says of each unit of a text which unit it is read as: -1 passed over, -2 a break. */
  finish(readAs: Int32Array, { triggers, joined }: Triggers, build: Build): Layer[] {
    if (this.isEmpty) return [];
    const classOf = new Uint16Array(0x10000);
    for (let unit = 0; unit < 0x10000; unit += 1) {
      const own = readAs[unit] ?? -2;
      if (own === -1) classOf[unit] = unitClass.skipped;
      else if (own >= 0) classOf[unit] = this.#classOfUnit[own] ?? 0;
    }
    for (const unit of triggers) classOf[unit] = (classOf[unit] ?? 0) | unitClass.trigger;
    const offsets = new Int32Array(this.#ends.length + 1);
    offsets.set(this.#ends, 1);
    const patterns = {
      classes: this.#classes.slice(0, this.#length),
      offsets,
      classCount: this.#classCount,
    };
    return [
      {
        generator: build({ classOf, joined, patterns, collapse: this.#collapse }),
        stands: Int32Array.from(this.#stands),
        classOf,
        kind: this.#kind,
      },
    ];
  }
}

/** How many of the last units are the same. */
function lastRun(units: readonly number[]): number {
  const last = units.length - 1;
  let run = 1;
  while (run <= last && units[last - run] === units[last]) run += 1;
  return run;
}
