import type { Generator, Stratum } from '../stratum.ts';
import { createAnchors } from './anchors.ts';
import { createAutomaton } from './automaton.ts';
import { createWebAssembly } from './webassembly.ts';

/** The ways to look for patterns: all find the same, but for what nobody asks for (`Finer`). */
export const engineNames = ['wasm', 'anchors', 'automaton'] as const;
export type EngineName = (typeof engineNames)[number];

/** How a generator is made. */
export interface GeneratorOptions {
  /** `auto`, the fastest that works here, unless said. `wasm` is the JavaScript anchors where there is no WebAssembly. */
  readonly engine?: 'auto' | EngineName;
}

/** A generator of the occurrences of a stratum's patterns. */
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
