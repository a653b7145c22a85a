import type { Evidence } from './evidence.ts';
import { type Span, compareSpans, isBefore, momentKey, spanOf } from './spans.ts';

/** That an item became the leaver's, or did so again. */
export interface Gain {
  /** It certainly wasn't theirs just before this. */
  readonly notBefore: number;
  /** The first record of it, or the moment itself where a record names it. */
  readonly seen: number;
}

export const gainAt = (at: number): Gain => ({ notBefore: at, seen: at });

/** Whose an item was at some time. */
interface Sighting {
  readonly span: Span;
  readonly own: boolean;
}

/** Whether the records of each moment show the item as the leaver's; of several of one moment one is enough. */
function sightingsOf(
  records: readonly Evidence[],
  isOwn: (fact: Evidence) => boolean,
  without: readonly Evidence[],
): readonly Sighting[] {
  const sightings = new Map<string, Sighting>();
  for (const list of without) sightings.set(momentKey(list), { span: spanOf(list), own: false });
  for (const fact of records) {
    const key = momentKey(fact);
    sightings.set(key, { span: spanOf(fact), own: sightings.get(key)?.own === true || isOwn(fact) });
  }
  return [...sightings.values()].toSorted((one, other) => compareSpans(one.span, other.span));
}

/**
 * When an item became the leaver's, as far as records show it: after each that has it with others, or that covers what is the leaver's
 * and lacks it. `records` say whose it was; `without` are the lists that lack it. What stands at the beginning may always have been theirs.
 */
export function gainsOf(
  records: readonly Evidence[],
  isOwn: (fact: Evidence) => boolean,
  without: readonly Evidence[],
): readonly Gain[] {
  const gains: Gain[] = [];
  let last: Sighting | null = null;
  for (const sighting of sightingsOf(records, isOwn, without)) {
    if (last !== null && !last.own && sighting.own && isBefore(last.span, sighting.span))
      gains.push({ notBefore: last.span.from, seen: sighting.span.from });
    last = sighting;
  }
  return gains;
}
