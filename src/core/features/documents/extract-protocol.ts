import type { ImportedBlocks } from './extract.ts';
import type { ExtractedDocument } from './model.ts';

/** What a file's thread is told, and the one answer that it gives. */
export interface ExtractTask {
  readonly path: string;
  readonly want: 'document' | 'blocks';
}

export type ExtractReply =
  | { readonly want: 'document'; readonly document: ExtractedDocument }
  | { readonly want: 'blocks'; readonly imported: ImportedBlocks };
