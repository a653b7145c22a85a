import { Worker } from 'node:worker_threads';

import { AppError } from '../contract/errors.ts';
import type { FoldName } from '../features/screening/model.ts';
import type {
  ScanBatch,
  ScanHits,
  ScanReply,
  ScanRequest,
  ScanStart,
} from '../features/screening/scan-protocol.ts';
import { workerUrl } from './worker-url.ts';

export interface ScanPool {
  readonly workers: number;
  /**
   * Scans one batch in the least busy worker. The batch's buffers are transferred: they are empty afterwards. Have at
   * most two or three batches per worker under way, since each waits in memory.
   */
  scan(batch: ScanBatch): Promise<ScanHits>;
  /** Stops the workers; batches under way are rejected as `cancelled`. */
  close(): Promise<void>;
}

interface Member {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve(hits: ScanHits): void; reject(error: unknown): void }>;
  failure: unknown;
}

/** Starts `workers` threads, each with the terms compiled. A worker that dies rejects what it was given. */
export function createScanPool(
  workers: number,
  terms: readonly { readonly text: string }[],
  folds: readonly FoldName[],
): ScanPool {
  const start: ScanStart = { terms: terms.map((term) => term.text), folds };
  let lastId = 0;
  let closed = false;

  function stop(member: Member, error: unknown): void {
    member.failure = error;
    for (const entry of member.waiting.values()) entry.reject(error);
    member.waiting.clear();
  }

  const members = Array.from({ length: Math.max(1, workers) }, (): Member => {
    const member: Member = {
      worker: new Worker(workerUrl('scan-worker'), { workerData: start }),
      waiting: new Map(),
      failure: null,
    };
    member.worker.on('message', (reply: ScanReply) => {
      member.waiting.get(reply.id)?.resolve(reply.hits);
      member.waiting.delete(reply.id);
    });
    member.worker.on('error', (error) => stop(member, error));
    member.worker.on('exit', () => {
      if (!closed)
        stop(member, member.failure ?? new AppError('internal', 'A screening thread stopped. Run it again.'));
    });
    return member;
  });

  return {
    workers: members.length,
    scan(batch) {
      const member = members.reduce((least, other) =>
        other.waiting.size < least.waiting.size ? other : least,
      );
      if (closed) return Promise.reject(new AppError('cancelled', 'Stopped on request.'));
      if (member.failure !== null) return Promise.reject(member.failure);
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        member.waiting.set(id, { resolve, reject });
        member.worker.postMessage({ id, batch } satisfies ScanRequest, [
          batch.units.buffer,
          batch.offsets.buffer,
        ]);
      });
    },
    async close() {
      closed = true;
      for (const member of members) stop(member, new AppError('cancelled', 'Stopped on request.'));
      await Promise.all(members.map((member) => member.worker.terminate()));
    },
  };
}
