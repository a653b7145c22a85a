import { parentPort, workerData } from 'node:worker_threads';

import { screenBatch } from './scan-batch.ts';
import type { ExplainReply, ExplainRequest, ScanReply, ScanRequest, ScanStart } from './scan-protocol.ts';
import { type Screener, compileScreener } from './screener.ts';

// The entry of a scan pool's worker and of the explainer's (platform/scan-pool.ts, platform/explainer.ts), and the only file
// here that knows of Node.

const start = workerData as ScanStart;
const screener = compileScreener(
  start.entries,
  start.suppressions,
  start.force === null ? {} : { force: start.force },
);

/** Entries compiled for explaining: as many as a reviewer meets in a row. */
const mostCompiled = 100;
const compiled = new Map<string, Screener>();

function explain({ id, entries, text, start, end }: ExplainRequest): ExplainReply {
  const key = JSON.stringify(entries);
  let single = compiled.get(key);
  if (single === undefined) {
    if (compiled.size === mostCompiled) compiled.clear();
    single = compileScreener(entries, []);
    compiled.set(key, single);
  }
  return { id, steps: single.explain(0, text, start, end) };
}

parentPort?.on('message', (request: ScanRequest | ExplainRequest) => {
  switch (request.kind) {
    case 'scan': {
      const result = screenBatch(screener, request.batch);
      parentPort?.postMessage({ id: request.id, result } satisfies ScanReply, [
        result.hits.buffer,
        result.cut.buffer,
      ]);
      break;
    }
    case 'explain':
      parentPort?.postMessage(explain(request) satisfies ExplainReply);
      break;
  }
});
