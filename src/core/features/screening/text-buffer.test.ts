import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createTextBuffer } from './text-buffer.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

/** Any units, unpaired surrogates too, at lengths around those where another way to copy begins. */
const text = fc
  .tuple(
    fc.array(fc.nat(0xffff), { maxLength: 12 }),
    fc.constantFrom(1, 1, 1, 5, 30, 3_000),
    fc.constantFrom('', 'latin'),
  )
  .map(([units, times, tail]) => String.fromCharCode(...units).repeat(times) + tail);

function unitsOf(units: Uint16Array, from: number, length: number): string {
  return Array.from(units.subarray(from, from + length), (unit) => String.fromCharCode(unit)).join('');
}

describe.each([
  ['by a host that writes strings', Buffer],
  ['unit by unit', null],
])('a text buffer, %s', (_, host) => {
  it(`holds each text as it is (seed ${seed})`, () => {
    const buffer = createTextBuffer(host);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 40 }), (texts) => {
        let first = 0;
        while (first < texts.length) {
          const { units, count, length, starts } = buffer.putBlock(texts, first);
          expect(count).toBeGreaterThan(0);
          const block = texts.slice(first, first + count);
          expect(unitsOf(units, 0, length)).toBe(block.join('\u001E'));
          block.forEach((own, index) => {
            expect(unitsOf(units, starts[index] ?? -1, own.length)).toBe(own);
          });
          first += count;
        }
        for (const own of texts.slice(0, 4)) expect(unitsOf(buffer.put(own), 0, own.length)).toBe(own);
      }),
      { seed, numRuns: 100, endOnFailure: true },
    );
  });
});

it('takes a text that is longer than the room it keeps', () => {
  const buffer = createTextBuffer();
  const long = '保本'.repeat(200_000);
  const { units, count, length } = buffer.putBlock(['短', long, '短'], 1);
  expect([count, length]).toEqual([1, long.length]);
  expect(units[long.length - 1]).toBe('本'.charCodeAt(0));
  expect(buffer.putBlock(['短'], 0).units.length).toBeLessThan(long.length);
});
