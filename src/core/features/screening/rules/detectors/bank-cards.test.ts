import { describe, expect, it } from 'vitest';

import { cardNumber, checkDetector, identityNumber } from '../../../../../../test/support/detecting.ts';
import { passesLuhn } from './bank-cards.ts';

describe('bank-card', () => {
  it('takes 16 to 19 figures of an issuer that pass the Luhn check', () => {
    for (const [prefix, length] of [
      ['622202', 19],
      ['6225', 16],
      ['62', 17],
      ['62', 18],
      ['4367', 19],
      ['5187', 16],
      ['955880', 19],
      ['3568', 16],
      ['3412', 15],
      ['3782', 15],
    ] as const) {
      const number = cardNumber(prefix, length);
      checkDetector('bank-card', [[`卡号${number}`, [number]]]);
    }
    const short = cardNumber('3782', 15);
    const printed = `${short.slice(0, 4)} ${short.slice(4, 10)} ${short.slice(10)}`;
    checkDetector('bank-card', [[printed, [printed]]]);
    const number = cardNumber('622202', 19);
    const spaced = number.replaceAll(/\d{4}(?=\d)/g, '$& ');
    checkDetector('bank-card', [
      [spaced, [spaced]],
      [spaced.replaceAll(' ', '-'), [spaced.replaceAll(' ', '-')]],
      [spaced.replaceAll(' ', '·'), [spaced.replaceAll(' ', '·')]],
    ]);
  });

  it('leaves alone other numbers, identity numbers that pass the check among them', () => {
    const number = cardNumber('622202', 19);
    const both = Array.from({ length: 999 }, (_, order) =>
      identityNumber('620102', '19900307', String(order).padStart(3, '0')),
    ).find((each) => passesLuhn(each));
    checkDetector('bank-card', [
      [number.slice(0, 18) + String((Number(number.at(-1)) + 1) % 10), []],
      [cardNumber('1122', 16), []],
      [cardNumber('6222', 15), []],
      [cardNumber('3612', 15), []],
      [cardNumber('3782', 16), []],
      [`${number}0`, []],
      [both ?? '', []],
    ]);
    expect(both).toBeDefined();
  });
});
