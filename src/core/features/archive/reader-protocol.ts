import type { ErrorBody } from '../../contract/errors.ts';
import type { Batch } from './batch.ts';
import type { Checkpoint, FeedOptions, ReadPart } from './read-archive.ts';
import type { Expected } from './recognise.ts';

/** What a file is read with. */
export interface ReaderStart {
  readonly path: string;
  readonly fileName: string;
  readonly expected: Expected;
  readonly checkpoint: Checkpoint | null;
  readonly feeds: FeedOptions;
  /** So many parts may be under way; each batch that comes back allows one more. */
  readonly credits: number;
}

export type ReaderMessage =
  | { readonly type: 'part'; readonly part: ReadPart }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: ErrorBody };

/** Files are numbered, so that what comes back of one after its end allows no more parts of the next. */
export type ReaderRequest =
  | { readonly type: 'read'; readonly file: number; readonly start: ReaderStart }
  /** A batch that has been written, to be filled again; null: the part had none. */
  | { readonly type: 'credit'; readonly file: number; readonly batch: Batch | null };

/** The memory of a batch goes over to the other thread instead of being copied. */
export function batchMemory(batch: Batch): ArrayBuffer[] {
  return [batch.bytes.buffer, batch.numbers.buffer, batch.times.buffer];
}
