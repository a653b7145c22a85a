import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

import { wasmModulePath, wasmModuleText } from '../../../../../scripts/lib/wasm-module.ts';

it('is what its source compiles to, to the byte', async () => {
  expect(await readFile(wasmModulePath, 'utf8')).toBe(await wasmModuleText());
}, 60_000);
