import type { RiskLevel } from './kinds.ts';

// The weights are ours: docs/handovers.md says so, and shows the sum with every handover.

/** What a finding adds to the others of its kind: 16 of them are a quarter of a hundred more than one. */
const perDoubling = 6;
const mostOfKind = 95;
/** Signs are no proof, however many. */
const mostOfAll = 99;

export interface Scored {
  readonly kind: string;
  readonly score: number;
}

export interface RiskPart {
  readonly kind: string;
  readonly count: number;
  /** 0 to 100. */
  readonly score: number;
  readonly adds: number;
}

export interface Risk {
  /** 0 to 100. */
  readonly score: number;
  readonly level: RiskLevel;
  /** The strongest kind first; what they add makes up the score. */
  readonly parts: readonly RiskPart[];
}

/** Scores at which a level begins. */
const levels = [
  [70, 'high'],
  [40, 'medium'],
  [1, 'low'],
] as const satisfies readonly (readonly [number, RiskLevel])[];

/**
 * All findings in one number, 0 to 100. Each kind counts once, by its strongest finding and a little for every doubling of their
 * number; kinds are taken as independent signs, each of which leaves open what is left of a hundred. It never falls when
 * a finding comes in, and doesn't depend on their order.
 */
export function combineRisk(findings: readonly Scored[]): Risk {
  const kinds = new Map<string, { count: number; best: number }>();
  for (const { kind, score } of findings) {
    if (score <= 0) continue;
    const known = kinds.get(kind) ?? { count: 0, best: 0 };
    kinds.set(kind, { count: known.count + 1, best: Math.max(known.best, score) });
  }
  const parts = [...kinds]
    .map(([kind, { count, best }]) => ({
      kind,
      count,
      score: Math.max(best, Math.min(mostOfKind, Math.round(best + perDoubling * Math.log2(count)))),
    }))
    .toSorted((a, b) => b.score - a.score || (a.kind < b.kind ? -1 : 1));
  let open = 1;
  let before = 0;
  const explained = parts.map((part) => {
    open *= 1 - part.score / 100;
    const now = Math.max(Math.min(mostOfAll, Math.round(100 * (1 - open))), parts[0]?.score ?? 0);
    const adds = now - before;
    before = now;
    return { ...part, adds };
  });
  return { score: before, level: levelOf(before), parts: explained };
}

export function levelOf(score: number): RiskLevel {
  return levels.find(([from]) => score >= from)?.[1] ?? 'none';
}
