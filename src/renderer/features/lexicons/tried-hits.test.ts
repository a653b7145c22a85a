import { describe, expect, it } from 'vitest';

import { type TriedHit, hitAt, marksIn, piecesOfHit } from './tried-hits.ts';

function hit(index: number, start: number, text: string, change: Partial<TriedHit> = {}): TriedHit {
  return {
    termId: null,
    key: null,
    term: text,
    category: '',
    severity: 'high',
    basis: '',
    suggestion: '',
    rule: 'word',
    start,
    end: start + text.length,
    text,
    folds: [],
    confidence: 1,
    steps: [],
    silencedBy: null,
    index,
    parts: [],
    ...change,
  };
}

describe('hits of a sample', () => {
  it('are set off where they stand, the chosen one strongly, silenced ones only when chosen', () => {
    const first = hit(0, 0, '保本');
    const silenced = hit(0, 3, '保息', {
      silencedBy: { phrase: '不保息', code: '', reason: '', suppression: null },
    });
    const text = '保本不保息';
    expect(marksIn(text, 0, [first, silenced], null)).toEqual([{ start: 0, end: 2, strength: 'light' }]);
    expect(marksIn(text, 0, [first, silenced], silenced)).toEqual([
      { start: 0, end: 2, strength: 'light' },
      { start: 3, end: 5, strength: 'strong' },
    ]);
    expect(marksIn(text, 1, [first], null)).toEqual([]);
  });

  it('are not set off where the text has changed since', () => {
    expect(marksIn('不保本', 0, [hit(0, 0, '保本')], null)).toEqual([]);
  });

  it('have a piece in each message that they are split over', () => {
    const parts = [
      { index: 0, start: 4, end: 5, text: '微' },
      { index: 1, start: 0, end: 1, text: '信' },
    ];
    const split = hit(1, 0, '信', { parts });
    expect(piecesOfHit(split)).toEqual(parts);
    expect(marksIn('加我私人微', 0, [split], null)).toEqual([{ start: 4, end: 5, strength: 'light' }]);
    expect(hitAt([split], 0, 5)).toBe(split);
    expect(hitAt([split], 0, 2)).toBeNull();
  });

  it('are found at the caret, the shortest one first', () => {
    const long = hit(0, 0, '保本保息');
    const short = hit(0, 2, '保息');
    expect(hitAt([long, short], 0, 3)).toBe(short);
    expect(hitAt([long, short], 0, 1)).toBe(long);
  });
});
