import { exampleLine, messagesOf } from '../model.ts';
import { type MessageHit, screenMessages } from '../screen-messages.ts';
import type { Screener } from './../screener.ts';
import type { Entry, Example, LexiconSettings, RuleProblem } from './model.ts';
import { circumstancesWithin } from './scope.ts';

/** An example that does not come out as it should. */
export interface FailingExample {
  readonly entry: Entry;
  readonly example: Example;
  /** What the entry hits in it although it should not; none where it should hit. */
  readonly hits: readonly MessageHit[];
}

type Compile = (
  entries: readonly {
    readonly text: string;
    readonly options: Entry['options'];
    readonly settings: LexiconSettings;
  }[],
) => Screener;

/**
 * The examples that do not come out as they should. An example is a text, or several messages of one sender, in circumstances
 * in which its entry counts: it tests the words, not the scope. Hits of other entries, and those that an exemption silences,
 * are no hits of it.
 */
export function failingExamples(
  entries: readonly Entry[],
  settings: LexiconSettings,
  compile: Compile,
): FailingExample[] {
  if (entries.every(({ options }) => options.examples.length === 0)) return [];
  const screener = compile(entries.map(({ text, options }) => ({ text, options, settings })));
  return entries.flatMap((entry, index) => {
    const { rule, scope, examples } = entry.options;
    const productType = rule?.kind === 'required' ? (rule.productTypes[0] ?? null) : null;
    const circumstances = circumstancesWithin(scope, productType);
    return examples.flatMap((example) => {
      const hits = screenMessages(screener, messagesOf(example), circumstances).filter(
        ({ found }) => found.entry === index && found.silencedBy === null,
      );
      return hits.length > 0 === (example.expect === 'hit') ? [] : [{ entry, example, hits }];
    });
  });
}

/** Failing examples as problems of a draft; `detail` is the example in one line. */
export function exampleProblems(failing: readonly FailingExample[]): RuleProblem[] {
  return failing.map(({ entry, example }) => ({
    kind: 'example-fails',
    entry: entry.text,
    detail: exampleLine(example),
  }));
}
