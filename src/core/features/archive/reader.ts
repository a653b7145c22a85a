import { Worker } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { ReadPart } from './read-archive.ts';
import { type ReaderCredit, type ReaderMessage, type ReaderStart, batchMemory } from './reader-protocol.ts';

/** A part, and the way to say that it has been dealt with. */
export interface DeliveredPart {
  readonly part: ReadPart;
  release(): void;
}

/** Reads a file in a worker. Parts come as fast as they are released; `credits` of them may be under way. */
export async function* readInWorker(start: ReaderStart): AsyncGenerator<DeliveredPart> {
  const worker = new Worker(workerUrl('archive-reader'), {
    workerData: start,
    // What the reader makes dies young: a nursery of V8's own size (3 times 16 to 32 MiB) would only hold garbage longer.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const arrived: ReaderMessage[] = [];
  let wake: () => void = () => {};
  let crash: Error | null = null;
  worker.on('message', (message: ReaderMessage) => {
    arrived.push(message);
    wake();
  });
  worker.on('error', (error) => {
    crash = error instanceof Error ? error : new Error(String(error));
    wake();
  });
  try {
    for (;;) {
      const message = arrived.shift();
      if (message === undefined) {
        if (crash !== null) throw crash;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      switch (message.type) {
        case 'part': {
          const { part } = message;
          const batch = part.type === 'entries' ? part.batch : null;
          yield {
            part,
            release() {
              const credit: ReaderCredit = { batch };
              worker.postMessage(credit, batch === null ? [] : batchMemory(batch));
            },
          };
          break;
        }
        case 'done':
          return;
        case 'failed':
          throw new AppError(message.error.code, message.error.message, message.error.details);
      }
    }
  } finally {
    await worker.terminate();
  }
}
