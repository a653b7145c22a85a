import { Worker } from 'node:worker_threads';

import { AppError } from '../../../../contract/errors.ts';
import type { Log } from '../../../../platform/log.ts';
import { workerUrl } from '../../../../platform/worker-url.ts';
import type { SheetRequest } from './sheet-protocol.ts';

/** A sheet takes half a second; a thread that takes this long has met a mistake of ours. */
const longest = 60_000;

export interface SheetMaker {
  /** The approval sheet as a PDF. */
  make(request: SheetRequest): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Makes sheets one after another, each in a thread of its own: laying out Chinese text is work of half a second. */
export function createSheetMaker(services: { readonly log: Log }): SheetMaker {
  let last: Promise<unknown> = Promise.resolve();
  let running: Worker | null = null;

  function run(request: SheetRequest): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(workerUrl('approval-sheet-worker'), { workerData: request });
      running = worker;
      const limit = setTimeout(() => void worker.terminate(), longest);
      worker.once('message', (pdf: Uint8Array) => resolve(pdf));
      worker.once('error', (error) => {
        services.log.error(
          { message: error instanceof Error ? error.message : '' },
          'approval-sheet-worker-failed',
        );
      });
      worker.once('exit', () => {
        clearTimeout(limit);
        running = null;
        // After a message this does nothing.
        reject(new AppError('internal', 'The sheet could not be made. Try again; the log has the reason.'));
      });
    });
  }

  return {
    make(request) {
      const made = last.then(() => run(request));
      last = made.catch(() => null);
      return made;
    },
    async close() {
      await running?.terminate();
    },
  };
}
