import { describe, expect, it } from 'vitest';

import { checkDetector, identityNumber } from '../../../../../../test/support/detecting.ts';
import { isIdentityNumber } from './identity-numbers.ts';

describe('id-card', () => {
  const valid = identityNumber('440305', '19880229', '101');

  it('takes numbers with the right check, an existing date and region, however they are written', () => {
    const wide = Array.from(valid, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    const hanzi = Array.from(valid, (digit) => '零一二三四五六七八九'[Number(digit)] ?? digit).join('');
    const apart = Array.from(valid).join('*');
    checkDetector('id-card', [
      [valid, [valid]],
      [`身份证号码是${valid}，谢谢`, [valid]],
      [wide, [wide]],
      [hanzi, [hanzi]],
      [apart, [apart]],
      [
        `${valid.slice(0, 6)} ${valid.slice(6, 14)} ${valid.slice(14)}`,
        [`${valid.slice(0, 6)} ${valid.slice(6, 14)} ${valid.slice(14)}`],
      ],
      ['440305880229101', ['440305880229101']],
    ]);
    const withLetter = Array.from('0123456789')
      .map((order) => identityNumber('110101', '19900307', `77${order}`))
      .find((each) => each.endsWith('X'));
    expect(withLetter).toBeDefined();
    checkDetector('id-card', [[`证件${withLetter?.toLowerCase()}。`, [withLetter?.toLowerCase() ?? '']]]);
  });

  it('leaves alone what is none', () => {
    const wrongCheck = valid.slice(0, 17) + (valid.endsWith('1') ? '2' : '1');
    checkDetector('id-card', [
      [wrongCheck, []],
      [identityNumber('440305', '19870229', '101'), []],
      [identityNumber('440305', '19881301', '101'), []],
      [identityNumber('990305', '19880229', '101'), []],
      [identityNumber('440305', '17880229', '101'), []],
      [`1${valid}`, []],
      [`${valid}1`, []],
      ['440305881329101', []],
      ['123456789012345678', []],
    ]);
  });

  it('notices any one wrong figure and any two swapped', () => {
    for (let place = 0; place < 17; place += 1) {
      const other = String((Number(valid.charAt(place)) + 1) % 10);
      expect(isIdentityNumber(valid.slice(0, place) + other + valid.slice(place + 1))).toBe(false);
      const [a, b] = [valid.charAt(place), valid.charAt(place + 1)];
      if (a !== b)
        expect(isIdentityNumber(valid.slice(0, place) + b + a + valid.slice(place + 2))).toBe(false);
    }
  });
});
