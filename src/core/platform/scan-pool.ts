import { Worker } from 'node:worker_threads';

import { AppError } from '../contract/errors.ts';
import type {
  ScanBatch,
  ScanReply,
  ScanRequest,
  ScanResult,
  ScanStart,
} from '../features/screening/scan-protocol.ts';
import { workerUrl } from './worker-url.ts';

export interface ScanPool {
  readonly workers: number;
  /**
   * Scans one batch in the least busy worker. The batch's buffers are transferred: they are empty afterwards. Have at
   * most two or three batches per worker under way, since each waits in memory.
   */
  scan(batch: ScanBatch): Promise<ScanResult>;
  /** Stops the workers; batches under way are rejected as `cancelled`. */
  close(): Promise<void>;
}

interface Member {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve(result: ScanResult): void; reject(error: unknown): void }>;
  failure: unknown;
}

/** Starts `workers` threads, each with the entries compiled. A worker that dies rejects what it was given. */
export function createScanPool(workers: number, start: ScanStart): ScanPool {
  let lastId = 0;
  let closed = false;

  function stop(member: Member, error: unknown): void {
    member.failure = error;
    for (const entry of member.waiting.values()) entry.reject(error);
    member.waiting.clear();
  }

  const members = Array.from({ length: Math.max(1, workers) }, (): Member => {
    const member: Member = {
      worker: new Worker(workerUrl('scan-worker'), {
        workerData: start,
        // What a batch leaves behind dies young; V8's own nursery would only keep it longer (jobs/runner.ts).
        resourceLimits: { maxYoungGenerationSizeMb: 24 },
      }),
      waiting: new Map(),
      failure: null,
    };
    member.worker.on('message', (reply: ScanReply) => {
      member.waiting.get(reply.id)?.resolve(reply.result);
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
        member.worker.postMessage({ kind: 'scan', id, batch } satisfies ScanRequest, buffersOfBatch(batch));
      });
    },
    async close() {
      closed = true;
      for (const member of members) stop(member, new AppError('cancelled', 'Stopped on request.'));
      await Promise.all(members.map((member) => member.worker.terminate()));
    },
  };
}

/** The buffers that go over with a batch. */
function buffersOfBatch({ units, offsets, circumstances, joined }: ScanBatch): ArrayBuffer[] {
  const columns = [
    units,
    offsets,
    ...(circumstances === null
      ? []
      : [
          circumstances.speakers,
          circumstances.channels,
          circumstances.kinds,
          circumstances.branches,
          circumstances.minutes,
        ]),
    ...(joined === null ? [] : [joined.joints, joined.jointOffsets, joined.parts, joined.partOffsets]),
  ];
  return columns.map((column) => column.buffer);
}
