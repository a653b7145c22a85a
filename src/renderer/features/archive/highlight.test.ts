import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Mark, segmentsOf } from './highlight.ts';

describe('segmentsOf', () => {
  it('sets off exactly the marked stretch', () => {
    expect(segmentsOf('这款产品保本保息', [{ start: 4, end: 6, strength: 'strong' }])).toEqual([
      { text: '这款产品', start: 0, strength: null },
      { text: '保本', start: 4, strength: 'strong' },
      { text: '保息', start: 6, strength: null },
    ]);
  });

  it('shows the strong mark where a light one overlaps it', () => {
    const marks: Mark[] = [
      { start: 0, end: 4, strength: 'light' },
      { start: 2, end: 6, strength: 'strong' },
    ];
    expect(segmentsOf('abcdefgh', marks).map((segment) => [segment.text, segment.strength])).toEqual([
      ['ab', 'light'],
      ['cdef', 'strong'],
      ['gh', null],
    ]);
  });

  it('loses no character, whatever the marks', () => {
    const mark = fc.record({
      start: fc.integer({ min: -3, max: 30 }),
      end: fc.integer({ min: -3, max: 30 }),
      strength: fc.constantFrom<Mark['strength']>('strong', 'light'),
    });
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        fc.array(mark, { maxLength: 6 }),
        (text, marks) => {
          const segments = segmentsOf(text, marks);
          expect(segments.map((segment) => segment.text).join('')).toBe(text);
          for (const segment of segments) {
            expect(text.slice(segment.start, segment.start + segment.text.length)).toBe(segment.text);
          }
        },
      ),
    );
  });
});
