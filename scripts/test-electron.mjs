// `npm run test:electron [-- --fetch]`: drives the real window through the flows of the browser suite, wherever
// Electron's binary and a display (or xvfb-run) can be had; elsewhere says in one line why not. The last line is the sum.
import { requireNode } from './node-version.mjs';

await requireNode();
const { testElectron } = await import('./lib/test-electron.ts');
try {
  await testElectron();
} catch (error) {
  process.stdout.write(`${error.message}\n0 passed, 1 failed\n`);
  process.exitCode = 1;
}
