import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';

import { AppError } from '../../../contract/errors.ts';
import { workerUrl } from '../../../platform/worker-url.ts';
import type { ScanSetup, ScannedPiece, SegmentReply, SegmentRequest, SetupRequest } from './protocol.ts';

interface Waiting {
  resolve(piece: ScannedPiece): void;
  reject(error: unknown): void;
}

/** Threads that scan segments of files. */
export interface SegmentPool {
  readonly size: number;
  /** Says what to look for: once. Segments may come before; they are read, and scanned when it is said. */
  setUp(setup: ScanSetup, joins: boolean): void;
  /** Segments are to be given in the order of their file. */
  scan(segment: Omit<SegmentRequest, 'kind' | 'id' | 'turn'>): Promise<ScannedPiece>;
  close(): Promise<void>;
}

export function createSegmentPool(workers: number): SegmentPool {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let failure: { readonly error: unknown } | null = null;
  let closing = false;

  function fail(error: unknown): void {
    failure ??= { error };
    for (const each of waiting.values()) each.reject(error);
    waiting.clear();
  }

  const threads = Array.from({ length: workers }, () => {
    const worker = new Worker(workerUrl('archive-scan-worker'), {
      // What a segment makes dies with it: a large nursery would only hold garbage longer.
      resourceLimits: { maxYoungGenerationSizeMb: 6 },
    });
    const member = { worker, busy: 0, given: 0 };
    worker.on('message', (reply: SegmentReply) => {
      member.busy -= 1;
      const asked = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('piece' in reply) asked?.resolve(reply.piece);
      else asked?.reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
    });
    worker.on('error', fail);
    worker.on('exit', () => {
      if (!closing) fail(new AppError('internal', 'A scanning thread stopped. Run it again.'));
    });
    return member;
  });

  return {
    size: threads.length,
    setUp(setup, joins) {
      const ports = threads.map((): MessagePort[] => []);
      if (joins) {
        // A channel between each two.
        ports.forEach((own, index) => {
          for (const other of ports.slice(index + 1)) {
            const { port1, port2 } = new MessageChannel();
            own.push(port1);
            other.push(port2);
          }
        });
      }
      threads.forEach(({ worker }, index) => {
        const peers = ports[index] ?? [];
        worker.postMessage({ kind: 'setup', setup, peers } satisfies SetupRequest, peers);
      });
    },
    scan: (segment) =>
      new Promise((resolve, reject) => {
        const member = threads.toSorted((a, b) => a.busy - b.busy || a.given - b.given)[0];
        if (failure !== null || member === undefined) {
          reject(failure?.error ?? new AppError('internal', 'There is no scanning thread.'));
          return;
        }
        lastId += 1;
        member.busy += 1;
        member.given = lastId;
        waiting.set(lastId, { resolve, reject });
        member.worker.postMessage({
          ...segment,
          kind: 'segment',
          id: lastId,
          turn: lastId - 1,
        } satisfies SegmentRequest);
      }),
    async close() {
      closing = true;
      waiting.clear();
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
