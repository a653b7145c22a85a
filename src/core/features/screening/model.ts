/** One step that maps disguised text to plain text. The position is the fold's bit. */
export const foldNames = [
  'width',
  'case',
  'script',
  'invisible',
  'filler',
  'repeats',
  'digits',
  'look-alikes',
  'split',
  'pinyin',
  'homophones',
] as const;
export type FoldName = (typeof foldNames)[number];

/** Sets of folds that people name. */
export const foldSets = {
  none: [],
  standard: ['width', 'case', 'script', 'invisible', 'filler', 'repeats', 'digits'],
  all: foldNames,
} as const satisfies Record<string, readonly FoldName[]>;

/**
 * How sure a match is that needed a fold, 0 to 1: how seldom the fold makes innocent text look like the term. Ours, from
 * the disguise suite (docs/detection.md); a match has the least of its folds', 1 without any.
 */
export const foldConfidence = {
  width: 0.99,
  case: 0.99,
  script: 0.98,
  invisible: 0.97,
  filler: 0.9,
  repeats: 0.9,
  digits: 0.9,
  'look-alikes': 0.8,
  split: 0.85,
  pinyin: 0.7,
  homophones: 0.6,
} as const satisfies Record<FoldName, number>;

/** Visible characters that may stand between two characters of a term, unless the term says otherwise. */
export const defaultFillers = 3;
/** Most fillers that a term may allow. */
export const mostFillers = 20;

/** What is looked for. */
export interface TermSpec {
  readonly text: string;
  /** The folds that apply; the matcher's own unless said. */
  readonly folds?: readonly FoldName[];
  /** A Latin term counts only where no Latin letter or digit stands beside it. */
  readonly wholeWord?: boolean;
  /** Fillers allowed between two characters; `defaultFillers` unless said. */
  readonly fillers?: number;
  /** Fillers may be sentence ends and line breaks too. */
  readonly acrossSentences?: boolean;
  /** The pinyin fold also takes the initials of its syllables (bbbx for 保本保息), at least three. */
  readonly initials?: boolean;
}

/** An alias: other ways to write a word that mean it. */
export interface Alias {
  readonly target: string;
  readonly written: readonly string[];
}

/**
 * Aliases in the one way that a set of them is written: each target once, with each of its forms once, in the order of
 * their code units.
 */
export function inOneOrder(aliases: readonly Alias[]): { target: string; written: string[] }[] {
  const forms = new Map<string, Set<string>>();
  for (const { target, written } of aliases) {
    const known = forms.get(target);
    if (known === undefined) forms.set(target, new Set(written));
    else for (const form of written) known.add(form);
  }
  return [...forms]
    .map(([target, written]) => ({ target, written: [...written].toSorted(byUnits) }))
    .toSorted((one, other) => byUnits(one.target, other.target));
}

function byUnits(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** A character and the parts it is taken apart into (保: 亻呆). */
export interface Component {
  readonly character: string;
  readonly parts: string;
}

/** A match in the original text: UTF-16 offsets, end exclusive; `text.slice(start, end)` is what was written. */
export interface Match {
  /** The term's position in the list that the matcher was compiled from. */
  readonly term: number;
  readonly start: number;
  readonly end: number;
  /** The folds that this match needed; empty when the text says the term to the letter. */
  readonly folds: readonly FoldName[];
  /** 0 to 1, `foldConfidence` of the weakest fold needed; 1 without any. */
  readonly confidence: number;
}

/**
 * One step of an explanation: a piece of the original and what it was read as. One with nothing written and no fold names
 * what is missing: the disclosures of a `required` rule, in `read`.
 */
export interface MatchStep {
  /** The piece as written; offsets of the original, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly written: string;
  /** The piece of the term that it stands for; empty where it was passed over. */
  readonly read: string;
  /** The folds of this piece; empty where it is the same to the letter. */
  readonly folds: readonly FoldName[];
}

/** A compiled list of terms. Immutable; may be used from one thread at a time. */
export interface Matcher {
  /** How many terms it was compiled from. */
  readonly size: number;
  /** All matches, also overlapping and nested ones, by end and then by start. Never throws on any string. */
  scan(text: string): Match[];
}

/** Longest message of an example, in UTF-16 units. */
export const mostExampleText = 2000;
/** Most messages that one example is made of. */
export const mostExampleMessages = 20;

/** The messages of an example, in order. */
export function messagesOf(example: {
  readonly text: string;
  readonly followedBy: readonly string[];
}): readonly string[] {
  return [example.text, ...example.followedBy];
}

/** An example in one line, as problems name it: its messages with a stroke between them. */
export function exampleLine(example: Parameters<typeof messagesOf>[0]): string {
  return messagesOf(example).join(' / ');
}

/** How far messages are joined. */
export interface SplitWindow {
  /** Most messages that one hit may be split over. */
  readonly messages: number;
  /** Most milliseconds between the first of them and the last. */
  readonly milliseconds: number;
}

/** How far they are joined unless said. */
export const splitWindow: SplitWindow = { messages: 5, milliseconds: 120_000 };

/** Units that are taken from each message: of the first its end, of the others all or nothing beyond. */
export const splitReach = 1_000;
