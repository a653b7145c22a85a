import { describe, expect, it } from 'vitest';

import { type FoldName, compileMatcher, foldNames, foldSets } from '../src/core/features/screening/index.ts';
import type { FoldSet } from './disguise/format.ts';
import { falseHits, misses } from './disguise/limits.ts';
import { type Outcome, measure } from './disguise/measure.ts';
import { documented, writeSection } from './disguise/report.ts';

// Hand-written disguises and innocent texts, in one lexicon together with the starter packs.

const own = measure(false);
const everyFold = measure(true);

function problems(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ group, name, problem }) =>
    problem === null ? [] : [`${group}: ${name}: ${problem}`],
  );
}

function hits({ term, text, set }: { term: string; text: string; set: FoldSet }): boolean {
  const folds: readonly FoldName[] = typeof set === 'string' ? foldSets[set] : set;
  return compileMatcher([{ text: term }], { folds }).scan(text).length > 0;
}

describe('the disguise suite', () => {
  it('is as large as it has to be', () => {
    expect(own.cases.length).toBeGreaterThanOrEqual(650);
    expect(own.innocents.length).toBeGreaterThanOrEqual(350);
    for (const name of [...foldNames, 'combined'])
      expect(own.cases.filter((outcome) => outcome.group === name).length, name).toBeGreaterThanOrEqual(45);
  });

  it('finds every disguise, with its span and its folds', () => {
    expect(problems(own.cases)).toEqual([]);
  });

  it('finds every disguise with every fold on, too', () => {
    expect(problems(everyFold.cases)).toEqual([]);
  });

  it('lets every innocent text pass', () => {
    expect(problems(own.innocents)).toEqual([]);
  });

  it('has the limits that the documentation names', () => {
    expect(falseHits.filter((limit) => !hits(limit))).toEqual([]);
    expect(misses.filter((limit) => hits(limit))).toEqual([]);
  });

  it('measures what docs/detection.md says', () => {
    const { is, should } = documented(own, everyFold);
    if (process.env['UPDATE_DOCS'] === '1') writeSection(should);
    else expect(is).toBe(should);
  });
});
