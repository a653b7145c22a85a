import { fieldSeparator } from './folds.ts';

/**
 * A stretch of text to match in: units `from` up to `to`. Where the text was rewritten, the maps say for each unit which
 * stretch of the original it stands for and which folds the rewriting was.
 */
export interface View {
  readonly units: Uint16Array;
  readonly from: number;
  readonly to: number;
  readonly map: ViewMap | null;
}

/** What each unit of a rewritten view stands for. */
export interface ViewMap {
  /** By unit: offsets in the original, end exclusive. Units of one rewritten stretch all have the whole stretch. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** By unit: the folds, as bits. */
  readonly via: Uint16Array;
}

/** A part of a view. */
export function within({ units, map }: View, from: number, to: number): View {
  return { units, from, to, map };
}

/** Where in the original the stretch begins that a unit stands for. */
export function startOf({ map }: View, at: number): number {
  return map === null ? at : (map.start[at] ?? at);
}

/** Where in the original it ends, exclusive. */
export function endOf({ map }: View, at: number): number {
  return map === null ? at + 1 : (map.end[at] ?? at + 1);
}

/** The folds, as bits, that a unit was rewritten by; 0 for what was not. */
export function viaOf({ map }: View, at: number): number {
  return map === null ? 0 : (map.via[at] ?? 0);
}

/** A stretch of a view, and what is to stand in its place. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly via: number;
}

/** From one field separator to the next: `from` up to `to`. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
}

/** Units that a `Rewriting` keeps room for. */
const mostKept = 1 << 14;

/**
 * Fields with stretches of them replaced, written one behind the other into one view: to read many short ones costs far
 * more than to read them at once.
 */
export class Rewriting {
  #units = new Uint16Array(256);
  #start = new Int32Array(256);
  #end = new Int32Array(256);
  #via = new Uint16Array(256);
  #length = 0;
  #fields: Bounds[] = [];

  /** Forgets the fields, and views of them; room for few of them is kept: to make it anew costs more than to fill it. */
  reset(): void {
    this.#fields = [];
    this.#length = 0;
    if (this.#units.length > mostKept) this.#setRoom(mostKept);
  }

  get isEmpty(): boolean {
    return this.#fields.length === 0;
  }

  /** Where the fields lie in the view, in order. */
  get fields(): readonly Bounds[] {
    return this.#fields;
  }

  /** Of what was added so far. */
  get view(): View {
    const map = { start: this.#start, end: this.#end, via: this.#via };
    return { units: this.#units, from: 0, to: this.#length, map };
  }

  /** Adds a field, the whole of the view; the replacements are in order and do not overlap. */
  add(view: View, replacements: readonly Replacement[]): void {
    let grown = 0;
    for (const { from, to, text } of replacements) grown += text.length - (to - from);
    this.#makeRoom(view.to - view.from + grown + 1);
    // Stands for nothing in the original.
    if (this.#length > 0) this.#put(fieldSeparator, -1, -1, 0);
    const from = this.#length;
    let done = view.from;
    for (const replacement of replacements) {
      this.#copy(view, done, replacement.from);
      this.#replace(view, replacement);
      done = replacement.to;
    }
    this.#copy(view, done, view.to);
    this.#fields.push({ from, to: this.#length });
  }

  #copy(view: View, from: number, to: number): void {
    const [units, start, end, via] = [this.#units, this.#start, this.#end, this.#via];
    const { map } = view;
    let place = this.#length;
    for (let at = from; at < to; at += 1) {
      units[place] = view.units[at] ?? 0;
      start[place] = map === null ? at : (map.start[at] ?? at);
      end[place] = map === null ? at + 1 : (map.end[at] ?? at + 1);
      via[place] = map === null ? 0 : (map.via[at] ?? 0);
      place += 1;
    }
    this.#length = place;
  }

  #replace(view: View, { from, to, text, via }: Replacement): void {
    let whole = via;
    for (let at = from; at < to; at += 1) whole |= viaOf(view, at);
    for (let at = 0; at < text.length; at += 1)
      this.#put(text.charCodeAt(at), startOf(view, from), endOf(view, to - 1), whole);
  }

  #put(unit: number, start: number, end: number, via: number): void {
    const at = this.#length;
    this.#units[at] = unit;
    this.#start[at] = start;
    this.#end[at] = end;
    this.#via[at] = via;
    this.#length = at + 1;
  }

  #makeRoom(more: number): void {
    const wanted = this.#length + more;
    if (wanted <= this.#units.length) return;
    this.#setRoom(Math.max(wanted, this.#units.length * 2));
  }

  #setRoom(size: number): void {
    const kept = Math.min(this.#length, size);
    this.#units = copied(this.#units.subarray(0, kept), new Uint16Array(size));
    this.#start = copied(this.#start.subarray(0, kept), new Int32Array(size));
    this.#end = copied(this.#end.subarray(0, kept), new Int32Array(size));
    this.#via = copied(this.#via.subarray(0, kept), new Uint16Array(size));
  }
}

function copied<T extends Uint16Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
