import type { ColumnMapping, FeedKind } from '../model.ts';
import type { Circumstances } from '../records.ts';

export interface PreviewRequest {
  readonly fileName: string;
  readonly kind: FeedKind | 'auto';
  readonly mapping: ColumnMapping | null;
  readonly circumstances: Circumstances;
}

export interface PreviewStart extends PreviewRequest {
  /** The file's bytes; the thread gets a copy. */
  readonly bytes: Uint8Array;
}
