import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createSplitJoiner } from './split.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

describe('createSplitJoiner', () => {
  it('joins a message to those before it in the window, and no others', () => {
    const joiner = createSplitJoiner({ messages: 3, milliseconds: 100 });
    expect(joiner.join('a', 0, '加我')).toBeNull();
    expect(joiner.join('b', 1, '别人')).toBeNull();
    expect(joiner.join('a', 50, '私人')).toMatchObject({ text: '加我私人', joints: [2] });
    expect(joiner.join('a', 60, '微')).toMatchObject({ text: '加我私人微', joints: [2, 4] });
    expect(joiner.join('a', 70, '信')).toMatchObject({ text: '私人微信', joints: [2, 3] });
    expect(joiner.join('a', 171, '吧')).toBeNull();
  });

  it('passes over messages without text', () => {
    const joiner = createSplitJoiner({ messages: 2 });
    joiner.join('a', 0, '微');
    expect(joiner.join('a', 1, '')).toBeNull();
    expect(joiner.join('a', 2, '信')).toMatchObject({ text: '微信' });
  });

  it('forgets the key that was silent for longest', () => {
    const joiner = createSplitJoiner({ remembered: 2 });
    joiner.join('a', 0, '一');
    joiner.join('b', 1, '二');
    joiner.join('a', 2, '三');
    joiner.join('c', 3, '四');
    expect(joiner.size()).toBe(2);
    expect(joiner.join('b', 4, '五')).toBeNull();
  });

  it(`says of every part where it stands in its own message (seed ${seed})`, () => {
    const text = fc.string({ unit: fc.constantFrom('保', '本', 'x', '😀'), maxLength: 30 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
        const joiner = createSplitJoiner({ messages: 4, reach: 10 });
        const spoken = texts.filter((own) => own !== '');
        spoken.forEach((own, index) => {
          const joined = joiner.join('a', index, own);
          for (const part of joined?.parts ?? []) {
            const written = spoken[index - part.back] ?? '';
            expect(joined?.text.slice(part.start, part.start + part.length)).toBe(
              written.slice(part.offset, part.offset + part.length),
            );
          }
        });
      }),
      { seed, numRuns: 500 },
    );
  });
});
