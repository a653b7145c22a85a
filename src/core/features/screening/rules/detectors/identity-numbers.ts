import { foldBit } from '../../folds.ts';
import {
  type Candidate,
  candidates,
  gapsOf,
  groupingFolds,
  isPieceOfOther,
  numberRuns,
  shapeOf,
} from './numbers.ts';
import type { Reading } from '../reading.ts';
import type { Found } from './found.ts';

// GB 11643-1999: six figures of the region, eight of the date of birth, three in order, one to check (ISO 7064, MOD 11-2).
// The fifteen figures of before 1999 have two for the year and none to check.

/** GB/T 2260: the first two figures, of provinces; 81 to 83 are the residence permits of Hong Kong, Macau and Taiwan. */
const provinces = new Set(
  (
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 ' +
    '81 82 83'
  ).split(' '),
);
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10x98765432';

/** Whether these are an identity card's 18 or 15 characters, a small x: region, date of birth from 1900 to 2099, check (GB 11643-1999). */
export function isIdentityNumber(digits: string): boolean {
  if (/^\d{15}$/.test(digits)) return isRegion(digits) && isDate(`19${digits.slice(6, 12)}`);
  if (!/^\d{17}[\dx]$/.test(digits)) return false;
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits.charAt(place)), 0);
  return checks.charAt(sum % 11) === digits.charAt(17) && isRegion(digits) && isDate(digits.slice(6, 14));
}

function isRegion(digits: string): boolean {
  // Those of Hong Kong, Macau and Taiwan have no figures below the province.
  const below = digits.slice(2, 6);
  return provinces.has(digits.slice(0, 2)) && (digits.startsWith('8') || !below.startsWith('00'));
}

function isDate(digits: string): boolean {
  const year = Number(digits.slice(0, 4));
  const month = Number(digits.slice(4, 6));
  const day = Number(digits.slice(6, 8));
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** As printed and as typed in pieces. */
const shapes = new Set([
  '6-8-4',
  '6-8-3-1',
  '6-4-4-4',
  '6-4-2-2-4',
  '3-3-4-4-4',
  '3-3-8-4',
  '14-4',
  '17-1',
  '6-6-3',
  '6-12',
]);

/** Finds identity cards' numbers, in groups as they are printed or typed. */
export function findIdentityNumbers(reading: Reading): Found[] {
  return findNumbers(reading, 15, 18, (candidate) => {
    if (!isIdentityNumber(candidate.digits)) return null;
    // The check makes chance unlikely, so all groupings count; where nothing checks, only usual ones do.
    const folds = groupingFolds(candidate, shapes);
    if (folds !== null || candidate.digits.length === 15) return folds;
    return gapsOf(candidate).every((gap) => !/[,.~]/.test(gap)) && shapeOf(candidate).length < 30
      ? foldBit.filler
      : null;
  });
}

/** Candidates that `decide` accepts, with the folds that it says; once with figures in hanzi, once without. */
export function findNumbers(
  reading: Reading,
  least: number,
  most: number,
  decide: (candidate: Candidate) => number | null,
): Found[] {
  const found: Found[] = [];
  for (const hanzi of [false, true]) {
    for (const run of numberRuns(reading, hanzi)) {
      for (const candidate of candidates(run, least, most)) {
        const folds = decide(candidate);
        if (folds === null || isPieceOfOther(candidate, reading)) continue;
        const { start, end, digits } = candidate;
        found.push({ start, end, read: digits.toUpperCase(), folds: folds | candidate.folds });
      }
    }
  }
  return found;
}
