import type { LexiconVersionId, Milliseconds, TermId } from '../../contract/ids.ts';
import type { ProcedureOutput } from '../../contract/index.ts';
import type { Circumstances } from '../screening/rules/model.ts';
import type { DraftProblem, LexiconWarning, TermInput } from './contract.ts';
import type { ExportFormat, ExportedFile } from './write-lexicon.ts';

// What crosses between the app's thread and the one that tries versions of lexicons. The worker reads the versions from the
// database itself: a lexicon of 200,000 terms would keep the app's thread busy for a second.

export interface TryStart {
  readonly database: string;
}

export interface TryText {
  readonly versionId: LexiconVersionId;
  readonly texts: readonly string[];
  readonly circumstances: Circumstances;
  /** The suppressions of then hold. */
  readonly now: Milliseconds;
  readonly entry: { readonly id: TermId | null; readonly term: TermInput } | null;
}

export interface CheckVersion {
  readonly versionId: LexiconVersionId;
  /** Whether the content is asked for too: it takes longer than all the rest. */
  readonly publishing: boolean;
}

/** Another word of the draft that is the same as this one to the engine. */
export interface FindAlike {
  readonly versionId: LexiconVersionId;
  /** The word itself, which is not another. */
  readonly id: TermId;
  readonly text: string;
}

export interface ExportVersion {
  readonly versionId: LexiconVersionId;
  readonly format: ExportFormat;
}

export type TriedText = ProcedureOutput<'lexicons.tryText'>;

export interface CheckedVersion {
  readonly problems: DraftProblem[];
  /** How many examples were run. */
  readonly examples: number;
  /** The state of the lexicon that was checked: `selectLastChange`. */
  readonly change: number;
  /** Null where it was not asked for. */
  readonly content: VersionContent | null;
}

/** What publishing says of a version's terms, disabled ones too. */
export interface VersionContent {
  readonly terms: number;
  readonly contentHash: string;
  readonly warnings: readonly LexiconWarning[];
}

export interface TryQuestions {
  readonly try: { readonly request: TryText; readonly answer: TriedText };
  readonly check: { readonly request: CheckVersion; readonly answer: CheckedVersion };
  readonly alike: { readonly request: FindAlike; readonly answer: string | null };
  readonly export: { readonly request: ExportVersion; readonly answer: ExportedFile };
}
