import { constants } from 'node:fs';
import { access } from 'node:fs/promises';

import { AppError } from '../../contract/errors.ts';
import type { Services } from '../../platform/services.ts';
import { createTaskThreads } from '../../platform/threads/task-threads.ts';
import type { ThreadFailure } from '../../platform/threads/thread.ts';
import { workerEntry } from '../../platform/worker-url.ts';
import type { ExtractReply, ExtractTask } from './extract-protocol.ts';
import type { ImportedBlocks } from './extract.ts';
import { hardTimeLimit, maxHeapMegabytes } from './limits.ts';
import type { DocumentProblem, ExtractedDocument } from './model.ts';

export interface ExtractLimits {
  /** Milliseconds until the thread is ended and the file has the problem `time-out`. */
  readonly timeLimit?: number;
  /** MiB of heap, beyond which the file is `too-large`. */
  readonly heapMegabytes?: number;
}

/**
 * Reads files on disk, each in a thread of its own. What is wrong with a file is in `problems`; rejects as the file system does where
 * it can't be opened, with `internal` where reading it met a mistake of ours, and with `cancelled` when the extractor is closed.
 */
export interface Extractor {
  document(path: string): Promise<ExtractedDocument>;
  blocks(path: string): Promise<ImportedBlocks>;
  close(): Promise<void>;
}

export function createExtractor({ log }: Pick<Services, 'log'>, limits: ExtractLimits = {}): Extractor {
  const threads = createTaskThreads<ExtractTask, ExtractReply>({
    entry: workerEntry('extract-worker'),
    log,
    limits: {
      time: limits.timeLimit ?? hardTimeLimit,
      heapMegabytes: limits.heapMegabytes ?? maxHeapMegabytes,
      // Two files at once: a PDF of 200 MB may take a gigabyte.
      atOnce: 2,
      // Whoever sends a material in waits for however many files it has; until its turn comes a file is but a path.
      waiting: Number.POSITIVE_INFINITY,
    },
    tooMany: 'Too many files are being read. Wait a moment.',
    whenFailed: (failure, task) => unreadReply(task, problemOf(failure)),
  });

  async function read(task: ExtractTask): Promise<ExtractReply> {
    await access(task.path, constants.R_OK);
    return threads.run(task);
  }

  return {
    async document(path) {
      const reply = await read({ path, want: 'document' });
      if (reply.want !== 'document') throw new Error('the thread answered another question');
      return reply.document;
    },
    async blocks(path) {
      const reply = await read({ path, want: 'blocks' });
      if (reply.want !== 'blocks') throw new Error('the thread answered another question');
      return reply.imported;
    },
    close: () => threads.close(),
  };
}

/** What a thread's end says of the file that it read. Throws where it says nothing of the file. */
function problemOf(failure: ThreadFailure): DocumentProblem {
  switch (failure) {
    case 'overrun':
      return 'time-out';
    case 'out-of-memory':
      return 'too-large';
    case 'ended':
      // A library waits for what never comes.
      return 'broken';
    case 'crashed':
    case 'mistake':
      throw new AppError('internal', 'This file could not be read. Try again; the log has the reason.');
  }
}

function unreadReply({ want }: ExtractTask, problem: DocumentProblem): ExtractReply {
  return want === 'blocks'
    ? { want, imported: { blocks: [], problems: [problem] } }
    : {
        want,
        document: {
          kind: 'other',
          mediaType: 'application/octet-stream',
          text: '',
          pages: null,
          codes: [],
          links: [],
          problems: [problem],
        },
      };
}
