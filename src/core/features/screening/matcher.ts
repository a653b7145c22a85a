import { confidenceOf, fieldSeparator, foldNamesOf } from './folds.ts';
import { MatchList } from './match-list.ts';
import { type Match, type MatchStep, type Matcher, type TermSpec, foldNames } from './model.ts';
import { type CompileOptions, compileProgram } from './program.ts';

/** Receives one match: the term's position in the list, offsets of the original, folds as bits (`foldNamesOf`). */
export type OnMatch = (term: number, start: number, end: number, folds: number) => void;

/** As `OnMatch`, with the text's position in the list; offsets are the text's own. */
export type OnTextMatch = (text: number, term: number, start: number, end: number, folds: number) => void;

/** A matcher that also reads flat UTF-16, as workers hold it. */
export interface UnitMatcher extends Matcher {
  /**
   * All matches within `units[from…to)`, by end and then by start; offsets count from the array's beginning. What lies
   * outside is not read. Texts and fields are kept apart by U+001E.
   */
  scanUnits(units: Uint16Array, from: number, to: number, onMatch: OnMatch): void;
  /**
   * All matches in many texts, text by text, offsets within each. The fastest way from strings: they are scanned in blocks,
   * which spares what each call of `scan` costs.
   */
  scanTexts(texts: readonly string[], onMatch: OnTextMatch): void;
  /** Whether the last scan had to leave something out: its work is bounded (docs/detection.md, "Limits"). */
  readonly cut: boolean;
  /** How a match that `scan` gave reads, piece by piece; empty where the text has no such match. */
  explain(text: string, term: number, start: number, end: number): MatchStep[];
}

/** Units that a block of texts aims at: with its copies it stays in a core's first cache. */
const blockLength = 1 << 14;

/** Longest text whose copy is kept for the next call, in units. */
const keptBuffer = 1 << 18;

/**
 * Compiles a list of terms. Terms that fold to nothing, or that hold a field separator, never match; equal terms each
 * give a match of their own.
 */
export function compileMatcher(terms: readonly TermSpec[], options: CompileOptions = {}): UnitMatcher {
  const program = compileProgram(terms, options);
  const found = new MatchList();
  let buffer = new Uint16Array(blockLength);
  /** Where each text of a block begins. */
  const starts = new Int32Array(blockLength / 4);
  let cut = false;

  function bufferFor(length: number): Uint16Array {
    if (length <= buffer.length) return buffer;
    const units = new Uint16Array(Math.max(length, buffer.length * 2));
    if (units.length <= keptBuffer) buffer = units;
    return units;
  }

  function unitsOf(text: string): Uint16Array {
    const { length } = text;
    const units = bufferFor(length);
    for (let at = 0; at < length; at += 1) units[at] = text.charCodeAt(at);
    return units;
  }

  return {
    size: terms.length,
    get cut() {
      return cut;
    },
    scan(text) {
      const matches: Match[] = [];
      program.scan(unitsOf(text), 0, text.length, found);
      cut = program.cut();
      found.drain((term, start, end, bits) => {
        matches.push({ term, start, end, folds: foldNamesOf(bits), confidence: confidenceOf(bits) });
      });
      return matches;
    },
    scanTexts(texts, onMatch) {
      cut = false;
      let first = 0;
      while (first < texts.length) {
        const units = bufferFor((texts[first]?.length ?? 0) + 1);
        let at = 0;
        let next = first;
        for (; next < texts.length && next - first < starts.length; next += 1) {
          const text = texts[next] ?? '';
          const { length } = text;
          if (at + length >= units.length) break;
          starts[next - first] = at;
          for (let unit = 0; unit < length; unit += 1) units[at + unit] = text.charCodeAt(unit);
          at += length;
          units[at] = fieldSeparator;
          at += 1;
        }
        const [origin, count] = [first, next - first];
        let text = 0;
        const take: OnMatch = (term, start, end, bits) => {
          while (text + 1 < count && (starts[text + 1] ?? 0) <= start) text += 1;
          const from = starts[text] ?? 0;
          onMatch(origin + text, term, start - from, end - from, bits);
        };
        program.scan(units, 0, at, found);
        if (program.cut() && count > 1) {
          // One text may have spent what others needed: each gets its own.
          found.clear();
          for (let index = 0; index < count; index += 1) {
            const from = starts[index] ?? 0;
            program.scan(units, from, from + (texts[first + index]?.length ?? 0), found);
            found.drain(take);
            cut ||= program.cut();
          }
        } else found.drain(take);
        first = next;
      }
    },
    scanUnits(units, from, to, onMatch) {
      program.scan(units, from, to, found);
      cut = program.cut();
      found.drain(onMatch);
    },
    explain(text, term, start, end) {
      const units = unitsOf(text);
      let steps: MatchStep[] = [];
      program.scan(units, 0, text.length, found, (owner, aligned, own) => {
        if (
          owner === term &&
          aligned.start === start &&
          aligned.end === end &&
          (steps.length === 0 || own.length < steps.length)
        )
          steps = own;
      });
      found.clear();
      return joinSteps(steps, text);
    },
  };
}

/** Steps with what was written; pieces read by the same folds are joined, and the later letters of one reading to its first. */
function joinSteps(steps: readonly MatchStep[], text: string): MatchStep[] {
  const joined: MatchStep[] = [];
  for (const step of steps) {
    const last = joined.at(-1);
    const passedOver = isPassedOver(step);
    const belongs = step.read === '' && !passedOver;
    const alike =
      last !== undefined && step.folds.join() === last.folds.join() && passedOver === isPassedOver(last);
    if (last !== undefined && (belongs || alike)) {
      joined[joined.length - 1] = {
        start: last.start,
        end: step.end,
        written: text.slice(last.start, step.end),
        read: last.read + step.read,
        folds: foldNames.filter((name) => last.folds.includes(name) || step.folds.includes(name)),
      };
    } else joined.push({ ...step, written: text.slice(step.start, step.end) });
  }
  return joined;
}

/** Whether the piece stands for nothing: a filler, something invisible, a repetition. */
function isPassedOver({ read, folds }: MatchStep): boolean {
  return read === '' && folds.some((name) => name === 'filler' || name === 'invisible' || name === 'repeats');
}
