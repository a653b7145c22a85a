import { Worker } from 'node:worker_threads';

import { AppError, type ErrorBody } from '../../contract/errors.ts';
import type { SignedIn } from '../../contract/handlers.ts';
import type { BlobId, LexiconId } from '../../contract/ids.ts';
import type { Services } from '../../platform/services.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { LexiconWarning } from './contract.ts';
import type { TermDefaults } from './lexicon-file.ts';

/** What a person wants to be imported, and how. */
export interface ImportRequest extends TermDefaults {
  readonly lexiconId: LexiconId;
  readonly blobId: BlobId;
  readonly fileName: string;
  readonly mode: 'add' | 'replace';
}

/** What the thread is started with. */
export interface ImportStart {
  readonly directory: string;
  readonly user: SignedIn;
  readonly request: ImportRequest;
}

export interface ImportOutcome {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly warnings: readonly LexiconWarning[];
}

/** What it sends before it ends. */
export type ImportReply = { readonly outcome: ImportOutcome } | { readonly error: ErrorBody };

/**
 * Imports a file in a thread of its own, in one transaction: a file of 200,000 terms would keep the application's thread busy
 * for seconds. Rejects as `readLexiconBlob` and `importTerms` do.
 */
export function importInThread(
  { directory, log }: Pick<Services, 'directory' | 'log'>,
  user: SignedIn,
  request: ImportRequest,
): Promise<ImportOutcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl('lexicon-import-worker'), {
      workerData: { directory, user, request } satisfies ImportStart,
    });
    worker.on('message', (reply: ImportReply) => {
      if ('outcome' in reply) resolve(reply.outcome);
      else reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
    });
    worker.on('error', (error) => {
      log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'lexicon-import-worker-failed');
      reject(stopped());
    });
    // After its answer this changes nothing.
    worker.on('exit', () => reject(stopped()));
  });
}

const stopped = () =>
  new AppError(
    'internal',
    'The thread that imports lexicons stopped; nothing was imported. Try again; the log has the reason.',
  );
