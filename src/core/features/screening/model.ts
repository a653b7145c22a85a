/** One step that maps disguised text to plain text. */
export type FoldName = 'width' | 'case' | 'invisible';

/** A match in the original text: UTF-16 offsets, end exclusive; `text.slice(start, end)` is what was written. */
export interface Match {
  /** The term's position in the list that the matcher was compiled from. */
  readonly term: number;
  readonly start: number;
  readonly end: number;
  /** The folds that this match needed; empty when the text says the term to the letter. */
  readonly folds: readonly FoldName[];
}

/** A compiled list of terms. Immutable; may be used from one thread at a time. */
export interface Matcher {
  /** How many terms it was compiled from. */
  readonly size: number;
  /** All matches, also overlapping and nested ones, by end and then by start. Never throws on any string. */
  scan(text: string): Match[];
}
