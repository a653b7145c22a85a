// `npm run build:wasm`: compiles src/core/features/screening/wasm/assembly/ into wasm/module.ts, which is committed; a unit
// test fails when it no longer follows from its source. `npm run build` does it first.
import { requireNode } from './node-version.mjs';

await requireNode();
const { writeWasmModule } = await import('./lib/wasm-module.ts');
try {
  await writeWasmModule();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
