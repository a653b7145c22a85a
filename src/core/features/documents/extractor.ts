import { Worker } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { ExtractReply, ExtractStart } from './extract-protocol.ts';
import type { ImportedBlocks } from './extract.ts';
import { hardTimeLimit, maxHeapMegabytes } from './limits.ts';
import type { DocumentProblem, ExtractedDocument } from './model.ts';

export interface ExtractLimits {
  /** Milliseconds until the thread is ended and the file has the problem `time-out`. */
  readonly timeLimit?: number;
  /** MiB of heap, beyond which the file is `too-large`. */
  readonly heapMegabytes?: number;
}

export interface Extractor {
  /** Reads a file on disk in a thread of its own. Rejects with `cancelled` alone, and where the file can't be opened. */
  document(path: string): Promise<ExtractedDocument>;
  blocks(path: string): Promise<ImportedBlocks>;
  close(): Promise<void>;
}

/** Two files at once: a PDF of 200 MB may take a gigabyte. */
const mostThreads = 2;

export function createExtractor(limits: ExtractLimits = {}): Extractor {
  const { timeLimit = hardTimeLimit, heapMegabytes = maxHeapMegabytes } = limits;
  const running = new Set<{ readonly worker: Worker; cancel(): void }>();
  const waiting: { begin(): void; cancel(): void }[] = [];
  let closed = false;

  function read(start: ExtractStart): Promise<ExtractReply> {
    if (closed) return Promise.reject(cancelled());
    return new Promise((resolve, reject) => {
      const begin = () => {
        const worker = new Worker(workerUrl('extract-worker'), {
          workerData: start,
          resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
        });
        const end = (finish: () => void) => {
          if (!running.delete(entry)) return;
          clearTimeout(limit);
          void worker.terminate();
          finish();
          waiting.shift()?.begin();
        };
        const entry = { worker, cancel: () => end(() => reject(cancelled())) };
        const limit = setTimeout(() => end(() => resolve(failedReply(start, 'time-out'))), timeLimit);
        running.add(entry);
        worker.on('message', (reply: ExtractReply) => end(() => resolve(reply)));
        worker.on('error', (error) =>
          end(() => {
            if (isOutOfMemory(error)) resolve(failedReply(start, 'too-large'));
            else reject(error);
          }),
        );
        worker.on('exit', () => end(() => resolve(failedReply(start, 'broken'))));
      };
      if (running.size < mostThreads) begin();
      else waiting.push({ begin, cancel: () => reject(cancelled()) });
    });
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
    async close() {
      closed = true;
      for (const entry of waiting.splice(0)) entry.cancel();
      const workers = [...running].map(({ worker }) => worker);
      for (const entry of running) entry.cancel();
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function failedReply({ want }: ExtractStart, problem: DocumentProblem): ExtractReply {
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

const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
const cancelled = () => new AppError('cancelled', 'Stopped on request.');
