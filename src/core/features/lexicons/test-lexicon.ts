import { foldNamesOf, messagesOf, runExamples } from '../screening/index.ts';
import type { FoldName } from '../screening/model.ts';
import type { Entry, Example, LexiconSettings, RuleProblem } from '../screening/rules/model.ts';
import type { TermInput } from './contract.ts';
import { checkRules } from './rule-check.ts';

export interface FailedExample extends Example {
  readonly entry: string;
  /** What hit although nothing should, part by part; offsets are UTF-16 units of the message with that number, from 0. */
  readonly found: readonly {
    readonly parts: readonly {
      readonly message: number;
      readonly start: number;
      readonly end: number;
      readonly written: string;
    }[];
    readonly folds: readonly FoldName[];
  }[];
}

export interface TestedLexicon {
  /** Enabled entries, and how many examples they have. */
  readonly entries: number;
  readonly examples: number;
  readonly problems: readonly RuleProblem[];
  readonly failures: readonly FailedExample[];
}

/** Checks the rules of a lexicon and runs the examples of its enabled entries, as publishing does. */
export function testLexicon(terms: readonly TermInput[], settings: LexiconSettings): TestedLexicon {
  const enabled = terms.filter((term) => term.enabled);
  const checked = checkRules(enabled, settings);
  const entries = checked.usable.flatMap((index) => enabled[index] ?? []);
  return {
    entries: enabled.length,
    examples: enabled.reduce((sum, { options }) => sum + options.examples.length, 0),
    problems: checked.problems,
    failures: failuresIn(entries, checked.settings),
  };
}

function failuresIn(entries: readonly Entry[], settings: LexiconSettings): FailedExample[] {
  return runExamples(entries, settings).map(({ entry, example, hits }) => {
    const messages = messagesOf(example);
    return {
      ...example,
      entry: entry.text,
      found: hits.map(({ found, parts, ...place }) => ({
        parts: (parts.length === 0 ? [place] : parts).map(({ index, start, end }) => ({
          message: index,
          start,
          end,
          written: (messages[index] ?? '').slice(start, end),
        })),
        folds: foldNamesOf(found.folds),
      })),
    };
  });
}
