import type { Explainer } from '../../platform/explainer.ts';
import type { Log } from '../../platform/log.ts';
import type { MatchStep, ScreenerEntry } from '../screening/index.ts';

/** A field that a hit, or one part of it, stands in. */
export interface FieldOfHit {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * How what was written reads as the first entry's words, or what its rule's operands found (the other entries are those that
 * it refers to), piece by piece. Offsets are those of the field; of a hit that is split
 * across messages those of its parts in a row. Empty where the entry, as it is stored, does not explain the hit.
 */
export type ExplainHit = (
  entries: readonly [ScreenerEntry, ...ScreenerEntry[]],
  fields: readonly FieldOfHit[],
) => Promise<readonly MatchStep[]>;

/** Text on both sides that is looked at too: enough for whatever an entry asks of its neighbourhood. */
const reach = 500;

export function createExplainHit(explainer: Explainer, log: Log): ExplainHit {
  return async (entries, fields) => {
    const [entry] = entries;
    const [only] = fields;
    if (only === undefined) return [];
    const written = fields.map((field) => field.text.slice(field.start, field.end)).join('');
    const [from, text] =
      fields.length > 1
        ? [0, written]
        : [
            Math.max(0, only.start - reach),
            only.text.slice(Math.max(0, only.start - reach), only.end + reach),
          ];
    const start = fields.length > 1 ? 0 : only.start - from;
    // Said to the letter: nothing to work out.
    if (entry.options.rule === null && written === entry.text)
      return [
        { start: start + from, end: start + from + written.length, written, read: entry.text, folds: [] },
      ];
    try {
      const steps = await explainer.explain({ entries, text, start, end: start + written.length });
      return steps.map((step) => ({ ...step, start: step.start + from, end: step.end + from }));
    } catch (error) {
      // The hit can be decided without: it names its folds.
      log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'hit-not-explained');
      return [];
    }
  };
}
