import { AppError } from '../../contract/errors.ts';
import type { TermInput } from './contract.ts';
import { type LexiconProblem, type Severity, maxTerms } from './model.ts';
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
  const seen = new Set<string>();
  let skipped = 0;
  return {
    terms,
    warnings,
    skipped: () => skipped,
    add(term: TermInput, line: number | null): void {
      const text = term.text.trim();
      const problem = problemOf(text) ?? (seen.has(text) ? 'duplicate' : null);
      if (problem !== null) {
        skipped += 1;
        warnings.add(problem, line, text.slice(0, 50));
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
      seen.add(text);
      terms.push({ ...term, text });
      // A rule's text is its name.
      if (term.options.rule === null) review(text, line);
    },
  };
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
