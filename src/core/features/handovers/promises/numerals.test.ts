import fc from 'fast-check';
import { expect, test } from 'vitest';

import { numberIn, plainText } from './numerals.ts';

test.each([
  ['７', 7],
  ['十', 10],
  ['十五', 15],
  ['二十', 20],
  ['三十一', 31],
  ['两', 2],
  ['半', 0.5],
  ['12', 12],
  ['一二', null],
  ['', null],
  ['千', null],
])('%s is %j', (text, number) => {
  expect(numberIn(plainText(text))).toBe(number);
});

test('has the usual form of every character, and keeps places', () => {
  expect(plainText('下週三１５：３０給您回電話，處理好')).toBe('下周三15:30给您回电话，处理好');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const plain = plainText(text);
      expect(plain).toHaveLength(text.length);
      expect(plainText(plain)).toBe(plain);
    }),
  );
});
