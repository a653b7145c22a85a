import type { ErrorBody } from '../../contract/errors.ts';
import type { ProductFile } from './product-file.ts';

export interface ProductFileStart {
  /** The file's bytes; the thread's own from then on. */
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

export type ProductFileReply = { readonly file: ProductFile } | { readonly error: ErrorBody };
