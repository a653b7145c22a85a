import type { WorkerName } from '../../src/core/platform/worker-url.ts';

// Stands in for src/core/platform/worker-url.ts where vitest.config.ts says so: the same workers, from the build, as in a
// user's hands. The tests start a thousand of them, and one from sources takes twice as long to load.

/** The URL to start the worker from, in the build. */
export function workerUrl(name: WorkerName): URL {
  return new URL(`../../out/main/${name}.js`, import.meta.url);
}
