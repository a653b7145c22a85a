import { AppError } from '../../contract/errors.ts';
import type { TermInput } from './contract.ts';
import { type LexiconProblem, type Severity, maxTermLength, maxTerms } from './model.ts';
import { WarningList, createTermReview, problemOf } from './term-rules.ts';

/** What terms get where the file does not say. */
export interface TermDefaults {
  readonly category: string;
  readonly severity: Severity;
}

export type Collector = ReturnType<typeof createCollector>;

/** Takes in the terms of a file in turn: sets aside what can't be kept, and warns of what deserves a look. */
export function createCollector(fileName: string) {
  const terms: TermInput[] = [];
  const warnings = new WarningList();
  const review = createTermReview(warnings);
  /** By text: whether a rule has it for its name. */
  const seen = new Map<string, boolean>();
  let skipped = 0;
  return {
    terms,
    warnings,
    skipped: () => skipped,
    /** `number`: which entry it is, from 1, where the file has no lines to name it by. */
    add(term: TermInput, line: number | null, number?: number): void {
      const text = term.text.trim();
      const isRule = term.options.rule !== null;
      const problem = problemOf(text) ?? (seen.has(text) ? 'duplicate' : null);
      if (problem !== null) {
        // A word that stands there twice is looked for all the same; a rule that is left out is a control that is lost.
        if (isRule || (problem === 'duplicate' && seen.get(text) === true))
          throw lostRule(fileName, line, number ?? 0, text, problem);
        skipped += 1;
        warnings.add(problem, line, text.slice(0, 50), undefined, number);
        return;
      }
      if (terms.length === maxTerms) {
        throw invalid(
          fileName,
          line,
          'too-many-terms',
          `there are more than ${maxTerms} terms. Split the file over several lexicons`,
          { limit: maxTerms },
        );
      }
      seen.set(text, isRule);
      terms.push({ ...term, text });
      // A rule's text is its name.
      if (!isRule) review(text, line);
    },
  };
}

/** The refusal of a file that has a rule which could only be left out. */
function lostRule(
  fileName: string,
  line: number | null,
  number: number,
  text: string,
  problem: 'empty-term' | 'duplicate' | 'too-long' | 'control-character',
): AppError {
  const entry = Array.from(text).slice(0, 40).join('');
  const named = `term number ${number}, ${JSON.stringify(entry)},`;
  switch (problem) {
    case 'empty-term':
      return invalid(
        fileName,
        line,
        'rule-without-name',
        `term number ${number} is a rule without a name; write one as its "text"`,
        { number },
      );
    case 'duplicate':
      return invalid(
        fileName,
        line,
        'rule-name-taken',
        `${named} has the same text as an entry further up, and one of the two is a rule; give the rule a name of its own`,
        { number, entry },
      );
    case 'too-long':
    case 'control-character':
      return invalid(
        fileName,
        line,
        'rule-name-unusable',
        `${named} is a rule whose name is too long (at most ${maxTermLength} characters) or has a line break in it`,
        { number, entry, limit: maxTermLength },
      );
    default:
      return problem satisfies never;
  }
}

/** The refusal of a file, with the line where that is known. */
export function invalid(
  fileName: string,
  line: number | null,
  problem: LexiconProblem,
  sentence: string,
  values: Readonly<Record<string, string | number>> = {},
  cause?: unknown,
): AppError {
  const where = line === null ? fileName : `${fileName}, line ${line}`;
  return new AppError(
    'lexicon-invalid',
    `${where}: ${sentence}.`,
    { ...values, file: fileName, line, problem },
    cause,
  );
}
