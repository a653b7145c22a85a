import type { ErrorBody } from '../../contract/errors.ts';
import type { LexiconVersionId, Milliseconds, TermId } from '../../contract/ids.ts';
import type { ProcedureOutput } from '../../contract/index.ts';
import type { Circumstances } from '../screening/rules/model.ts';
import type { DraftProblem, TermInput } from './contract.ts';

// What crosses between the app's thread and the one that tries versions of lexicons. The worker reads the versions from the
// database itself: a lexicon of 200,000 terms would keep the app's thread busy for a second.

export interface TryStart {
  readonly database: string;
}

export interface TryText {
  readonly kind: 'try';
  readonly versionId: LexiconVersionId;
  readonly texts: readonly string[];
  readonly circumstances: Circumstances;
  /** The suppressions of then hold. */
  readonly now: Milliseconds;
  readonly entry: { readonly id: TermId | null; readonly term: TermInput } | null;
}

export interface CheckVersion {
  readonly kind: 'check';
  readonly versionId: LexiconVersionId;
}

export type TryRequest = TryText | CheckVersion;

export type TriedText = ProcedureOutput<'lexicons.tryText'>;

export interface CheckedVersion {
  readonly problems: DraftProblem[];
  /** How many examples were run. */
  readonly examples: number;
  /** The state of the lexicon that was checked: `selectLastChange`. */
  readonly change: number;
}

export type TryReply =
  | { readonly id: number; readonly result: TriedText | CheckedVersion }
  | { readonly id: number; readonly error: ErrorBody };
