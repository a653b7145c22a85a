import { parentPort, workerData } from 'node:worker_threads';

import { createGenerator } from '../../../src/core/features/screening/generators/index.ts';
import { createBenchStratum } from './bench-stratum.ts';

// A worker of engine.bench.ts: scans its part of a shared text whenever it is told to.

/** What a worker starts with. */
export interface ScanChildData {
  readonly terms: readonly string[];
  readonly units: Uint16Array;
}

const { terms, units }: ScanChildData = workerData;
const generator = createGenerator(createBenchStratum(terms));
const nothing = () => undefined;

parentPort?.on('message', ({ from, to }: { from: number; to: number }) => {
  let hits = 0;
  generator.scanUnits(units, from, to, () => (hits += 1), nothing);
  parentPort?.postMessage(hits);
});
