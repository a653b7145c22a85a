import type { Entry, LexiconSettings, RuleProblem } from './model.ts';
import { circumstancesWithin } from './scope.ts';
import type { Screener } from './../screener.ts';

/**
 * The examples that do not come out as they should, one problem each, of kind `example-fails`; `detail` is the example's
 * text. An example is a text in circumstances in which its entry counts: it tests the words, not the scope. Hits of other
 * entries, and those that an exemption silences, are no hits of it.
 */
export function failingExamples(
  entries: readonly Entry[],
  settings: LexiconSettings,
  compile: (
    entries: readonly {
      readonly text: string;
      readonly options: Entry['options'];
      readonly settings: LexiconSettings;
    }[],
  ) => Screener,
): RuleProblem[] {
  if (entries.every(({ options }) => options.examples.length === 0)) return [];
  const screener = compile(entries.map(({ text, options }) => ({ text, options, settings })));
  return entries.flatMap(({ text, options }, index) => {
    const { rule, scope } = options;
    const productType = rule?.kind === 'required' ? (rule.productTypes[0] ?? null) : null;
    const circumstances = circumstancesWithin(scope, productType);
    return options.examples
      .filter((example) => {
        const hits = screener
          .screen(example.text, circumstances)
          .some(({ entry, silencedBy }) => entry === index && silencedBy === null);
        return hits !== (example.expect === 'hit');
      })
      .map((example): RuleProblem => ({ kind: 'example-fails', entry: text, detail: example.text }));
  });
}
