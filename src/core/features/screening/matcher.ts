import { confidenceOf, foldBits, foldNamesOf } from './folds.ts';
import { MatchList } from './match-list.ts';
import { type Match, type MatchStep, type Matcher, type TermSpec, foldNames } from './model.ts';
import { type CompileOptions, compileProgram } from './program.ts';
import { createTextBuffer } from './text-buffer.ts';

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
   * which spares what each call of `scan` costs. Not to be called from inside its own callback.
   */
  scanTexts(texts: readonly string[], onMatch: OnTextMatch): void;
  /** Whether the last scan had to leave something out: its work is bounded (docs/detection.md, "Limits"). */
  readonly cut: boolean;
  /** How a match that `scan` gave reads, piece by piece; empty where the text has no such match. */
  explain(text: string, term: number, start: number, end: number): MatchStep[];
}

/**
 * Units on either side of a match that it is explained by: more than a run, a tag or letters read as syllables reach. A long text
 * may have a thousand matches to explain, each of which would read all of it.
 */
const explainedAround = 1_024;

/**
 * Compiles a list of terms. Terms that fold to nothing, or that hold a field separator or an unpaired surrogate, never match; equal terms each
 * give a match of their own.
 */
export function compileMatcher(terms: readonly TermSpec[], options: CompileOptions = {}): UnitMatcher {
  const program = compileProgram(terms, options);
  const found = new MatchList();
  const buffer = createTextBuffer();
  let cut = false;

  return {
    size: terms.length,
    get cut() {
      return cut;
    },
    scan(text) {
      const matches: Match[] = [];
      program.scan(buffer.put(text), 0, text.length, found);
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
        const { units, count, length, starts } = buffer.putBlock(texts, first);
        const origin = first;
        let text = 0;
        const take: OnMatch = (term, start, end, bits) => {
          while (text + 1 < count && (starts[text + 1] ?? 0) <= start) text += 1;
          const from = starts[text] ?? 0;
          onMatch(origin + text, term, start - from, end - from, bits);
        };
        program.scan(units, 0, length, found);
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
        first += count;
      }
    },
    scanUnits(units, from, to, onMatch) {
      program.scan(units, from, to, found);
      cut = program.cut();
      found.drain(onMatch);
    },
    explain(text, term, start, end) {
      const near = explainWithin(
        text,
        Math.max(0, start - explainedAround),
        end + explainedAround,
        term,
        start,
        end,
      );
      // What only the rest of the text says: a run of letters, say, that begins further away.
      return near.length > 0 ? near : explainWithin(text, 0, text.length, term, start, end);
    },
  };

  /** Explains a match by a part of the text alone. None where that part doesn't say it. */
  function explainWithin(
    text: string,
    from: number,
    to: number,
    term: number,
    start: number,
    end: number,
  ): MatchStep[] {
    const part = text.slice(from, to);
    let steps: readonly MatchStep[] = [];
    let [surest, least] = [0, 0];
    program.scan(buffer.put(part), 0, part.length, found, (owner, aligned, own) => {
      if (owner !== term || from + aligned.start !== start || from + aligned.end !== end) return;
      // As the match is the surest reading, so are its steps.
      const bits = own.reduce((all, step) => all | foldBits(step.folds), 0);
      const surety = confidenceOf(bits);
      const isBetter =
        surety > surest ||
        (surety === surest && (bits < least || (bits === least && own.length < steps.length)));
      if (steps.length > 0 && !isBetter) return;
      steps = own;
      [surest, least] = [surety, bits];
    });
    found.clear();
    return joinSteps(
      steps.map((step) => ({ ...step, start: from + step.start, end: from + step.end })),
      text,
    );
  }
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
