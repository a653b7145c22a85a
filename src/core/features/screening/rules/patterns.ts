import { RE2JS, RE2JSException } from 're2js';

import { fieldSeparator } from '../folds.ts';
import { type PatternNeeds, needsOfPattern } from './pattern-needs.ts';
import { type Budget, type PatternProgram, createPatternProgram } from './pattern-program.ts';
import type { Reading } from './reading.ts';

// RE2 decides in linear time whether a pattern matches, and finds one match in linear time; but looking for all matches may
// read to the end for each one (as a.*c|a does in a text of a): so all patterns of a text share a budget.

/** Largest program: counted repetition makes short patterns large, and each unit read costs as much as the program is. */
export const largestProgram = 2_000;
/** Work that all patterns may do on one text, in instructions of their programs: some 0.5 s. */
export const patternWork = 50_000_000;
/** Deciding alone is that many times faster than saying where. */
const testFactor = 8;

export interface CompiledPattern {
  /** What a text must have for any match. */
  readonly needs: PatternNeeds;
  /** Calls back with each match that is not empty; false when the budget was spent before the end. */
  find(reading: Reading, budget: Budget, onMatch: (start: number, end: number) => void): boolean;
}

/** Why a pattern is refused: a key below `lexicons.ruleProblem.reason.` and the piece at fault, empty for all of it. */
export interface PatternFault {
  readonly reason:
    | 'look-around'
    | 'back-reference'
    | 'missing-bracket'
    | 'repeats-nothing'
    | 'too-many-repeats'
    | 'bad-range'
    | 'bad-escape'
    | 'same-group-name'
    | 'pattern-syntax'
    | 'pattern-too-large'
    | 'matches-nothing';
  readonly piece: string;
}

/** Null where the pattern can be published. */
export function checkPattern(pattern: string): PatternFault | null {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return faultOf(pattern, error.message);
  }
  if (compiled.programSize() > largestProgram) return { reason: 'pattern-too-large', piece: '' };
  // Each way to match nothing shows in one of these: the empty text, a word's edges, a line's, between any two characters.
  for (const probe of ['', 'a', '0 a', '保', 'a\n保\n']) {
    const matcher = compiled.matcher(probe);
    while (matcher.find())
      if (matcher.start() === matcher.end()) return { reason: 'matches-nothing', piece: '' };
  }
  return null;
}

/** In words: RE2 names what it doesn't know, people know what they wrote. */
function faultOf(pattern: string, message: string): PatternFault {
  const piece = /: `(.*)`$/s.exec(message)?.[1] ?? '';
  const is = (text: string) => message.includes(text);
  if (/\(\?<?[=!]/.test(pattern) && (is('Perl syntax') || is('named capture')))
    return { reason: 'look-around', piece };
  if (is('invalid escape'))
    return { reason: /^\\(?:[1-9]|k|g)/.test(piece) ? 'back-reference' : 'bad-escape', piece };
  if (is('trailing backslash')) return { reason: 'bad-escape', piece: '\\' };
  if (is('missing closing') || is('unexpected )')) return { reason: 'missing-bracket', piece };
  if (is('missing argument') || is('nested repetition')) return { reason: 'repeats-nothing', piece };
  if (is('repeat count') || is('repeat size')) return { reason: 'too-many-repeats', piece };
  if (is('character class')) return { reason: 'bad-range', piece };
  if (is('duplicate')) return { reason: 'same-group-name', piece };
  if (is('too large') || is('too deep')) return { reason: 'pattern-too-large', piece };
  return { reason: 'pattern-syntax', piece };
}

/** Null for a pattern that `checkPattern` refuses: it never matches. */
export function compilePattern(pattern: string, ignoreCase: boolean): CompiledPattern | null {
  const fault = checkPattern(pattern);
  if (fault !== null && fault.reason !== 'matches-nothing') return null;
  const compiled = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  const program = createPatternProgram(compiled);
  return {
    needs: needsOfPattern(pattern),
    find(reading, budget, onMatch) {
      for (const [from, to] of fieldsOf(reading.text)) {
        if (!findInField(compiled, program, reading.text, [from, to], budget, onMatch)) return false;
      }
      return true;
    },
  };
}

function* fieldsOf(text: string): Generator<readonly [from: number, to: number]> {
  const separator = String.fromCharCode(fieldSeparator);
  let from = 0;
  for (let to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
    yield [from, to];
    from = to + 1;
  }
  yield [from, text.length];
}

function findInField(
  compiled: RE2JS,
  program: PatternProgram,
  text: string,
  field: readonly [from: number, to: number],
  budget: Budget,
  onMatch: (start: number, end: number) => void,
): boolean {
  const [from, to] = field;
  const testWork = (program.size * (to - from)) / testFactor;
  // Where too little is left to decide about all of the field, its first part may still have matches.
  if (testWork <= budget.left) {
    budget.left -= testWork;
    if (!compiled.test(text.slice(from, to))) return true;
  }
  for (let at = from; at < to;) {
    const found = program.find(text, field, at, budget);
    if (found === undefined) return false;
    if (found === null) return true;
    if (found.end > found.start) onMatch(found.start, found.end);
    // A match of nothing is none: on from the next character.
    at =
      found.end > found.start ? found.end : found.end + ((text.codePointAt(found.end) ?? 0) > 0xffff ? 2 : 1);
  }
  return true;
}
