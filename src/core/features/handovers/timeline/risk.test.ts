import fc from 'fast-check';
import { expect, test } from 'vitest';

import { combineRisk } from './risk.ts';

const findings = fc.array(
  fc.record({
    kind: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    score: fc.integer({ min: 0, max: 100 }),
  }),
  { maxLength: 30 },
);

test('nothing is no sign, and one finding is what it is', () => {
  expect(combineRisk([])).toEqual({ score: 0, level: 'none', parts: [] });
  expect(combineRisk([{ kind: 'a', score: 0 }]).level).toBe('none');
  expect(combineRisk([{ kind: 'a', score: 45 }])).toEqual({
    score: 45,
    level: 'medium',
    parts: [{ kind: 'a', count: 1, score: 45, adds: 45 }],
  });
});

test('kinds leave open what is left of a hundred', () => {
  const { score, level, parts } = combineRisk([
    { kind: 'a', score: 20 },
    { kind: 'b', score: 60 },
    { kind: 'b', score: 60 },
  ]);
  expect(parts).toEqual([
    { kind: 'b', count: 2, score: 66, adds: 66 },
    { kind: 'a', count: 1, score: 20, adds: 7 },
  ]);
  expect([score, level]).toEqual([73, 'high']);
});

test('parts add up, order does not matter, and no finding lowers it', () => {
  fc.assert(
    fc.property(findings, findings, (some, more) => {
      const risk = combineRisk(some);
      expect(risk.score).toBeGreaterThanOrEqual(0);
      expect(risk.score).toBeLessThanOrEqual(100);
      expect(risk.parts.reduce((sum, part) => sum + part.adds, 0)).toBe(risk.score);
      expect(combineRisk(some.toReversed())).toEqual(risk);
      expect(combineRisk([...some, ...more]).score).toBeGreaterThanOrEqual(risk.score);
    }),
  );
});
