import { createHash } from 'node:crypto';

import { type PrecheckFinding, findingRules } from './model.ts';

/** A finding as a check makes it: what it is about, before it has its key. */
export interface Draft extends Omit<PrecheckFinding, 'key' | 'suggestion' | 'steps' | 'exemptible'> {
  /** Which entry of a list found it, where `subject` does not say so: a term's key. */
  readonly entry?: string;
  readonly suggestion?: string;
  readonly steps?: PrecheckFinding['steps'];
  readonly exemptible?: boolean;
}

/** Most findings of one check: nobody reads more, and each is stored with the version. */
export const mostFindings = 2_000;

/** Takes the drafts in any order; answers them by place, with stable keys, and says where some were left out. */
export function arrange(drafts: readonly Draft[], partOrder: readonly string[]): PrecheckFinding[] {
  const places = new Map(partOrder.map((part, index) => [part, index]));
  const placeOf = (part: string) => places.get(part) ?? places.size;
  const sorted = drafts.toSorted(
    (a, b) =>
      placeOf(a.part) - placeOf(b.part) ||
      compareText(a.part, b.part) ||
      a.start - b.start ||
      a.end - b.end ||
      findingRules.indexOf(a.rule) - findingRules.indexOf(b.rule) ||
      compareText(a.entry ?? a.subject, b.entry ?? b.subject),
  );
  const counts = new Map<string, number>();
  const findings = sorted.map((draft) => {
    const { entry, suggestion = '', steps = [], exemptible = false, ...rest } = draft;
    const identity = JSON.stringify([rest.rule, entry ?? rest.subject, rest.part, rest.text]);
    const number = counts.get(identity) ?? 0;
    counts.set(identity, number + 1);
    const key = createHash('sha256').update(`${identity}${number}`).digest('hex');
    return { key, ...rest, suggestion, steps, exemptible };
  });
  if (findings.length <= mostFindings) return findings;
  const left = findings.length - (mostFindings - 1);
  // What may not be published is never what is left out for want of room.
  const kept = new Set(
    findings
      .map((finding, index) => ({
        index,
        rank: finding.level === 'block' ? 0 : finding.level === 'warn' ? 1 : 2,
      }))
      .toSorted((a, b) => a.rank - b.rank || a.index - b.index)
      .slice(0, mostFindings - 1)
      .map(({ index }) => index),
  );
  return [...findings.filter((_, index) => kept.has(index)), cutFinding(left)];
}

function cutFinding(left: number): PrecheckFinding {
  return {
    key: createHash('sha256').update('findings-cut').digest('hex'),
    level: 'warn',
    rule: 'findings-cut',
    subject: '',
    basis: '',
    part: 'body',
    start: 0,
    end: 0,
    text: '',
    params: { left: String(left), most: String(mostFindings) },
    suggestion: '',
    steps: [],
    exemptible: false,
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
