import type { Generator, Stratum } from '../stratum.ts';
import { createAnchors } from './anchors.ts';
import { createAutomaton } from './automaton.ts';
import { createWebAssembly } from './webassembly.ts';

export const engineNames = ['wasm', 'anchors', 'automaton'] as const;
export type EngineName = (typeof engineNames)[number];

export interface GeneratorOptions {
  /** `auto`, the fastest that works here, unless said. `wasm` is the JavaScript anchors where there is no WebAssembly. */
  readonly engine?: 'auto' | EngineName;
}

/** A generator of a stratum's occurrences. All engines find the same. */
export function createGenerator(stratum: Stratum, options: GeneratorOptions = {}): Generator {
  const engine = options.engine ?? 'auto';
  switch (engine) {
    case 'auto':
    case 'wasm':
      return createWebAssembly(stratum) ?? createAnchors(stratum);
    case 'anchors':
      return createAnchors(stratum);
    case 'automaton':
      return createAutomaton(stratum);
  }
}
