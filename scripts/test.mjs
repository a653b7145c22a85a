// `npm test [-- VITEST ARGUMENTS]`: builds what the browser tests drive, runs vitest, and prints the sum as the very last
// line, `N passed, N failed` (and `, N skipped`), which continuous integration reads.
import { requireNode } from './node-version.mjs';

await requireNode();
const { runTests } = await import('./lib/test.ts');
try {
  await runTests();
} catch (error) {
  process.stdout.write(`${error.message}\n0 passed, 1 failed\n`);
  process.exitCode = 1;
}
