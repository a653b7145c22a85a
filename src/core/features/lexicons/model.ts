/** From harmless to grave; the position is the rank that hits are sorted by. */
export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** 0 for `info` up to 4 for `critical`. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Longest term, in UTF-16 code units: a sentence, not a paragraph. */
export const maxTermLength = 200;
/** Most terms in one lexicon. */
export const maxTerms = 200_000;
/** Largest lexicon file: 200,000 terms with a basis and a note each are some 40 MB. */
export const maxLexiconBytes = 64 * 2 ** 20;

/** What a warning about a term may say; the renderer has a sentence for each under `lexicons.warning.`. */
export const lexiconWarningKinds = [
  /** Left out: nothing but white space. */
  'empty-term',
  /** Left out: the same text stands further up in the file. */
  'duplicate',
  /** Left out: longer than `maxTermLength`. */
  'too-long',
  /** Left out: has a line break or another control character in it. */
  'control-character',
  /** Kept, but only invisible characters: it matches nothing. */
  'never-matches',
  /** Kept: one character is found inside very many ordinary words. */
  'one-character',
  /** Kept: another term is the same to the engine (width, case, invisible characters), so both hit together. */
  'same-when-folded',
  /** A table's header promises rules; cells can't hold them, a .json can. */
  'rules-need-json',
  /** Kept: the rule names an entry that is not there (yet). */
  'missing-term',
  /** Left out of an export: the entry is switched off. */
  'disabled-left-out',
  /** Left out of an export: rules need a .json. */
  'rules-left-out',
  /** Exported without its scope, fillers or other options that only a .json can hold. */
  'options-left-out',
  /** Not about a term: `text` is how many more warnings there are. */
  'more',
] as const;
export type LexiconWarningKind = (typeof lexiconWarningKinds)[number];

/** What `details.problem` of a `lexicon-invalid` says; the renderer has a sentence for each under `errors.lexiconProblem.`. */
export const lexiconProblems = [
  'no-terms',
  'too-many-terms',
  'no-term-column',
  'quotes',
  'unknown-severity',
  'unknown-enabled',
  'unknown-fold',
  'bad-cell',
  'bad-options',
  'bad-settings',
  'broken-rule',
  'broken-components',
  'unknown-alias',
  'half-character',
  'component-of-several',
  'rule-without-name',
  'rule-name-taken',
  'rule-name-unusable',
  'too-long',
  'not-json',
  'not-json-at',
  'not-a-list',
  'not-a-term',
] as const;
export type LexiconProblem = (typeof lexiconProblems)[number];

/** Most warnings that one answer lists: more than that nobody reads. */
export const maxWarnings = 200;
