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
    ['in Chinese figures', '打一三八零零一三八〇〇〇', '打***********'],
    ['in capital ones, with figures between', '壹叁捌0013捌零零零。', '***********。'],
    ['in circled ones', '①③⑧⓪⓪①③⑧⓪⓪⓪', '***********'],
    ['in astral ones', '𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎', '*'.repeat(22)],
    ['in the figures of another script', '١٣٨٠٠١٣٨٠٠٠', '***********'],
    ['a resident ID number in Chinese figures', '一一零一零五一九四九一二三一零零二X', '*'.repeat(18)],
    ['beside a Chinese figure that begins a word', '13800138000一共', '***********一共'],
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
    ['a sum in Chinese figures', '一二三四五六七八九〇一二三元'],
    ['a number that is too long, in Chinese figures', '一一三八零零一三八零零零'],
    ['short text', '好的'],
  ])('%s', (_name, text) => expect(maskPersonalData(text)).toBe(text));
});

test('the length never changes, and what is masked stays masked', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[0-9 Xx１-３一三八零𝟏-]{8,30}$/u),
  );
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
