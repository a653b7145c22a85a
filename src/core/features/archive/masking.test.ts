import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { maskPersonalData } from './masking.ts';

describe('masked', () => {
  test.each([
    ['a mobile number', '电话13800138000。', '电话***********。'],
    ['with dashes', '138-0013-8000', '*************'],
    ['with the country', '+86 13800138000 找我', '+************** 找我'],
    ['full width', '１３８００１３８０００', '***********'],
    ['a resident ID number', '证号11010519491231002X,', '证号******************,'],
    ['one of 15 digits', '号110105491231002', '号***************'],
    ['a bank card', '6222 0212 3456 7890 128', '***********************'],
    ['two side by side', '13800138000 13900139000', '*********** ***********'],
  ])('%s', (_name, text, masked) => expect(maskPersonalData(text)).toBe(masked));
});

describe('left alone', () => {
  test.each([
    ['an amount', '共计12345678.90元'],
    ['a wrong check digit', '110105194912310021'],
    ['a card that fails Luhn', '6222021234567890123'],
    ['part of a longer number', '113800138000138001380001'],
    ['an order in Latin letters', 'A13800138000'],
    ['a date and time', '2026-03-31 09:30:15'],
    ['short text', '好的'],
  ])('%s', (_name, text) => expect(maskPersonalData(text)).toBe(text));
});

test('the length never changes, and what is masked stays masked', () => {
  const piece = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[0-9 Xx１-３-]{8,30}$/u));
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (text) => {
        const masked = maskPersonalData(text);
        expect(masked.length).toBe(text.length);
        for (let index = 0; index < text.length; index += 1)
          expect([text[index], '*']).toContain(masked[index]);
      },
    ),
  );
});
