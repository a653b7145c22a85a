import { parentPort, workerData } from 'node:worker_threads';

import { compileMatcher } from './matcher.ts';
import { scanBatch } from './scan-batch.ts';
import type { ScanReply, ScanRequest, ScanStart } from './scan-protocol.ts';

// The entry of a scan pool's worker (platform/scan-pool.ts), and the only file here that knows of Node.

const start = workerData as ScanStart;
const matcher = compileMatcher(
  start.terms.map((text) => ({ text })),
  { folds: start.folds },
);

parentPort?.on('message', (request: ScanRequest) => {
  const hits = scanBatch(matcher, request.batch);
  parentPort?.postMessage({ id: request.id, hits } satisfies ScanReply, [hits.buffer]);
});
