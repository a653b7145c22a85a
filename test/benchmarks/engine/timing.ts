export interface Timing {
  readonly milliseconds: number;
  readonly hits: number;
}

/**
 * How long work in `segments` parts takes on a machine that others use too: each part's best of `rounds`, added up. A part
 * of about a millisecond is seldom interrupted in every round.
 */
export function best(rounds: number, segments: number, run: (segment: number) => number): Timing {
  const shortest = new Float64Array(segments).fill(Number.POSITIVE_INFINITY);
  let hits = 0;
  for (let round = 0; round < rounds; round += 1) {
    hits = 0;
    for (let segment = 0; segment < segments; segment += 1) {
      const start = performance.now();
      hits += run(segment);
      shortest[segment] = Math.min(shortest[segment] ?? 0, performance.now() - start);
    }
  }
  return { milliseconds: shortest.reduce((sum, each) => sum + each, 0), hits };
}
