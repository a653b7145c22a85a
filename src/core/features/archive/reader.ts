import { Worker } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { ReadPart } from './read-archive.ts';
import { type ReaderMessage, type ReaderRequest, type ReaderStart, batchMemory } from './reader-protocol.ts';

/** A part, and the way to say that it has been dealt with. */
export interface DeliveredPart {
  readonly part: ReadPart;
  release(): void;
}

export interface ArchiveReader {
  /**
   * Reads a file, when the one before it is read or given up. Parts come as fast as they are released; `credits` of them may
   * be under way. Throws the AppError that the file met.
   */
  read(start: ReaderStart): AsyncGenerator<DeliveredPart>;
  close(): Promise<void>;
}

/**
 * Reads files one after another in a thread, which starts with the first of them and lives until `close`: to start one takes
 * longer than to read a small file.
 */
export function createArchiveReader(): ArchiveReader {
  let thread: Worker | null = null;
  let lastFile = 0;

  function started(): Worker {
    const worker = new Worker(workerUrl('archive-reader'), {
      // What the reader makes dies young: a nursery of V8's own size (3 times 16 to 32 MiB) would only hold garbage longer.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    worker.on('error', () => {
      if (thread === worker) thread = null;
    });
    return worker;
  }

  async function close(): Promise<void> {
    const closing = thread;
    thread = null;
    await closing?.terminate();
  }

  async function* read(start: ReaderStart): AsyncGenerator<DeliveredPart> {
    thread ??= started();
    const worker = thread;
    lastFile += 1;
    const file = lastFile;
    const ask = (request: ReaderRequest, memory: ArrayBuffer[] = []) => worker.postMessage(request, memory);
    const arrived: ReaderMessage[] = [];
    let wake: () => void = () => {};
    let crash: Error | null = null;
    let isOver = false;
    const hear = (message: ReaderMessage) => {
      arrived.push(message);
      wake();
    };
    const fail = (error: unknown) => {
      crash = error instanceof Error ? error : new Error(String(error));
      wake();
    };
    worker.on('message', hear).on('error', fail);
    ask({ type: 'read', file, start });
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
              release: () => ask({ type: 'credit', file, batch }, batch === null ? [] : batchMemory(batch)),
            };
            break;
          }
          case 'done':
            isOver = true;
            return;
          case 'failed':
            isOver = true;
            throw new AppError(message.error.code, message.error.message, message.error.details);
        }
      }
    } finally {
      worker.off('message', hear).off('error', fail);
      // The rest of a file that was given up would be taken for the next one's.
      if (!isOver) await close();
    }
  }

  return { read, close };
}
