import type { Generator } from '../stratum.ts';

/** One generator out of those of several strata, each of which reads the text by itself. */
export function inTurn(generators: readonly Generator[]): Generator {
  const [only] = generators;
  if (only !== undefined && generators.length === 1) return only;
  return {
    scanUnits(units, from, to, onOccurrence, onTrigger) {
      generators.forEach((generator, index) => {
        const tell = (_: number, label: number, start: number, end: number) =>
          onOccurrence(index, label, start, end);
        generator.scanUnits(units, from, to, tell, index === 0 ? onTrigger : undefined);
      });
    },
  };
}
