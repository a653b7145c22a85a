import { type Generator, type Stratum, unitClass } from './stratum.ts';

/** A stratum with what its patterns stand for. */
export interface Layer {
  readonly generator: Generator;
  /** By pattern: `owners[first[p]]` up to `owners[first[p + 1]]`, positions in the list of variants (or components). */
  readonly first: Int32Array;
  readonly owners: Int32Array;
  /** By owner: how many of its units are in the pattern's first run; negative where that run is all of it. */
  readonly runs: Int32Array;
  readonly classOf: Uint16Array;
  readonly kind: LayerKind;
}

export interface LayerKind {
  /** Characters are read by their sound. */
  readonly bySound: boolean;
  /** Nothing visible is passed over, not even at a variant's beginning. */
  readonly literal: boolean;
}

export type Build = (stratum: Stratum) => Generator;

/** A text in classes, a class per unit, and how many units its first run has. */
interface Skeleton {
  readonly classes: string;
  readonly run: number;
}

function skeletonFrom(classes: readonly number[], collapse: boolean): Skeleton {
  let skeleton = '';
  let previous = 0;
  for (const own of classes) {
    if (collapse && own === previous) continue;
    previous = own;
    skeleton += String.fromCharCode(own);
  }
  const other = collapse ? classes.findIndex((own) => own !== classes[0]) : Math.min(1, classes.length);
  const run = other < 0 ? -classes.length : other;
  return { classes: skeleton, run };
}

/** Patterns of one stratum, each once, with all that look for them. */
class PatternList {
  readonly #ids = new Map<string, number>();
  readonly #owners: number[][] = [];
  readonly #runs: number[][] = [];
  readonly #texts: string[] = [];

  add({ classes, run }: Skeleton, owner: number): void {
    const known = this.#ids.get(classes);
    if (known === undefined) {
      this.#ids.set(classes, this.#texts.length);
      this.#texts.push(classes);
      this.#owners.push([owner]);
      this.#runs.push([run]);
    } else {
      this.#owners[known]?.push(owner);
      this.#runs[known]?.push(run);
    }
  }

  finish(
    classOf: Uint16Array,
    classCount: number,
    collapse: boolean,
    kind: LayerKind,
    build: Build,
  ): Layer | null {
    if (this.#texts.length === 0) return null;
    const offsets = new Int32Array(this.#texts.length + 1);
    this.#texts.forEach((text, index) => {
      offsets[index + 1] = (offsets[index] ?? 0) + text.length;
    });
    const classes = new Uint16Array(offsets.at(-1) ?? 0);
    let at = 0;
    for (const text of this.#texts) {
      for (let unit = 0; unit < text.length; unit += 1) classes[at + unit] = text.charCodeAt(unit);
      at += text.length;
    }
    const first = new Int32Array(this.#texts.length + 1);
    this.#owners.forEach((owners, index) => {
      first[index + 1] = (first[index] ?? 0) + owners.length;
    });
    return {
      generator: build({ classOf, patterns: { classes, offsets, classCount }, collapse }),
      first,
      owners: Int32Array.from(this.#owners.flat()),
      runs: Int32Array.from(this.#runs.flat()),
      classOf,
      kind,
    };
  }
}

/**
 * Collects what is looked for in one way of reading, and numbers its classes. What is one run of several units (的的) is not
 * collapsed: it would occur wherever its character does.
 */
export class LayerBuilder {
  readonly #collapse: boolean;
  readonly #kind: LayerKind;
  readonly #classOfUnit = new Uint16Array(0x10000);
  readonly #patterns = new PatternList();
  #classCount = 0;

  constructor(collapse: boolean, kind: LayerKind) {
    this.#collapse = collapse;
    this.#kind = kind;
  }

  /** Adds a pattern in units as the text's are read. Answers false, and adds nothing, where there are none. */
  add(units: readonly number[], owner: number): boolean {
    if (units.length === 0) return false;
    const classes = units.map((unit) => this.#classFor(unit));
    const skeleton = skeletonFrom(classes, this.#collapse);
    this.#patterns.add(this.#collapse && skeleton.run < -1 ? skeletonFrom(classes, false) : skeleton, owner);
    return true;
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
  finish(readAs: Int32Array, triggers: Uint16Array, build: Build): Layer[] {
    const classOf = new Uint16Array(0x10000);
    for (let unit = 0; unit < 0x10000; unit += 1) {
      const own = readAs[unit] ?? -2;
      if (own === -1) classOf[unit] = unitClass.skipped;
      else if (own >= 0) classOf[unit] = this.#classOfUnit[own] ?? 0;
    }
    for (const unit of triggers) classOf[unit] = (classOf[unit] ?? 0) | unitClass.trigger;
    const layer = this.#patterns.finish(classOf, this.#classCount, this.#collapse, this.#kind, build);
    return layer === null ? [] : [layer];
  }
}
