import type { TextDiff } from '../diff/contract.ts';
import type { Outcome } from './matcher.ts';

// What crosses between the application's thread and the one that looks up published texts.

export interface MatchStart {
  readonly database: string;
  readonly blobs: string;
}

export interface MatchRequest {
  readonly text: string;
  /** The fields of a card. */
  readonly pieces: readonly string[] | null;
  readonly at: number;
}

export interface MatchAnswer extends Outcome {
  /** The approved text of the best match, and how it differs. */
  readonly compared: { readonly approved: string; readonly diff: TextDiff } | null;
}

export interface MatchQuestions {
  readonly match: { readonly request: MatchRequest; readonly answer: MatchAnswer };
}
