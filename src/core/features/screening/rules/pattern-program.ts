import type { RE2JS } from 're2js';

// Finds each match of a compiled pattern in one pass over the text (Pike's machine over RE2's instructions), whatever its
// length, and counts its own steps. RE2JS finds the same, but neither says how far it read nor can be stopped.

/** RE2's instructions, as RE2JS numbers them. */
const operation = {
  alternative: 1,
  alternativeMatch: 2,
  capture: 3,
  emptyWidth: 4,
  match: 6,
  nothing: 7,
  rune: 8,
  oneRune: 9,
  anyRune: 10,
  anyButNewline: 11,
} as const;

const emptyWidth = {
  beginLine: 1,
  endLine: 2,
  beginText: 4,
  endText: 8,
  wordBoundary: 16,
  noWordBoundary: 32,
} as const;
const newline = 10;
/** From so many units on it pays to keep a table, 64 KiB, of what a match may begin with. */
const worthTable = 4_096;
/** Where a text ends. */
const nothing = -1;

interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  readonly runes: ArrayLike<number>;
  matchRune(rune: number): boolean;
}

interface Program {
  readonly inst: readonly Instruction[];
  readonly start: number;
  startCond(): number;
}

/** Steps that may still be taken. */
export interface Budget {
  left: number;
}

export interface Match {
  readonly start: number;
  readonly end: number;
}

export interface PatternProgram {
  /** Instructions that each unit may cost. */
  readonly size: number;
  /**
   * The leftmost match in `text[from…to)` that begins at `at` or behind it, null for none, undefined where the budget was
   * spent before that was known. What stands outside of the stretch is not seen.
   */
  find(
    text: string,
    stretch: readonly [from: number, to: number],
    at: number,
    budget: Budget,
  ): Match | null | undefined;
}

/** Threads of the machine, those first that would win. */
interface Threads {
  size: number;
  readonly places: Int32Array;
  readonly starts: Int32Array;
  /** By instruction: the round in which it was last taken up. */
  readonly seen: Int32Array;
  round: number;
}

/** The program of a compiled pattern, to be run step by step. From one thread, one text at a time. */
export function createPatternProgram(compiled: RE2JS): PatternProgram {
  const program: Program = compiled.re2().prog;
  const { inst } = program;
  const size = inst.length;
  const anchored = (program.startCond() & emptyWidth.beginText) !== 0;
  const stack = new Int32Array(size + 1);
  /** By unit: 1 where no match begins with it, 2 where one may. */
  let beginnings: Uint8Array | null = null;
  const threads = (): Threads => ({
    size: 0,
    places: new Int32Array(size),
    starts: new Int32Array(size),
    seen: new Int32Array(size),
    round: 0,
  });
  let current = threads();
  let next = threads();

  function clear(list: Threads): void {
    list.size = 0;
    list.round += 1;
    if (list.round === 0x7fffffff) {
      list.seen.fill(0);
      list.round = 1;
    }
  }

  /** Takes up all that an instruction leads to without reading; says how many instructions that were. */
  function add(list: Threads, place: number, start: number, holds: number): number {
    const { seen, round } = list;
    let open = 0;
    let steps = 0;
    stack[open++] = place;
    while (open > 0) {
      let at = stack[--open] ?? 0;
      while (at !== 0 && seen[at] !== round) {
        seen[at] = round;
        steps += 1;
        const own = inst[at];
        if (own === undefined) break;
        const { op } = own;
        if (op === operation.alternative || op === operation.alternativeMatch) {
          stack[open++] = own.arg;
          at = own.out;
        } else if (op === operation.capture || op === operation.nothing) at = own.out;
        else if (op === operation.emptyWidth) at = (own.arg & ~holds) === 0 ? own.out : 0;
        else {
          if (op >= operation.match) {
            list.places[list.size] = at;
            list.starts[list.size] = start;
            list.size += 1;
          }
          break;
        }
      }
    }
    return steps;
  }

  function mayBeginWith(unit: number): boolean {
    beginnings ??= new Uint8Array(0x10000);
    let known = beginnings[unit] ?? 0;
    if (known === 0) {
      clear(next);
      add(next, program.start, 0, -1);
      // Of what is written in two units the first one says little.
      let may = unit >= 0xd800 && unit <= 0xdfff;
      for (let index = 0; index < next.size && !may; index += 1) {
        const own = inst[next.places[index] ?? 0];
        may = own !== undefined && (own.op === operation.match || takes(own, unit));
      }
      known = may ? 2 : 1;
      beginnings[unit] = known;
    }
    return known === 2;
  }

  return {
    size,
    find(text, [from, to], at, budget) {
      let place = at;
      let matched: Match | null = null;
      let { left } = budget;
      const skips = to - from >= worthTable;
      clear(current);
      for (;;) {
        if (current.size === 0) {
          if (matched !== null || (anchored && place > from)) break;
          const first = place;
          while (skips && place < to && !mayBeginWith(text.charCodeAt(place))) place += 1;
          left -= place - first;
          // What was taken up at the place before, and failed there, may hold here.
          if (place > first) clear(current);
        }
        if (matched === null) left -= add(current, program.start, place, holdsAt(text, from, to, place));
        if (left < 0) {
          budget.left = left;
          return undefined;
        }
        const rune = place < to ? runeAt(text, place, to) : nothing;
        const behind = rune === nothing ? place : place + (rune > 0xffff ? 2 : 1);
        const holds = holdsAt(text, from, to, behind);
        clear(next);
        left -= current.size;
        for (let index = 0; index < current.size; index += 1) {
          const own = inst[current.places[index] ?? 0];
          if (own === undefined) continue;
          const start = current.starts[index] ?? 0;
          if (own.op === operation.match) {
            // Those behind it would have lost against it.
            matched = { start, end: place };
            break;
          }
          if (rune !== nothing && takes(own, rune)) left -= add(next, own.out, start, holds);
        }
        [current, next] = [next, current];
        if (rune === nothing) break;
        place = behind;
      }
      budget.left = left;
      return matched;
    },
  };
}

function takes(own: Instruction, rune: number): boolean {
  switch (own.op) {
    case operation.rune:
      return own.matchRune(rune);
    case operation.oneRune:
      return own.runes[0] === rune;
    case operation.anyRune:
      return true;
    case operation.anyButNewline:
      return rune !== newline;
    default:
      return false;
  }
}

/** As RE2 reads: an unpaired surrogate is a character. */
function runeAt(text: string, place: number, to: number): number {
  const unit = text.charCodeAt(place);
  return unit >= 0xd800 && unit <= 0xdbff && place + 1 < to ? (text.codePointAt(place) ?? unit) : unit;
}

/** What holds between two units: RE2's conditions of no width, as bits. */
function holdsAt(text: string, from: number, to: number, place: number): number {
  const before = place > from ? text.charCodeAt(place - 1) : nothing;
  const behind = place < to ? text.charCodeAt(place) : nothing;
  let holds = isWord(before) === isWord(behind) ? emptyWidth.noWordBoundary : emptyWidth.wordBoundary;
  if (before === nothing) holds |= emptyWidth.beginText | emptyWidth.beginLine;
  else if (before === newline) holds |= emptyWidth.beginLine;
  if (behind === nothing) holds |= emptyWidth.endText | emptyWidth.endLine;
  else if (behind === newline) holds |= emptyWidth.endLine;
  return holds;
}

function isWord(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x30 && unit <= 0x39) ||
    unit === 0x5f
  );
}
