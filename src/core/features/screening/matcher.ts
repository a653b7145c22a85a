import { type Alphabet, createAlphabet, special } from './alphabet.ts';
import { type Automaton, buildAutomaton, cell, step } from './automaton.ts';
import { foldBits, foldNamesOf, foldOrder, foldTable, neededFolds } from './folds.ts';
import type { FoldName, Match, Matcher } from './model.ts';
import { createPairFilter, pairMultiplier } from './pair-filter.ts';

export interface CompileOptions {
  /** Which folds apply, to the terms and to the text alike; all of them unless said. */
  readonly folds?: readonly FoldName[];
}

/** Receives one match: the term's position in the list, offsets of the original, folds as bits (`foldNamesOf`). */
export type OnMatch = (term: number, start: number, end: number, folds: number) => void;

/** A matcher that also reads flat UTF-16, as workers hold it. */
export interface UnitMatcher extends Matcher {
  /** All matches within `units[from…to)`; offsets count from the array's beginning. What lies outside is not read. */
  scanUnits(units: Uint16Array, from: number, to: number, onMatch: OnMatch): void;
}

/** Longest text whose copy is kept for the next call, in units. */
const keptBuffer = 1 << 18;

/**
 * Compiles a list of terms. Terms that fold to nothing, or that hold a field separator, never match; equal terms each
 * give a match of their own.
 */
export function compileMatcher(
  terms: readonly { readonly text: string }[],
  options: CompileOptions = {},
): UnitMatcher {
  const bits = foldBits(options.folds ?? foldOrder);
  const table = foldTable(bits);
  const alphabet = createAlphabet(terms, bits, table);
  const scanUnits = createScanner(
    terms.map((term) => term.text),
    bits,
    alphabet,
    (codePoint) => table.several.has(codePoint),
    buildAutomaton(alphabet.patterns),
  );
  let buffer = new Uint16Array(1024);
  let matches: Match[] = [];
  const collect: OnMatch = (term, start, end, folds) => {
    matches.push({ term, start, end, folds: foldNamesOf(folds) });
  };
  return {
    size: terms.length,
    scan(text) {
      const { length } = text;
      let units = buffer;
      if (length > units.length) {
        units = new Uint16Array(Math.max(length, units.length * 2));
        if (units.length <= keptBuffer) buffer = units;
      }
      for (let at = 0; at < length; at += 1) units[at] = text.charCodeAt(at);
      const found: Match[] = [];
      matches = found;
      scanUnits(units, 0, length, collect);
      return found;
    },
    scanUnits,
  };
}

function createScanner(
  texts: readonly string[],
  bits: number,
  alphabet: Alphabet,
  folds: (astral: number) => boolean,
  automaton: Automaton,
): UnitMatcher['scanUnits'] {
  const { cells, lengths, shorter, firstTerm, terms } = automaton;
  const { classes, classOf, expansions, loud } = alphabet;
  const { bits: pairBits, shift } = createPairFilter(alphabet.patterns);
  const pair = new Uint16Array(2);
  const lone = new Uint16Array(1);

  /** What an astral code point reads as: undefined where it is in no term, empty where it is skipped. */
  function readPair(high: number, low: number): Uint16Array | undefined {
    const codePoint = (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000;
    const known = expansions.get(codePoint);
    if (known !== undefined || folds(codePoint)) return known;
    pair[0] = classes[high] ?? 0;
    pair[1] = classes[low] ?? 0;
    return pair[0] === 0 || pair[1] === 0 ? undefined : pair;
  }

  /** What the unit at `at` reads as where its class is special; `next` is 0 at the end of the text. */
  function readSpecial(unit: number, next: number): Uint16Array | undefined {
    const own = classOf[unit] ?? 0;
    if (own === special.skipped) return nothing;
    if (own === special.several) return expansions.get(unit);
    if (isTrailing(next)) return readPair(unit, next);
    lone[0] = classes[unit] ?? 0;
    return lone[0] === 0 ? undefined : lone;
  }

  /** Where the match begins that has `length` folded units up to `end`; -1 where that is inside a character. */
  function findStart(units: Uint16Array, from: number, end: number, length: number): number {
    let at = end;
    let missing = length;
    while (missing > 0 && at > from) {
      at -= 1;
      const unit = units[at] ?? 0;
      const before = at > from ? (units[at - 1] ?? 0) : 0;
      if (isTrailing(unit) && isLeading(before)) {
        at -= 1;
        missing -= readPair(before, unit)?.length ?? 2;
      } else {
        const own = classOf[unit] ?? 0;
        if (own === special.several) missing -= expansions.get(unit)?.length ?? 1;
        else if (own !== special.skipped) missing -= 1;
      }
    }
    return missing === 0 ? at : -1;
  }

  function foldsFor(units: Uint16Array, start: number, end: number, term: string): number {
    let same = term.length === end - start;
    for (let at = start; same && at < end; at += 1) same = units[at] === term.charCodeAt(at - start);
    if (same) return 0;
    let written = '';
    for (let at = start; at < end; at += 1) written += String.fromCharCode(units[at] ?? 0);
    return neededFolds(written, term, bits);
  }

  /** Reports every term that ends at `end`, the longest first. */
  function report(
    output: number,
    units: Uint16Array,
    from: number,
    end: number,
    irregular: number,
    onMatch: OnMatch,
  ): void {
    for (let terminal = output - 1; terminal >= 0; terminal = shorter[terminal] ?? -1) {
      const length = lengths[terminal] ?? 0;
      let start = end - length;
      if (start < irregular) {
        start = findStart(units, from, end, length);
        if (start < 0) continue;
      }
      const last = firstTerm[terminal + 1] ?? 0;
      for (let index = firstTerm[terminal] ?? 0; index < last; index += 1) {
        const term = terms[index] ?? 0;
        onMatch(term, start, end, foldsFor(units, start, end, texts[term] ?? ''));
      }
    }
  }

  return function scanUnits(units, from, to, onMatch) {
    let state = 0;
    // Behind the last character that is not one unit for one: only a match that begins before it has to be measured.
    let irregular = from;
    let at = from;
    while (at < to) {
      let own = classOf[units[at] ?? 0] ?? 0;

      // No term has been begun before this unit: pass over what no term begins with.
      if (state === 0) {
        while (own < loud && at + 1 < to) {
          const next = classOf[units[at + 1] ?? 0] ?? 0;
          const hash = (Math.imul(own, pairMultiplier) >>> shift) ^ next;
          if (next >= special.first || (((pairBits[hash >>> 5] ?? 0) >>> hash) & 1) === 1) break;
          own = next;
          at += 1;
        }
      }

      let end = at + 1;
      if (own < special.first) {
        if (own === 0) {
          state = 0;
          at = end;
          continue;
        }
        let next = (cells[state + cell.base] ?? 0) + own * cell.size;
        while (cells[next] !== state) {
          if (state === 0) {
            next = 0;
            break;
          }
          state = cells[state + cell.fail] ?? 0;
          next = (cells[state + cell.base] ?? 0) + own * cell.size;
        }
        state = next;
      } else {
        const following = end < to ? (units[end] ?? 0) : 0;
        const read = readSpecial(units[at] ?? 0, following);
        if (own === special.leading && isTrailing(following)) end += 1;
        irregular = end;
        if (read !== undefined && read.length === 0) {
          // A match ends with the character that completes it, not with what is skipped behind it.
          at = end;
          continue;
        }
        if (read === undefined) state = 0;
        else for (const each of read) state = step(cells, state, each);
      }
      at = end;
      const output = cells[state + cell.output] ?? 0;
      if (output !== 0) report(output, units, from, end, irregular, onMatch);

      // Only the last character still counts: whether a term begins there, the pair filter says faster.
      if (end < to && state !== 0 && cells[state] === 0 && irregular < end) {
        const next = classOf[units[end] ?? 0] ?? 0;
        const last = classOf[units[end - 1] ?? 0] ?? 0;
        const hash = (Math.imul(last, pairMultiplier) >>> shift) ^ next;
        if (next < special.first && (((pairBits[hash >>> 5] ?? 0) >>> hash) & 1) === 0) state = 0;
      }
    }
  };
}

const nothing = new Uint16Array(0);

function isLeading(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

function isTrailing(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}
