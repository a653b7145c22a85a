import { findDistinct } from './distinct.ts';
import type { RecordWriter } from './records.ts';
import { type Generator, type Patterns, type Stratum, type Triggers, unitClass } from './stratum.ts';

/** A stratum with what its patterns stand for. */
export interface Layer {
  readonly stratum: Stratum;
  /** What the patterns stand for: a pattern's label is the place of its first owner's record. */
  readonly records: Uint16Array;
  readonly kind: LayerKind;
}

/** A layer, and what looks through text for it. */
export interface Reader {
  readonly layer: Layer;
  readonly generator: Generator;
}

/** How a layer reads. */
export interface LayerKind {
  /** Characters are read by their sound. */
  readonly bySound: boolean;
  /** Nothing visible is passed over, not even at a variant's beginning. */
  readonly literal: boolean;
}

/** Of each pattern that was added: its owner, how many of the owner's units are in its first run (-1: it is one unit), and in its last. */
const added = { owner: 0, firstRun: 1, lastRun: 2, width: 3 } as const;

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
  readonly #added: number[] = [];

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
    // A run of several is found to the unit.
    if (isWhole) this.#added.push(owner, this.#collapse && count === 1 ? -1 : 1, 1);
    else {
      const last = this.#collapse ? lastRun(units) : 1;
      this.#added.push(owner, this.#collapse ? run : 1, last);
      if (last > 1) {
        this.#classes[this.#length] = this.#classes[this.#length - 1] ?? 0;
        this.#length += 1;
      }
    }
    this.#ends.push(this.#length);
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
  finish(readAs: Int32Array, { triggers, joined }: Triggers, writer: RecordWriter): Layer[] {
    if (this.isEmpty) return [];
    const classOf = new Uint16Array(0x10000);
    for (let unit = 0; unit < 0x10000; unit += 1) {
      const own = readAs[unit] ?? -2;
      if (own === -1) classOf[unit] = unitClass.skipped;
      else if (own >= 0) classOf[unit] = this.#classOfUnit[own] ?? 0;
    }
    for (const unit of triggers) classOf[unit] = (classOf[unit] ?? 0) | unitClass.trigger;
    const { patterns, records } = this.#gather(writer);
    const stratum = { classOf, joined, patterns, collapse: this.#collapse };
    return [{ stratum, records, kind: this.#kind }];
  }

  /** Equal patterns become one, with a record of each owner. */
  #gather(writer: RecordWriter): { readonly patterns: Patterns; readonly records: Uint16Array } {
    const all = new Int32Array(this.#ends.length + 1);
    all.set(this.#ends, 1);
    const { count, example, firstMember, members } = findDistinct({ classes: this.#classes, offsets: all });
    const classes = new Uint16Array(this.#length);
    const offsets = new Int32Array(count + 1);
    const labels = new Int32Array(count);
    const of = (pattern: number, what: number) => this.#added[pattern * added.width + what] ?? 0;
    const size = members.reduce((sum, pattern) => sum + writer.sizeOf(of(pattern, added.owner)), 0);
    const records = new Uint16Array(size);
    let length = 0;
    let behind = 0;
    for (let group = 0; group < count; group += 1) {
      const own = this.#classes.subarray(all[example[group] ?? 0], all[(example[group] ?? 0) + 1]);
      classes.set(own, length);
      length += own.length;
      offsets[group + 1] = length;
      labels[group] = behind;
      const last = (firstMember[group + 1] ?? 0) - 1;
      for (let index = firstMember[group] ?? 0; index <= last; index += 1) {
        const [at, pattern] = [behind, members[index] ?? 0];
        const [owner, firstRun] = [of(pattern, added.owner), of(pattern, added.firstRun)];
        behind = writer.write(records, at, owner, firstRun, of(pattern, added.lastRun));
        if (index < last) writer.chain(records, at);
      }
    }
    const patterns = { classes: classes.slice(0, length), offsets, labels, classCount: this.#classCount };
    return { patterns, records };
  }
}

/** How many of the last units are the same. */
function lastRun(units: readonly number[]): number {
  const last = units.length - 1;
  let run = 1;
  while (run <= last && units[last - run] === units[last]) run += 1;
  return run;
}
