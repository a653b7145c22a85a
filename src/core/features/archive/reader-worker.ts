import { parentPort, workerData } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import { type Batch, newBatch } from './batch.ts';
import { readArchive } from './read-archive.ts';
import { type ReaderCredit, type ReaderMessage, type ReaderStart, batchMemory } from './reader-protocol.ts';

// Reads, unpacks, cuts and decodes in a thread of its own, while the job's thread inserts.

async function run(start: ReaderStart): Promise<void> {
  const pool: Batch[] = [];
  let credits = start.credits;
  let wake: () => void = () => {};
  parentPort?.on('message', ({ batch }: ReaderCredit) => {
    if (batch !== null) pool.push(batch);
    credits += 1;
    wake();
  });
  const send = (message: ReaderMessage, transfer: ArrayBuffer[] = []) =>
    parentPort?.postMessage(message, transfer);
  try {
    for await (const part of readArchive(start.path, { ...start, nextBatch: () => emptied(pool.pop()) })) {
      while (credits === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      credits -= 1;
      send({ type: 'part', part }, part.type === 'entries' ? batchMemory(part.batch) : []);
    }
    send({ type: 'done' });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    send({ type: 'failed', error: error.toBody() });
  } finally {
    parentPort?.close();
  }
}

function emptied(used: Batch | undefined): Batch {
  // A batch that grew for one huge entry is not kept.
  if (used === undefined || used.bytes.length > 8 * 2 ** 20) return newBatch();
  return newBatch(used);
}

await run(workerData as ReaderStart);
