import { circumstancesWithin, compileScreener, foldNamesOf, runExamples } from '../screening/index.ts';
import type { FoldName } from '../screening/model.ts';
import type { Entry, Example, LexiconSettings, RuleProblem } from '../screening/rules/model.ts';
import type { TermInput } from './contract.ts';
import { checkRules } from './rule-check.ts';

export interface FailedExample extends Example {
  readonly entry: string;
  /** What hit although nothing should; offsets are UTF-16 units of the example. */
  readonly found: readonly {
    readonly start: number;
    readonly end: number;
    readonly written: string;
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
  const failing = runExamples(entries, settings);
  if (failing.length === 0) return [];
  const screener = compileScreener(
    entries.map(({ text, options }) => ({ text, options, settings })),
    [],
  );
  const places = new Map(entries.map(({ text }, index) => [text, index]));
  return failing.flatMap(({ entry, detail }) => {
    const place = places.get(entry) ?? -1;
    const options = entries[place]?.options;
    const example = options?.examples.find(({ text }) => text === detail);
    if (options === undefined || example === undefined) return [];
    const productType = options.rule?.kind === 'required' ? (options.rule.productTypes[0] ?? null) : null;
    const found = screener
      .screen(example.text, circumstancesWithin(options.scope, productType))
      .filter((hit) => hit.entry === place && hit.silencedBy === null)
      .map(({ start, end, folds }) => ({
        start,
        end,
        written: example.text.slice(start, end),
        folds: foldNamesOf(folds),
      }));
    return { ...example, entry, found };
  });
}
