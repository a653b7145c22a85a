import type { BlobId, Milliseconds } from '../../../contract/ids.ts';
import type { ExtractedDocument } from '../../documents/model.ts';
import type { MaterialContent } from '../material/contract.ts';
import type { PrecheckFinding } from './model.ts';

// What crosses between the app's thread and the one that checks. The worker reads lexicons, products and settings from the
// database itself, and keeps them compiled for as long as none of them changes.

export interface PrecheckStart {
  readonly database: string;
}

export interface PrecheckRequest {
  readonly content: MaterialContent;
  readonly documents: ReadonlyMap<BlobId, ExtractedDocument>;
  /** Decides what has expired, and which suppressions hold. */
  readonly now: Milliseconds;
}

export interface PrecheckQuestions {
  readonly check: { readonly request: PrecheckRequest; readonly answer: readonly PrecheckFinding[] };
}
