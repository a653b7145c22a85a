import { findDistinct } from './distinct.ts';
import { type RecordWriter, mark } from './records.ts';
import {
  type Finer,
  type Generator,
  type Patterns,
  type Stratum,
  type Triggers,
  unitClass,
} from './stratum.ts';

/** A stratum with what its patterns stand for. */
export interface Layer {
  readonly stratum: Stratum;
  /** What the patterns stand for: a pattern's label is the place of its first owner's record. */
  readonly records: Uint16Array;
  readonly kind: LayerKind;
  readonly singles: Singles | null;
}

/**
 * The variants of a single character in a layer by sound: they only say something by the letter, so that they are found where
 * their units are, which are triggers.
 */
export interface Singles {
  /** By unit: one more than the place of the first one's record, or 0. */
  readonly labels: Int32Array;
  /** By unit: 1 where it is a trigger for what it is, too. */
  readonly asks: Uint8Array;
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

/** By the letter, with fillers passed over: as most is read. */
export const written: LayerKind = { bySound: false, literal: false };

/** What a pattern by sound is by the letter. */
export interface ByLetter {
  /** Its units by the letter, as many as by sound. */
  readonly letters: readonly number[];
  /** By unit: whether nothing may stand for it but that letter. */
  readonly fixed: readonly boolean[];
  /** Neighbours may be taken for each other by sound. */
  readonly isAlike: boolean;
  /** Nothing of it is found by sound. */
  readonly only: boolean;
}

/** Of each pattern that was added: its owner, how many of the owner's units are in its first run (-1: it is one unit), its marks. */
const added = { owner: 0, firstRun: 1, marks: 2, width: 3 } as const;

/**
 * Collects what is looked for in one way of reading, and numbers its classes. What is one run of several units (的的) is not
 * collapsed: it would occur wherever its character does. Nothing is made for a pattern but numbers in arrays: a lexicon has
 * hundreds of thousands.
 */
export class LayerBuilder {
  readonly #collapse: boolean;
  readonly #kind: LayerKind;
  readonly #canonical: Int32Array | null;
  readonly #classOfUnit = new Uint16Array(0x10000);
  #classCount = 0;
  #classes = new Uint16Array(1 << 12);
  #length = 0;
  readonly #ends: number[] = [];
  readonly #added: number[] = [];
  /** By class: the letter that its pattern asks for there, or 0. */
  #asked = new Uint16Array(1 << 12);
  /** By letter: owners of variants that are this and nothing else. */
  readonly #singles = new Map<number, number[]>();

  /** @param canonical how each unit is read by the letter, where what is read by sound is to be found by that, too */
  constructor(collapse: boolean, kind: LayerKind, canonical: Int32Array | null = null) {
    this.#collapse = collapse;
    this.#kind = kind;
    this.#canonical = canonical;
  }

  get isEmpty(): boolean {
    return this.#ends.length === 0 && this.#singles.size === 0;
  }

  /** Adds what is found wherever this letter stands. */
  addSingle(letter: number, owner: number): void {
    const owners = this.#singles.get(letter);
    if (owners === undefined) this.#singles.set(letter, [owner]);
    else owners.push(owner);
  }

  /** Adds a pattern in units as the text's are read. Answers false, and adds nothing, where there are none. */
  add(units: readonly number[], owner: number, byLetter: ByLetter | null = null): boolean {
    const count = units.length;
    if (count === 0) return false;
    this.#makeRoom(count);
    const first = this.#classFor(units[0] ?? 0);
    let run = 1;
    while (run < count && units[run] === units[0]) run += 1;
    const isWhole = run === count;
    const collapses = this.#collapse && !isWhole;
    let isAlike = byLetter?.isAlike ?? false;
    let previous = -1;
    for (let index = 0; index < count; index += 1) {
      const unit = units[index] ?? 0;
      const letter = byLetter?.letters[index] ?? 0;
      const isAgain = this.#collapse && unit === previous;
      const isMixed = byLetter !== null && isAgain && letter !== byLetter.letters[index - 1];
      isAlike ||= isMixed;
      if (collapses && isAgain) {
        // Which of a run's letters is at hand isn't known.
        if (isMixed || byLetter?.fixed[index] === false) this.#asked[this.#length - 1] = 0;
        continue;
      }
      previous = unit;
      this.#classes[this.#length] = unit === units[0] ? first : this.#classFor(unit);
      this.#asked[this.#length] = (!isWhole || count === 2) && byLetter?.fixed[index] === true ? letter : 0;
      this.#length += 1;
      // Once more, which says that it has to stand twice.
      if (collapses && index === 0 && run > 1) this.#addAgain();
    }
    const marks = (byLetter?.only === true ? mark.byLetter : 0) | (isAlike ? mark.alike : 0);
    // A run of several is found to the unit.
    if (isWhole) this.#added.push(owner, this.#collapse && count === 1 ? -1 : 1, marks);
    else {
      this.#added.push(owner, this.#collapse ? run : 1, marks);
      if (this.#collapse && units[count - 1] === units[count - 2]) this.#addAgain();
    }
    this.#ends.push(this.#length);
    return true;
  }

  /** Adds the last class once more: of two, which one a letter is asked of isn't known. */
  #addAgain(): void {
    this.#classes[this.#length] = this.#classes[this.#length - 1] ?? 0;
    this.#asked[this.#length - 1] = 0;
    this.#asked[this.#length] = 0;
    this.#length += 1;
  }

  #makeRoom(count: number): void {
    if (this.#length + count < this.#classes.length) return;
    const room = Math.max(this.#classes.length * 2, this.#length + count + 1);
    this.#classes = grown(this.#classes, room);
    this.#asked = grown(this.#asked, room);
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
    const { patterns, finer, records, ofLetters } = this.#gather(writer);
    const flag = (unit: number) => {
      classOf[unit] = (classOf[unit] ?? 0) | unitClass.trigger;
    };
    triggers.forEach(flag);
    const labels = labelUnits(ofLetters, finer);
    labels?.forEach((label, unit) => {
      if (label > 0) flag(unit);
    });
    const stratum: Stratum = {
      classOf,
      // Of each of those it counts where it is.
      joined: labels === null ? joined : joined.filter((unit) => labels[unit] === 0),
      patterns,
      finer,
      collapse: this.#collapse,
    };
    const singles = labels === null ? null : { labels, asks: marked(triggers) };
    return [{ stratum, records, kind: this.#kind, singles }];
  }

  /** Equal patterns become one, with a record of each owner. */
  #gather(writer: RecordWriter): {
    readonly patterns: Patterns;
    readonly finer: Finer | null;
    readonly records: Uint16Array;
    /** By letter that is a variant by itself: one more than the place of the first one's record. */
    readonly ofLetters: ReadonlyMap<number, number>;
  } {
    const all = new Int32Array(this.#ends.length + 1);
    all.set(this.#ends, 1);
    const { count, example, firstMember, members } = findDistinct(all, this.#classes, this.#asked);
    const classes = new Uint16Array(this.#length);
    const asked = new Uint16Array(this.#length);
    const offsets = new Int32Array(count + 1);
    const labels = new Int32Array(count);
    const of = (pattern: number, what: number) => this.#added[pattern * added.width + what] ?? 0;
    const alone = [...this.#singles.values()].flat();
    const size = [...alone, ...Array.from(members, (pattern) => of(pattern, added.owner))].reduce(
      (sum, owner) => sum + writer.sizeOf(owner),
      0,
    );
    const records = new Uint16Array(size);
    let length = 0;
    for (let group = 0; group < count; group += 1) {
      const one = example[group] ?? 0;
      const own = this.#classes.subarray(all[one], all[one + 1]);
      classes.set(own, length);
      asked.set(this.#asked.subarray(all[one], all[one + 1]), length);
      length += own.length;
      offsets[group + 1] = length;
    }
    let behind = 0;
    const writeRecords = (group: number) => {
      labels[group] = behind;
      const last = (firstMember[group + 1] ?? 0) - 1;
      for (let index = firstMember[group] ?? 0; index <= last; index += 1) {
        const [at, pattern] = [behind, members[index] ?? 0];
        const [owner, firstRun] = [of(pattern, added.owner), of(pattern, added.firstRun)];
        behind = writer.write(records, at, owner, firstRun, of(pattern, added.marks));
        if (index < last) writer.chain(records, at);
      }
    };
    // First what terms are found by most, so that it lies together: their own texts.
    const isOwn = (group: number) => writer.isOwn(of(members[firstMember[group] ?? 0] ?? 0, added.owner));
    for (let group = 0; group < count; group += 1) if (isOwn(group)) writeRecords(group);
    for (let group = 0; group < count; group += 1) if (!isOwn(group)) writeRecords(group);
    const ofLetters = new Map<number, number>();
    for (const [letter, owners] of this.#singles) {
      ofLetters.set(letter, behind + 1);
      owners.forEach((owner, index) => {
        const at = behind;
        behind = writer.write(records, at, owner, 1, mark.byLetter);
        if (index < owners.length - 1) writer.chain(records, at);
      });
    }
    const letters = this.#canonical === null ? null : lettersOf(this.#canonical);
    const patterns = { classes: classes.slice(0, length), offsets, labels, classCount: this.#classCount };
    const finer = letters === null ? null : { classOf: letters, asked: asked.slice(0, length) };
    return { patterns, finer, records, ofLetters };
  }
}

/** `Singles.labels`; null where there are none. */
function labelUnits(ofLetters: ReadonlyMap<number, number>, finer: Finer | null): Int32Array | null {
  if (finer === null || ofLetters.size === 0) return null;
  const isSingle = marked(Uint16Array.from(ofLetters.keys()));
  const labels = new Int32Array(0x10000);
  finer.classOf.forEach((letter, unit) => {
    if (isSingle[letter] === 1) labels[unit] = ofLetters.get(letter) ?? 0;
  });
  return labels;
}

function grown(from: Uint16Array, room: number): Uint16Array<ArrayBuffer> {
  const to = new Uint16Array(room);
  to.set(from);
  return to;
}

function marked(units: Uint16Array): Uint8Array {
  const marks = new Uint8Array(0x10000);
  for (const unit of units) marks[unit] = 1;
  return marks;
}

const letterTables = new WeakMap<Int32Array, Uint16Array>();

/** By unit: the letter that it is, 0 for what is passed over or in no pattern. Kept for each table of those. */
function lettersOf(canonical: Int32Array): Uint16Array {
  let letters = letterTables.get(canonical);
  if (letters === undefined) {
    letters = new Uint16Array(canonical.length);
    for (let unit = 0; unit < letters.length; unit += 1) letters[unit] = Math.max(0, canonical[unit] ?? 0);
    letterTables.set(canonical, letters);
  }
  return letters;
}
