import type { Generator, Stratum } from '../stratum.ts';
import { createAnchors } from './anchors.ts';
import { createAutomaton } from './automaton.ts';
import { inTurn } from './in-turn.ts';
import { createWebAssembly } from './webassembly.ts';

/** The ways to look for patterns: all find the same. */
export const engineNames = ['wasm', 'anchors', 'automaton'] as const;
export type EngineName = (typeof engineNames)[number];

/** How a generator is made. */
export interface GeneratorOptions {
  /** `auto`, the fastest that works here, unless said. `wasm` is the JavaScript anchors where there is no WebAssembly. */
  readonly engine?: 'auto' | EngineName;
}

/**
 * A generator of the occurrences of one stratum's patterns, or of two strata's, of which the second is the coarser one
 * (by sound) where one pass over the text is to do for both. All engines find the same.
 */
export function createGenerator(
  strata: readonly [Stratum] | readonly [Stratum, Stratum],
  options: GeneratorOptions = {},
): Generator {
  const engine = options.engine ?? 'auto';
  switch (engine) {
    case 'auto':
    case 'wasm':
      return createWebAssembly(strata) ?? inTurn(strata.map(createAnchors));
    case 'anchors':
      return inTurn(strata.map(createAnchors));
    case 'automaton':
      return inTurn(strata.map(createAutomaton));
  }
}
