import type { Reading } from '../reading.ts';
import type { Found } from './found.ts';
import { findNumbers, isIdentityNumber } from './identity-numbers.ts';
import { groupingFolds } from './numbers.ts';

// ISO/IEC 7812: the issuer's number in front, the Luhn check at the end. Issuers: UnionPay 62, Visa 4, Mastercard 51 to 55
// and 2221 to 2720, JCB 3528 to 3589, Maestro and Discover 50, 56 to 58, 60, 64, 65, UnionPay 81; and the banks' own
// numbers from before UnionPay that are still in use (9558 and 9559 of the large banks, 955 to 999 of city banks). American
// Express has fifteen figures and begins with 34 or 37.
const issuers =
  /^(?:62|4|5[0-8]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720|352[89]|35[3-8]\d|60|6[458]|69|81|9[045689])/;

const fifteen = /^3[47]\d{13}$/;

const shapes = new Set([
  '4-6-5',
  '4-4-4-4',
  '4-4-4-4-1',
  '4-4-4-4-2',
  '4-4-4-4-3',
  '4-4-4-7',
  '6-10',
  '6-12',
  '6-13',
  '8-8',
  '8-11',
  '4-12',
  '4-6-6',
]);

/** Whether figures are a bank card's number: length, issuer, Luhn (ISO/IEC 7812-1), and no identity card's. */
export function isCardNumber(digits: string): boolean {
  const isIssued = fifteen.test(digits) || (/^\d{16,19}$/.test(digits) && issuers.test(digits));
  return isIssued && passesLuhn(digits) && !isIdentityNumber(digits);
}

/** Whether the last figure checks the others (Luhn, ISO/IEC 7812-1 annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const value = Number(digits.charAt(digits.length - 1 - place));
    const doubled = place % 2 === 0 ? value : value * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Finds bank cards' numbers, in groups as they are printed or typed. */
export function findCardNumbers(reading: Reading): Found[] {
  const found = findNumbers(reading, 15, 19, (candidate) =>
    isCardNumber(candidate.digits) ? groupingFolds(candidate, shapes) : null,
  );
  // By chance a card's first groups are a card too.
  const longest = new Map<number, number>();
  for (const { start, end } of found) longest.set(start, Math.max(end, longest.get(start) ?? end));
  return found.filter(({ start, end }) => longest.get(start) === end);
}
