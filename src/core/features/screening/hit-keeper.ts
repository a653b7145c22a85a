import type { Found } from './screener.ts';

/** What decides which hits of a message are kept where it has more than are. */
export interface Weighed {
  readonly entry: number;
  readonly start: number;
  readonly end: number;
}

/** Ranks of importance: a hit that does not count, one that does, and the first one of its entry; within each, by gravity. */
const firstOfEntry = 200;
const counting = 100;

/**
 * Keeps at most so many hits of one text: the first of every entry before all others, then the gravest ones, then those
 * that stand first. Silenced ones come last of all. So neither padding nor another lexicon's flood can hide a grave hit,
 * and however many come, few are held.
 */
export class HitKeeper {
  readonly #most: number;
  readonly #gravityOf: (entry: number) => number;
  #kept: Found[] = [];
  /** Only once there are too many: before that, what is kept says it. */
  #ranks: Map<Found, number> | null = null;
  #met = new Set<number>();
  /** The least of those that were kept when it was last full: what comes behind it is not looked at. */
  #least: { readonly found: Weighed; readonly rank: number } | null = null;
  #dropped = false;

  constructor(most: number, gravityOf: (entry: number) => number) {
    this.#most = most;
    this.#gravityOf = gravityOf;
  }

  /** Whether any was left out since `clear`. */
  get dropped(): boolean {
    return this.#dropped;
  }

  clear(): void {
    if (this.#kept.length > 0) this.#kept = [];
    if (this.#ranks !== null) {
      this.#ranks = null;
      this.#met = new Set();
    }
    this.#least = null;
    this.#dropped = false;
  }

  /** Whether a hit would be kept if it counts: where not, it is spared to ask whether it does. Says that it was left out. */
  wants(found: Weighed): boolean {
    const least = this.#least;
    if (least === null) return true;
    const rank = this.#countingRank(found.entry);
    if (rank > least.rank || (rank === least.rank && byPlace(found, least.found) < 0)) return true;
    this.#dropped = true;
    return false;
  }

  add(found: Found): void {
    if (this.#ranks !== null) this.#rank(found, this.#ranks);
    this.#kept.push(found);
    if (this.#kept.length >= this.#most * 2) this.#prune();
  }

  /** Those that are kept; in order of place where any were left out, else as they came. */
  take(): readonly Found[] {
    if (this.#kept.length > this.#most) this.#prune();
    return this.#kept;
  }

  #countingRank(entry: number): number {
    return (this.#met.has(entry) ? counting : firstOfEntry) + this.#gravityOf(entry);
  }

  #rank(found: Found, ranks: Map<Found, number>): void {
    if (found.silencedBy !== null) ranks.set(found, this.#gravityOf(found.entry));
    else {
      ranks.set(found, this.#countingRank(found.entry));
      this.#met.add(found.entry);
    }
  }

  #prune(): void {
    let ranks = this.#ranks;
    if (ranks === null) {
      ranks = new Map();
      for (const found of this.#kept) this.#rank(found, ranks);
    }
    const known = ranks;
    const rankOf = (found: Found) => known.get(found) ?? 0;
    const best = this.#kept.toSorted((a, b) => rankOf(b) - rankOf(a) || byPlace(a, b)).slice(0, this.#most);
    const last = best.at(-1);
    if (last !== undefined) this.#least = { found: last, rank: rankOf(last) };
    this.#ranks = new Map(best.map((found) => [found, rankOf(found)]));
    this.#kept = best.toSorted(byPlace);
    this.#dropped = true;
  }
}

/**
 * At most so many of one message's hits, in the order in which they are given: the first of every entry before all others,
 * then the gravest, then those in front.
 */
export function keepGravest<Hit extends { readonly entry: number }>(
  hits: readonly Hit[],
  most: number,
  gravityOf: (entry: number) => number,
): readonly Hit[] {
  if (hits.length <= most) return hits;
  const met = new Set<number>();
  const ranked = hits.map(({ entry }, place) => {
    const rank = (met.has(entry) ? counting : firstOfEntry) + gravityOf(entry);
    met.add(entry);
    return { place, rank };
  });
  const kept = ranked.toSorted((a, b) => b.rank - a.rank || a.place - b.place).slice(0, most);
  return kept.toSorted((a, b) => a.place - b.place).flatMap(({ place }) => hits[place] ?? []);
}

function byPlace(a: Weighed, b: Weighed): number {
  return a.end - b.end || a.start - b.start || a.entry - b.entry;
}
