import { describe, expect, it } from 'vitest';

import {
  cardNumber,
  checkDetector,
  detect,
  identityNumber,
} from '../../../../../../test/support/detecting.ts';

describe('mobile', () => {
  it('takes numbers however their figures are written and held apart', () => {
    for (const written of [
      '13800138000',
      '１３８00138000',
      '一三八零零一三八零零零',
      '幺三八〇〇幺三八〇〇〇',
      '壹叁捌零零壹叁捌零零零',
      '①③⑧00138000',
      '138oo138ooo',
      '138-0013-8000',
      '138 0013 8000',
      '+86 13800138000',
      '+86-138-0013-8000',
      '008613800138000',
      '8613800138000',
      '1 3 8 0 0 1 3 8 0 0 0',
      '1😀3😀8😀0😀0😀1😀3😀8😀0😀0😀0',
      '138*0013*8000',
      '138\u200b0013\u200b8000',
      '𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎',
      '١٣٨٠٠١٣٨٠٠٠',
    ]) {
      const [found, ...others] = detect('mobile', `加我${written}吧`);
      expect({ written, found: found?.text, read: found?.read, others }).toEqual({
        written,
        found: written,
        read: '13800138000',
        others: [],
      });
    }
  });

  it('takes numbers held apart by tags, faces and several kinds of signs', () => {
    for (const written of [
      '138 0013😀8000',
      '138😀0013 8000',
      '１３８ 0013😀8000',
      '138<br>0013<br>8000',
      '138</p><p>0013 8000',
      '138<span style="color:red">00138000',
      '138[微笑]00138000',
      '138[微笑]0013 8000',
      '138&nbsp;0013&nbsp;8000',
      '138 00 13 80 00',
      '138-0013·8000',
    ]) {
      const found = detect('mobile', `加我${written}吧`).map(({ text }) => text);
      expect({ written, found }).toEqual({ written, found: [written] });
    }
    checkDetector('mobile', [
      ['1<a href="tel:13800138000">', ['13800138000']],
      ['138[一]00138000', []],
      ['138、0013 8000', []],
      ['138 0013,8000', []],
      ['138 [很好看的一张图片吧] 00138000', []],
      ['15 18 20 22😀301', []],
    ]);
    const card = cardNumber('622202', 16);
    const parts = [card.slice(0, 4), card.slice(4, 8), card.slice(8, 12), card.slice(12)] as const;
    const mixed = `${parts[0]} ${parts[1]}😀${parts[2]}<br>${parts[3]}`;
    checkDetector('bank-card', [[mixed, [mixed]]]);
    const identity = identityNumber('440305', '19880229', '101');
    const apart = `${identity.slice(0, 6)}[微笑]${identity.slice(6, 14)} ${identity.slice(14)}`;
    checkDetector('id-card', [[apart, [apart]]]);
    checkDetector('landline', [['010😀6234 5678', ['010😀6234 5678']]]);
  });

  it('leaves alone pieces of longer numbers, sums, dates and lists', () => {
    checkDetector('mobile', [
      ['138001380001', []],
      ['213800138000', []],
      ['12800138000', []],
      [cardNumber('622202', 19), []],
      ['6225 1380 0138 0004 321', []],
      ['13,800,138,000元', []],
      ['0.13800138000', []],
      ['13800138000.50', []],
      ['15 18 20 22 301', []],
      ['2 1 3 8 0 0 1 3 8 0 0 0 5', []],
      ['a13800138000f', []],
      ['138****8000', []],
      ['订单2024051013800138000', []],
      [identityNumber('130102', '13800138', '000'), []],
    ]);
  });

  it('finds each of several', () => {
    checkDetector('mobile', [
      ['13800138000,13900139000', ['13800138000', '13900139000']],
      ['13800138000/139 0013 9000', ['13800138000', '139 0013 9000']],
      ['2024-05-06 13800138000 一定', ['13800138000']],
      ['13800138000一定来', ['13800138000']],
    ]);
  });
});

describe('landline', () => {
  it('takes numbers of existing areas only', () => {
    checkDetector('landline', [
      ['010-62345678', ['010-62345678']],
      ['(0755)26001234', ['(0755)26001234']],
      ['（021）6234 5678', ['（021）6234 5678']],
      ['075526001234', ['075526001234']],
      ['+86 10 62345678', ['+86 10 62345678']],
      ['0086-755-26001234', ['0086-755-26001234']],
      ['0571-8765432-801', ['0571-8765432']],
      ['零一零六二三四五六七八', ['零一零六二三四五六七八']],
      ['热线400-800-1234', ['400-800-1234']],
      ['400 6123 456', ['400 6123 456']],
      ['4008-001-234转2', ['4008-001-234']],
      ['4008001234', ['4008001234']],
      ['800-810-1234', ['800-810-1234']],
      ['8008101234', []],
      ['400-800-123', []],
      ['1400-800-1234', []],
      ['400,800,1234', []],
      ['0100-1234567', []],
      ['026-62345678', []],
      ['010-6234567', []],
      ['010-12345678', []],
      ['2024-0510-1234', []],
      ['0411', []],
    ]);
  });
});
