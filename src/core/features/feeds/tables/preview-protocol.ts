import type { ErrorBody } from '../../../contract/errors.ts';
import type { TablePreview } from '../contract.ts';
import type { ColumnMapping, FeedKind } from '../model.ts';
import type { Circumstances } from '../records.ts';

export interface PreviewRequest {
  readonly fileName: string;
  readonly kind: FeedKind | 'auto';
  readonly mapping: ColumnMapping | null;
  readonly circumstances: Circumstances;
}

export interface PreviewStart extends PreviewRequest {
  /** The file's bytes; the thread's own from then on. */
  readonly bytes: Uint8Array;
}

export type PreviewReply = { readonly preview: TablePreview } | { readonly error: ErrorBody };
