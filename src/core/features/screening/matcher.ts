import { type Automaton, buildAutomaton, cell, step } from './automaton.ts';
import {
  type FoldTable,
  fieldSeparator,
  foldBits,
  foldByBits,
  foldNamesOf,
  foldOrder,
  foldTable,
  neededFolds,
  unitKind,
} from './folds.ts';
import type { FoldName, Match, Matcher } from './model.ts';

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

// Values of the class table that are not classes of the automaton.
const skipped = 0xffff;
const several = 0xfffe;
const leading = 0xfffd;
const firstSpecial = leading;

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
  const { patterns, classes, classCount } = classify(terms, bits);
  const texts = terms.map((term) => term.text);
  const scanner = createScanner(texts, bits, table, classes, buildAutomaton(patterns, classCount));
  let buffer = new Uint16Array(1024);
  return {
    size: terms.length,
    scan(text) {
      let units = buffer;
      if (text.length > units.length) {
        units = new Uint16Array(Math.max(text.length, units.length * 2));
        if (units.length <= keptBuffer) buffer = units;
      }
      for (let at = 0; at < text.length; at += 1) units[at] = text.charCodeAt(at);
      const matches: Match[] = [];
      scanner(units, 0, text.length, (term, start, end, folds) => {
        matches.push({ term, start, end, folds: foldNamesOf(folds) });
      });
      return matches;
    },
    scanUnits: scanner,
  };
}

/** Numbers the units that occur in folded terms, the commonest first (that packs the double array), from 1. */
function classify(terms: readonly { readonly text: string }[], bits: number) {
  const counts = new Int32Array(0x10000);
  const folded = terms.map((term) => {
    const text = foldByBits(term.text, bits);
    // A field never holds its separator, so such a term could only ever match across fields.
    if (text.includes(String.fromCharCode(fieldSeparator))) return '';
    for (let at = 0; at < text.length; at += 1)
      counts[text.charCodeAt(at)] = (counts[text.charCodeAt(at)] ?? 0) + 1;
    return text;
  });
  const used: number[] = [];
  counts.forEach((count, unit) => {
    if (count > 0) used.push(unit);
  });
  used.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  // Only without any fold can so many units differ; the rarest of 65,533 are then left out, and terms with them.
  if (used.length >= firstSpecial) used.length = firstSpecial - 1;
  const classes = new Uint16Array(0x10000);
  used.forEach((unit, position) => {
    classes[unit] = position + 1;
  });
  const patterns = folded.map((text) => {
    let pattern = '';
    for (let at = 0; at < text.length; at += 1)
      pattern += String.fromCharCode(classes[text.charCodeAt(at)] ?? 0);
    return pattern;
  });
  return { patterns, classes, classCount: used.length };
}

/** Classes of everything that folds to several units (or of an astral code point that folds to anything). */
function classesOfSeveral(table: FoldTable, classes: Uint16Array): Map<number, Uint16Array> {
  const result = new Map<number, Uint16Array>();
  for (const [codePoint, text] of table.several) {
    const own = new Uint16Array(text.length);
    let known = true;
    for (let at = 0; at < text.length; at += 1) {
      own[at] = classes[text.charCodeAt(at)] ?? 0;
      if (own[at] === 0) known = false;
    }
    if (known) result.set(codePoint, own);
  }
  return result;
}

function createScanner(
  texts: readonly string[],
  bits: number,
  table: FoldTable,
  classes: Uint16Array,
  automaton: Automaton,
): UnitMatcher['scanUnits'] {
  const { cells, lengths, shorter, firstTerm, terms } = automaton;
  const expansions = classesOfSeveral(table, classes);
  const classOf = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) {
    switch (table.kind[unit] ?? unitKind.plain) {
      case unitKind.plain:
        classOf[unit] = classes[table.single[unit] ?? unit] ?? 0;
        break;
      case unitKind.skipped:
        classOf[unit] = skipped;
        break;
      case unitKind.several:
        // With a unit that no term has, it can be part of no match.
        classOf[unit] = expansions.has(unit) ? several : 0;
        break;
      default:
        classOf[unit] = leading;
        break;
    }
  }
  classOf[fieldSeparator] = 0;

  /** What an astral code point reads as: undefined where it is in no term, empty where it is skipped. */
  function expansionOfPair(high: number, low: number): Uint16Array | undefined {
    const codePoint = (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000;
    const known = expansions.get(codePoint);
    if (known !== undefined || table.several.has(codePoint)) return known;
    const first = classes[high] ?? 0;
    const second = classes[low] ?? 0;
    if (first === 0 || second === 0) return undefined;
    pair[0] = first;
    pair[1] = second;
    return pair;
  }
  const pair = new Uint16Array(2);

  function readAll(from: number, read: Uint16Array): number {
    let state = from;
    for (const own of read) state = step(cells, state, own);
    return state;
  }

  /** Where the match begins that has `length` folded units up to `end`; -1 where that is inside a character. */
  function findStart(units: Uint16Array, from: number, end: number, length: number): number {
    let at = end;
    let missing = length;
    while (missing > 0 && at > from) {
      at -= 1;
      const unit = units[at] ?? 0;
      const before = at > from ? (units[at - 1] ?? 0) : 0;
      if ((unit & 0xfc00) === 0xdc00 && (before & 0xfc00) === 0xd800) {
        at -= 1;
        missing -= expansionOfPair(before, unit)?.length ?? 2;
      } else {
        const own = classOf[unit] ?? 0;
        if (own === several) missing -= expansions.get(unit)?.length ?? 1;
        else if (own !== skipped) missing -= 1;
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

  return function scanUnits(units, from, to, onMatch) {
    let state = 0;
    // Behind the last character that is not one unit for one: only a match that begins before it has to be measured.
    let irregular = from;
    for (let at = from; at < to; at += 1) {
      const own = classOf[units[at] ?? 0] ?? 0;
      if (own < firstSpecial) {
        if (own === 0) {
          state = 0;
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
        let read: Uint16Array | undefined;
        if (own === skipped) read = nothing;
        else if (own === several) read = expansions.get(units[at] ?? 0);
        else {
          const high = units[at] ?? 0;
          const low = at + 1 < to ? (units[at + 1] ?? 0) : 0;
          if ((low & 0xfc00) === 0xdc00) {
            at += 1;
            read = expansionOfPair(high, low);
          } else {
            lone[0] = classes[high] ?? 0;
            read = lone[0] === 0 ? undefined : lone;
          }
        }
        irregular = at + 1;
        if (read === undefined) {
          state = 0;
          continue;
        }
        // A skipped character ends no match: the one that ended before it has been reported.
        if (read.length === 0) continue;
        state = readAll(state, read);
      }
      const output = cells[state + cell.output] ?? 0;
      if (output === 0) continue;
      for (let terminal = output - 1; terminal >= 0; terminal = shorter[terminal] ?? -1) {
        const length = lengths[terminal] ?? 0;
        let start = at + 1 - length;
        if (start < irregular) {
          start = findStart(units, from, at + 1, length);
          if (start < 0) continue;
        }
        const last = firstTerm[terminal + 1] ?? 0;
        for (let index = firstTerm[terminal] ?? 0; index < last; index += 1) {
          const term = terms[index] ?? 0;
          onMatch(term, start, at + 1, foldsFor(units, start, at + 1, texts[term] ?? ''));
        }
      }
    }
  };
}

const nothing = new Uint16Array(0);
const lone = new Uint16Array(1);
