import { z } from 'zod';

import { foldNames, mostExampleMessages, mostExampleText, mostFillers } from '../model.ts';

// What a lexicon's entry can say beyond its words. Stored as JSON with the entry, and part of the version's hash, so every
// key has a default and unknown ones are refused: two ways to write the same entry would have two hashes.

/** Longest word or phrase, in UTF-16 units. */
export const maxPhraseLength = 200;
/** Longest regular expression. */
export const maxPatternLength = 500;
/** Most words, operands or phrases in one list. */
export const maxListed = 100;

const Phrase = z.string().min(1).max(maxPhraseLength);
const Phrases = z.array(Phrase).max(maxListed);

export const detectorNames = [
  'id-card',
  'bank-card',
  'mobile',
  'landline',
  'email',
  'url',
  'wechat-id',
  'amount',
  'rate',
] as const;
export type DetectorName = (typeof detectorNames)[number];

const Detector = z.strictObject({
  kind: z.literal('detector'),
  detector: z.enum(detectorNames),
  /** For `url` and `email`: domains, with all below them, that never hit. */
  allow: z.array(z.string().min(1).max(253)).max(1000).default([]),
  /** For `url` and `email`: only these hit; empty: all but the allowed ones. */
  deny: z.array(z.string().min(1).max(253)).max(1000).default([]),
});

const Pattern = z.strictObject({
  kind: z.literal('pattern'),
  /** RE2 syntax, which runs in linear time: no back references, no look-around. Matched against the text with its width folded. */
  pattern: z.string().min(1).max(maxPatternLength),
  ignoreCase: z.boolean().default(true),
});

/** What a rule is made of: words of its own, another entry of the lexicon by its text, a pattern or a detector. */
export const Operand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('words'), words: Phrases.min(1) }),
  z.strictObject({ kind: z.literal('term'), text: Phrase }),
  Pattern,
  Detector,
]);
export type Operand = z.output<typeof Operand>;

const AllOfWindow = z.enum(['message', 'messages', 'across']);
export type AllOfWindow = z.output<typeof AllOfWindow>;

/** What an entry that is more than its own text looks for; its text is then the rule's name. */
export const RuleDefinition = z.discriminatedUnion('kind', [
  /** A within `within` characters of B, counted between the two. */
  z.strictObject({
    kind: z.literal('near'),
    first: Operand,
    second: Operand,
    within: z.number().int().min(0).max(1000),
    ordered: z.boolean().default(false),
  }),
  /**
   * Every operand somewhere: in one `message`; in one or over a sender's consecutive `messages`; only `across` several of them,
   * where none of them has all operands by itself.
   */
  z.strictObject({
    kind: z.literal('all-of'),
    operands: z.array(Operand).min(2).max(20),
    window: AllOfWindow.default('message'),
  }),
  z.strictObject({ kind: z.literal('any-of'), operands: z.array(Operand).min(1).max(maxListed) }),
  Pattern,
  Detector,
  /** Where `when` holds, one of `disclosures` has to stand, at most `within` characters away (null: anywhere in the text). */
  z.strictObject({
    kind: z.literal('required'),
    when: Operand,
    /** Only for these product types; empty: whatever the type. Chats have none, materials do. */
    productTypes: z.array(z.string().min(1).max(100)).max(50).default([]),
    disclosures: z.array(Operand).min(1).max(50),
    within: z.number().int().min(0).max(100_000).nullable().default(null),
  }),
]);
export type RuleDefinition = z.output<typeof RuleDefinition>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** For whom and where an entry counts; what is null or `any` is no condition. */
export const Scope = z.strictObject({
  speaker: z.enum(['any', 'employee', 'customer']).default('any'),
  channel: z.enum(['any', 'single', 'group']).default('any'),
  /** Kinds of messages: text, link, markdown… */
  kinds: z.array(z.string().min(1).max(50)).max(50).nullable().default(null),
  /** In the workspace's time zone; `from` later than `to` goes over midnight. */
  hours: z.strictObject({ from: clockTime, to: clockTime }).nullable().default(null),
  branches: z.array(z.string().min(1).max(200)).max(200).nullable().default(null),
});
export type Scope = z.output<typeof Scope>;

/** Text in which a match does not count: the match lies inside the phrase (不保本 for 保本). */
export const Exemption = z.strictObject({
  phrase: Phrase,
  /** A statutory exemption's code, with the reason; both empty for plain negations. */
  code: z.string().max(100).default(''),
  reason: z.string().max(1000).default(''),
});
export type Exemption = z.output<typeof Exemption>;

const ExampleText = z.string().min(1).max(mostExampleText);

/** A text that has to hit, or must not; or several messages of one sender that do so together. */
export const Example = z.strictObject({
  text: ExampleText,
  /** What the same sender writes right after it, message by message. */
  followedBy: z
    .array(ExampleText)
    .max(mostExampleMessages - 1)
    .default([]),
  expect: z.enum(['hit', 'no-hit']),
});
export type Example = z.output<typeof Example>;

/** All that an entry may say beyond text, category, severity, basis and note. */
export const EntryOptions = z.strictObject({
  /** Null: a word or phrase, the entry's text. */
  rule: RuleDefinition.nullable().default(null),
  /** Folds that this entry has beyond the lexicon's, and those of the lexicon's that it does without. */
  foldsOn: z.array(z.enum(foldNames)).max(foldNames.length).default([]),
  foldsOff: z.array(z.enum(foldNames)).max(foldNames.length).default([]),
  wholeWord: z.boolean().default(false),
  /** Null: the default of 3. */
  fillers: z.number().int().min(0).max(mostFillers).nullable().default(null),
  acrossSentences: z.boolean().default(false),
  initials: z.boolean().default(false),
  scope: Scope.prefault({}),
  notWhen: z.array(Exemption).max(maxListed).default([]),
  examples: z.array(Example).max(maxListed).default([]),
  /** What to write instead; empty where there is no such wording. */
  suggestion: z.string().max(1000).default(''),
});
export type EntryOptions = z.output<typeof EntryOptions>;
export type EntryOptionsInput = z.input<typeof EntryOptions>;

const Aliases = z
  .array(z.strictObject({ target: Phrase, written: Phrases.min(1) }))
  .max(2000)
  .default([]);

/** What holds for a whole version of a lexicon. */
export const LexiconSettings = z.strictObject({
  folds: z
    .array(z.enum(foldNames))
    .max(foldNames.length)
    .default(() => foldNames.slice(0, 9)),
  /** Added to the built-in table. */
  aliases: Aliases,
  /** Forms of the built-in table that these entries do without. */
  aliasesOff: Aliases,
  components: z
    .array(z.strictObject({ character: z.string().min(1).max(2), parts: z.string().min(2).max(20) }))
    .max(5000)
    .default([]),
});
export type LexiconSettings = z.output<typeof LexiconSettings>;

/** A phrase that is ignored for a time: a standard disclaimer, an approved slogan. */
export const Suppression = z.strictObject({
  phrase: z.string().min(1).max(2000),
  /** Entries that it silences, by text; empty: all. */
  terms: Phrases.default([]),
  scope: Scope.prefault({}),
});
export type Suppression = z.output<typeof Suppression>;

/** An entry of a lexicon, as the engine takes it. */
export interface Entry {
  readonly text: string;
  readonly options: EntryOptions;
}

/** What is known of a text's circumstances; null: not known, then a condition on it does not hold. */
export interface Circumstances {
  readonly speaker: 'employee' | 'customer' | null;
  readonly channel: 'single' | 'group' | null;
  readonly kind: string | null;
  /** Minutes since midnight in the workspace's time zone. */
  readonly minuteOfDay: number | null;
  readonly branch: string | null;
  readonly productType: string | null;
}

/** What is wrong with a set of entries, so that it can't be published. */
export interface RuleProblem {
  /** A key below `lexicons.ruleProblem.` in the i18n files. */
  readonly kind:
    | 'missing-term'
    | 'rule-refers-to-itself'
    | 'rule-names-itself'
    | 'bad-pattern'
    | 'contradiction'
    | 'component-cycle'
    | 'component-of-several'
    | 'unknown-alias'
    | 'bad-domain'
    | 'unpaired-surrogate'
    | 'example-fails';
  /** The entry, by its text. */
  readonly entry: string;
  /** What the sentence names: the missing term, the pattern's error, the example. */
  readonly detail: string;
}
