import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// Hundreds of worker threads and child processes are started, which strip and compile the same modules each time: with
// what the first of them compiled, starting one takes half as long.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '.cache', 'node');

// `npm test` has built what the browser tests drive, and says so: workers come from there. The module that names them
// believes itself to lie in the build; each of the thousand that are started loads in half the time it takes from sources.
const builtWorkers: Plugin = {
  name: 'built-workers',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/src/core/platform/worker-url.ts')) return null;
    const beside = pathToFileURL(join(import.meta.dirname, 'out', 'main', 'index.js')).href;
    return code.replaceAll('import.meta.url', () => JSON.stringify(beside));
  },
};

// Three projects so that a person can run the quick ones alone: `npm test -- --project unit`.
export default defineConfig({
  plugins: process.env['COUNTERSIGN_BUILT_WORKERS'] === '1' ? [builtWorkers] : [],
  test: {
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: './test/support/run-folder.ts',
    projects: [
      {
        extends: true,
        // vitest's five seconds are no time on a machine with other work; what must be quick says so itself.
        test: { name: 'unit', include: ['src/**/*.test.ts', 'test/*.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // vitest's second is no time for a screen on a loaded machine.
          expect: { poll: { timeout: 60_000 } },
          // A browser on a shared machine may stumble once in thousands of steps, and that alone shall not stop a
          // release. `npm test` names every test that needed its second try: each is a race to be found. Nowhere else:
          // at a desk such a test must fail.
          retry: process.env['CI'] === 'true' ? 1 : 0,
        },
      },
    ],
  },
});
