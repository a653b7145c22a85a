// `npm start`: builds when needed, then opens the window; where there can be none, says why in one line and serves the
// same app to the browser. `--dev` runs it with live reloading, `--browser` always takes the browser.
import { requireNode } from './node-version.mjs';

await requireNode();
const { start } = await import('./lib/start.ts');
try {
  await start();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
