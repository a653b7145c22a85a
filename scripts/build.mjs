// `npm run build`: compiles the engine's WebAssembly and builds every host and the screens into out/; prints nothing unless it fails.
import { requireNode } from './node-version.mjs';

await requireNode();
const { build } = await import('./lib/build.ts');
const { writeWasmModule } = await import('./lib/wasm-module.ts');
try {
  await writeWasmModule();
  await build();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
