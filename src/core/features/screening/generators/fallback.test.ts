import { afterEach, expect, it, vi } from 'vitest';

import { createGenerator } from './index.ts';

afterEach(() => vi.unstubAllGlobals());

function refusing(): never {
  throw new Error("Refused: 'unsafe-eval' is not allowed by the policy");
}

it.each([
  ['missing', undefined],
  ['forbidden by a policy', { Module: refusing }],
  ['out of memory', { Module: Object, Memory: refusing }],
])('finds the same where WebAssembly is %s', (_name, host) => {
  vi.stubGlobal('WebAssembly', host);
  const classOf = new Uint16Array(0x10000);
  classOf.set([0, 1, 2]);
  const patterns = {
    classes: Uint16Array.of(1, 2),
    offsets: Int32Array.of(0, 2),
    labels: Int32Array.of(7),
    classCount: 2,
  };
  const generator = createGenerator({ classOf, joined: new Uint16Array(0), patterns, collapse: true });
  expect(generator.scratch).toBeUndefined();
  const found: number[][] = [];
  generator.scanUnits(Uint16Array.of(0, 1, 1, 2, 2), 0, 5, (...occurrence) => found.push(occurrence));
  expect(found).toEqual([[7, 2, 4]]);
});
