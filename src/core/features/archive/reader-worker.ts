import { parentPort } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import { type Batch, newBatch } from './batch.ts';
import { readArchive } from './read-archive.ts';
import { type ReaderMessage, type ReaderRequest, type ReaderStart, batchMemory } from './reader-protocol.ts';

// Reads, unpacks, cuts and decodes in a thread of its own, while the job's thread inserts. One file after the other, until
// the job ends the thread.

const pool: Batch[] = [];
let file = 0;
let credits = 0;
/** Goes on where the reading waits for a credit, or the thread for a file. */
let wake: () => void = () => {};
let next: ReaderStart | null = null;

parentPort?.on('message', (request: ReaderRequest) => {
  switch (request.type) {
    case 'read':
      ({ file, start: next } = request);
      ({ credits } = request.start);
      break;
    case 'credit':
      if (request.batch !== null) pool.push(request.batch);
      if (request.file === file) credits += 1;
      break;
  }
  wake();
});

function woken(): Promise<void> {
  return new Promise((resolve) => {
    wake = resolve;
  });
}

function send(message: ReaderMessage, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

async function read(start: ReaderStart): Promise<void> {
  try {
    for await (const part of readArchive(start.path, { ...start, nextBatch: () => emptied(pool.pop()) })) {
      while (credits === 0) await woken();
      credits -= 1;
      send({ type: 'part', part }, part.type === 'entries' ? batchMemory(part.batch) : []);
    }
    send({ type: 'done' });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    send({ type: 'failed', error: error.toBody() });
  }
}

function emptied(used: Batch | undefined): Batch {
  // A batch that grew for one huge entry is not kept.
  if (used === undefined || used.bytes.length > 8 * 2 ** 20) return newBatch();
  return newBatch(used);
}

for (;;) {
  if (next === null) {
    await woken();
    continue;
  }
  const start: ReaderStart = next;
  next = null;
  await read(start);
}
