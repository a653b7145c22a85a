import { AppError } from '../../contract/errors.ts';
import type { SignedIn } from '../../contract/handlers.ts';
import type { BlobId, LexiconId } from '../../contract/ids.ts';
import type { Services } from '../../platform/services.ts';
import { createTaskThreads } from '../../platform/threads/task-threads.ts';
import { workerEntry } from '../../platform/worker-url.ts';
import type { LexiconWarning } from './contract.ts';
import type { SettingsPreview } from './import-terms.ts';
import type { TermDefaults } from './lexicon-file.ts';
import type { FileSettings } from './settings-contract.ts';

/** What a person wants to be imported, and how. */
export interface ImportRequest extends TermDefaults {
  readonly lexiconId: LexiconId;
  readonly blobId: BlobId;
  readonly fileName: string;
  readonly mode: 'add' | 'replace';
}

/** A file, and the lexicon that it may be imported into. */
export type PreviewRequest = Pick<ImportRequest, 'lexiconId' | 'blobId' | 'fileName'>;

/** What crosses to the thread for a look at a file. */
export interface PreviewStart {
  readonly task: 'preview';
  readonly directory: string;
  readonly request: PreviewRequest;
}

/** What crosses to the thread for an import. */
export interface ImportStart {
  readonly task: 'import';
  readonly directory: string;
  readonly user: SignedIn;
  readonly request: ImportRequest;
}

export interface ImportOutcome {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly settings: FileSettings;
  readonly warnings: readonly LexiconWarning[];
}

export interface LexiconImporter {
  /**
   * Imports a file in one transaction. Rejects as `readLexiconBlob` and `importTerms` do, with `throttled` when too many wait, and
   * with `cancelled` when the workspace closes.
   */
  import(user: SignedIn, request: ImportRequest): Promise<ImportOutcome>;
  /** Says what an import would do about a file's settings. Rejects as `import` does, where the file can't be read. */
  preview(request: PreviewRequest): Promise<SettingsPreview>;
  close(): Promise<void>;
}

/** Imports files, each in a thread of its own: 200,000 terms would keep the application's thread busy for seconds. */
export function createLexiconImporter({
  directory,
  log,
}: Pick<Services, 'directory' | 'log'>): LexiconImporter {
  const threads = createTaskThreads<ImportStart, ImportOutcome>({
    entry: workerEntry('lexicon-import-worker'),
    log,
    limits: {
      // The largest file takes seconds; a thread that takes this long has met a mistake of ours.
      time: 10 * 60_000,
      // They would wait for each other at the database anyway.
      atOnce: 1,
      waiting: 20,
    },
    tooMany: 'Too many lexicons are being imported. Wait a moment.',
    whenFailed() {
      throw new AppError(
        'internal',
        'The thread that imports lexicons stopped; nothing was imported. Try again; the log has the reason.',
      );
    },
  });
  const previews = createTaskThreads<PreviewStart, SettingsPreview>({
    entry: workerEntry('lexicon-import-worker'),
    log,
    // Beside imports, which it would wait for otherwise: somebody is looking at the dialog.
    limits: { time: 60_000, atOnce: 1, waiting: 20 },
    tooMany: 'Too many lexicon files are being read. Wait a moment.',
    whenFailed() {
      throw new AppError(
        'internal',
        'The thread that reads lexicon files stopped. Try again; the log has the reason.',
      );
    },
  });
  return {
    import: (user, request) => threads.run({ task: 'import', directory, user, request }),
    preview: (request) => previews.run({ task: 'preview', directory, request }),
    async close() {
      await threads.close();
      await previews.close();
    },
  };
}
