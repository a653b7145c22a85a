import * as fc from 'fast-check';

import { foldNames, inOneOrder, mostFillers } from '../../src/core/features/screening/model.ts';
import {
  EntryOptions,
  LexiconSettings,
  detectorNames,
} from '../../src/core/features/screening/rules/model.ts';

// Random options and settings for property tests, over characters that files quote, escape or trim.

const phrase = fc.string({
  minLength: 1,
  maxLength: 6,
  unit: fc.constantFrom(...'保本|｜\\"\', \n=不a'.split('')),
});
const folds = fc.uniqueArray(fc.constantFrom(...foldNames), { maxLength: 3 });
const words = fc.record({
  kind: fc.constant('words'),
  words: fc.array(phrase, { minLength: 1, maxLength: 3 }),
});
const pattern = fc.record({ kind: fc.constant('pattern'), pattern: phrase, ignoreCase: fc.boolean() });
const detector = fc.record({
  kind: fc.constant('detector'),
  detector: fc.constantFrom(...detectorNames),
  allow: fc.array(fc.constant('example.test'), { maxLength: 1 }),
  deny: fc.array(fc.constant('example.org'), { maxLength: 1 }),
});
const operand = fc.oneof(words, fc.record({ kind: fc.constant('term'), text: phrase }), pattern, detector);
const rule = fc.oneof(
  fc.record({
    kind: fc.constant('near'),
    first: operand,
    second: operand,
    within: fc.nat(1000),
    ordered: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('all-of'),
    operands: fc.array(operand, { minLength: 2, maxLength: 3 }),
    window: fc.constantFrom('message', 'messages', 'across'),
  }),
  fc.record({ kind: fc.constant('any-of'), operands: fc.array(operand, { minLength: 1, maxLength: 3 }) }),
  pattern,
  detector,
  fc.record({
    kind: fc.constant('required'),
    when: operand,
    productTypes: fc.array(phrase, { maxLength: 2 }),
    disclosures: fc.array(operand, { minLength: 1, maxLength: 2 }),
    within: fc.option(fc.nat(100)),
  }),
);
const scope = fc.record({
  speaker: fc.constantFrom('any', 'employee', 'customer'),
  channel: fc.constantFrom('any', 'single', 'group'),
  kinds: fc.option(fc.array(fc.constantFrom('text', 'link'), { maxLength: 2 })),
  hours: fc.option(fc.constant({ from: '22:00', to: '06:00' })),
  branches: fc.option(fc.array(phrase, { maxLength: 2 })),
});

/** Options such as a lexicon's entries may have; about a third have a rule. */
export const arbitraryOptions: fc.Arbitrary<EntryOptions> = fc
  .record({
    rule: fc.option(rule, { freq: 1 }),
    foldsOn: folds,
    foldsOff: folds,
    wholeWord: fc.boolean(),
    fillers: fc.option(fc.nat(mostFillers), { freq: 1 }),
    acrossSentences: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()),
    initials: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()),
    scope: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, scope),
    notWhen: fc.array(
      fc.record(
        { phrase, code: fc.constantFrom('', 'self-comparison'), reason: fc.constantFrom('', '自我比较') },
        { requiredKeys: ['phrase'] },
      ),
      { maxLength: 3 },
    ),
    examples: fc.array(
      fc.record(
        {
          text: phrase,
          followedBy: fc.array(phrase, { maxLength: 2 }),
          expect: fc.constantFrom('hit', 'no-hit'),
        },
        { requiredKeys: ['text', 'expect'] },
      ),
      {
        maxLength: 3,
      },
    ),
    suggestion: fc.constantFrom('', '业绩比较基准', '=1+1'),
  })
  .map((options) => EntryOptions.parse(options));

/** Settings with folds, and aliases that are off, in the order that they are stored in. */
export const arbitrarySettings: fc.Arbitrary<LexiconSettings> = fc
  .record({
    folds: fc.subarray([...foldNames]),
    aliases: fc.array(
      fc.record({ target: phrase, written: fc.array(phrase, { minLength: 1, maxLength: 2 }) }),
      {
        maxLength: 2,
      },
    ),
    aliasesOff: fc
      .array(fc.record({ target: phrase, written: fc.array(phrase, { minLength: 1, maxLength: 2 }) }), {
        maxLength: 2,
      })
      .map(inOneOrder),
    components: fc.constantFrom([], [{ character: '保', parts: '亻呆' }]),
  })
  .map((settings) => LexiconSettings.parse(settings));
