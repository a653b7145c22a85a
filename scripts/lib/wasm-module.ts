import { readFile, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { main } from 'assemblyscript/asc';

const folder = new URL('../../src/core/features/screening/wasm/', import.meta.url);

/** The generated file, and the source that it comes from. */
export const wasmModulePath = fileURLToPath(new URL('module.ts', folder));
const sourceFolder = new URL('assembly/', folder);

/**
 * The text of the generated file: the same for the same source and compiler, to the byte.
 *
 * @throws Error with the compiler's messages
 */
export async function wasmModuleText(): Promise<string> {
  const names = (await readdir(sourceFolder)).filter((name) => name.endsWith('.ts'));
  const sources = new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(new URL(name, sourceFolder), 'utf8')] as const),
    ),
  );
  let binary = new Uint8Array(0);
  let messages = '';
  const { error } = await main(
    // No runtime and no imports but the memory: the host makes it as large as a lexicon needs.
    [
      'scan.ts',
      '--outFile',
      'scan.wasm',
      '-O3',
      '--converge',
      '--noAssert',
      '--runtime',
      'stub',
      '--importMemory',
      '--enable',
      'simd',
    ],
    {
      readFile: (name) => sources.get(name) ?? null,
      writeFile: (name, contents) => {
        if (name === 'scan.wasm' && typeof contents !== 'string') binary = Uint8Array.from(contents);
      },
      listFiles: () => [],
      stderr: {
        write: (text) => {
          messages += String(text);
        },
      },
    },
  );
  if (error !== null || binary.length === 0) throw new Error(`asc: ${error?.message ?? ''}\n${messages}`);
  return `// Made by \`npm run build:wasm\` from assembly/: ${binary.length.toLocaleString('en')} bytes of WebAssembly.
export const moduleBase64 =
  '${Buffer.from(binary).toString('base64')}';
`;
}

/** Brings the generated file up to date. Not touched where it is: a newer file would make the build look stale. */
export async function writeWasmModule(): Promise<void> {
  const text = await wasmModuleText();
  const present = await readFile(wasmModulePath, 'utf8').catch(() => '');
  if (present !== text) await writeFile(wasmModulePath, text);
}
