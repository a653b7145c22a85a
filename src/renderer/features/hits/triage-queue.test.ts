import { describe, expect, it } from 'vitest';

import { type TriageQueue, idsToPrefetch, nextOpenIndex, openCount } from './triage-queue.ts';

const queue: TriageQueue = { ids: [10, 11, 12, 13, 14], total: 5, openAtStart: new Set([10, 12, 14]) };

describe('the triage queue', () => {
  it('goes to the next undecided hit and round to the first', () => {
    expect(nextOpenIndex(queue, new Map(), 0)).toBe(2);
    expect(nextOpenIndex(queue, new Map([[12, 'confirmed']]), 0)).toBe(4);
    expect(nextOpenIndex(queue, new Map([[14, 'dismissed']]), 4)).toBe(0);
  });

  it('says so when nothing is left', () => {
    const all = new Map([
      [10, 'confirmed' as const],
      [12, 'dismissed' as const],
      [14, 'escalated' as const],
    ]);
    expect(nextOpenIndex(queue, all, 4)).toBeNull();
    expect(openCount(queue, all)).toBe(0);
  });

  it('counts a hit again that was taken back', () => {
    expect(openCount(queue, new Map([[10, 'confirmed']]))).toBe(2);
    expect(openCount(queue, new Map([[10, 'open']]))).toBe(3);
    expect(openCount(queue, new Map([[11, 'open']]))).toBe(4);
    expect(openCount(queue, new Map([[99, 'open']]))).toBe(3);
  });

  it('fetches ahead what decisions and j lead to, without repeats', () => {
    expect(idsToPrefetch(queue, new Map(), 0, 5)).toEqual([10, 12, 11, 14]);
    expect(idsToPrefetch({ ids: [], total: 0, openAtStart: new Set() }, new Map(), 0, 5)).toEqual([]);
  });
});
