import type { Reading } from '../reading.ts';
import { isCardNumber } from './bank-cards.ts';
import type { Found } from './found.ts';
import { findNumbers, isIdentityNumber } from './identity-numbers.ts';
import { type Candidate, candidates, gapsOf, groupingFolds, numberRuns, shapeOf } from './numbers.ts';

const mobile = /^(?:0086|86)?(1[3-9]\d{9})$/;
const mobileShapes = withCountry([
  '11',
  '3-4-4',
  '3-8',
  '7-4',
  '3-3-5',
  '4-4-3',
  '4-3-4',
  '5-6',
  '3-4-2-2',
  '3-2-2-2-2',
]);
const landlineShapes = withCountry('3-8 3-4-4 4-7 4-8 4-3-4 4-4-4 3-3-5 11 12 2-8 2-4-4 3-7'.split(' '));

/** Numbers that a company answers all over the country: 400, and 800, which is free; both without an area code. */
const hotline = /^(?:400[0-9]|800[2-9])\d{6}$/;
const hotlineShapes = new Set('3-3-4 3-4-3 4-3-3 4-6 3-7 3-2-5 4-2-4'.split(' '));

/** Area codes in use, without the 0 (MIIT's numbering plan): those of two figures; of three, by their first two. */
const twoFigures = '10 20 21 22 23 24 25 27 28 29';
const threeFigures =
  '31:0123456789 33:5 34:9 35:0123456789 37:0123456789 39:1234568 41:0123456789 42:179 43:123456789 44:0 ' +
  '45:123456789 46:4789 47:0123456789 48:23 51:0123456789 52:37 53:0123456789 54:36 55:0123456789 56:123456 ' +
  '57:0123456789 58:0 59:123456789 63:12345 66:0238 69:12 70:1 71:0123456789 72:248 73:0123456789 74:3456 ' +
  '75:0123456789 76:023689 77:0123456789 79:0123456789 81:23678 82:567 83:0123456789 85:123456789 ' +
  '87:0123456789 88:13678 89:0123456789 90:123689 91:0123456789 93:0123456789 94:13 95:12345 97:01234567 ' +
  '99:0123456789';
const areaCodes = new Set([
  ...twoFigures.split(' '),
  ...threeFigures.split(' ').flatMap((line) => {
    const [two = '', thirds = ''] = line.split(':');
    return Array.from(thirds, (third) => two + third);
  }),
]);

function withCountry(shapes: readonly string[]): ReadonlySet<string> {
  return new Set(shapes.flatMap((shape) => [shape, `2-${shape}`, `4-${shape}`]));
}

/** Finds mobile numbers of eleven figures from 13 to 19, with or without +86; none that is part of a longer number. */
export function findMobiles(reading: Reading): Found[] {
  const taken = takenByLonger(reading);
  const found = findNumbers(reading, 11, 15, (candidate) => {
    const own = mobile.exec(candidate.digits)?.[1];
    if (own === undefined || taken(candidate)) return null;
    return groupingFolds(candidate, mobileShapes);
  }).map((each) => withPlus({ ...each, read: mobile.exec(each.read)?.[1] ?? each.read }, reading));
  // Where the country's code belongs to it, the number without it is no second find.
  const longest = new Map<number, number>();
  for (const { start, end } of found) longest.set(end, Math.min(start, longest.get(end) ?? start));
  return found.filter(({ start, end }) => longest.get(end) === start);
}

/** Finds landline numbers with their area code, 400 and 800 numbers; none that is part of a longer number. */
export function findLandlines(reading: Reading): Found[] {
  const taken = takenByLonger(reading);
  return findNumbers(reading, 10, 16, (candidate) => {
    if (taken(candidate)) return null;
    if (hotline.test(candidate.digits)) return hotlineFolds(candidate);
    return isLandline(candidate, reading) ? groupingFolds(candidate, landlineShapes) : null;
  }).map((each) => withPlus(each, reading));
}

/** In one piece only 400 is one: 800 begins too many other numbers. */
function hotlineFolds(candidate: Candidate): number | null {
  if (gapsOf(candidate).every((gap) => gap === '') && candidate.digits.startsWith('800')) return null;
  return groupingFolds(candidate, hotlineShapes);
}

/** Area code and seven or eight figures that begin with 2 to 9; of the cities with two figures, eight. */
function isLandline(candidate: Candidate, { text }: Reading): boolean {
  const { digits } = candidate;
  const [, country = '', national = ''] = /^(0086|86)?(\d+)$/.exec(digits) ?? [];
  if (country === '86' && text.charAt(candidate.start - 1) !== '+') return false;
  const area = /^0?(10|2\d|[3-9]\d\d)([2-8]\d{6,7})$/.exec(national);
  if (area === null || (country === '' && !national.startsWith('0'))) return false;
  const [, code = '', number = ''] = area;
  if (!areaCodes.has(code) || (code.length === 2 && number.length !== 8)) return false;
  // Where it is in groups, the first of them ends with the area code.
  const parts = shapeOf(candidate).split('-').map(Number);
  const prefix = digits.length - number.length;
  let sum = 0;
  return gapsOf(candidate).length === 0 || parts.length > 8 || parts.some((part) => (sum += part) === prefix);
}

/** The sign or bracket in front is part of the number. */
function withPlus(found: Found, { text }: Reading): Found {
  const signs = /[+(]{1,2}$/.exec(text.slice(Math.max(0, found.start - 2), found.start))?.[0] ?? '';
  return signs === '' ? found : { ...found, start: found.start - signs.length };
}

/** Whether a candidate shares figures with a valid identity or card number that is longer. */
function takenByLonger(reading: Reading): (candidate: Candidate) => boolean {
  const longer = [false, true].flatMap((hanzi) =>
    numberRuns(reading, hanzi).flatMap((run) =>
      [...candidates(run, 16, 19)].filter(({ digits }) => isIdentityNumber(digits) || isCardNumber(digits)),
    ),
  );
  if (longer.length === 0) return () => false;
  const sorted = longer.toSorted((a, b) => a.start - b.start);
  // They are at most a run's length apart: walking on from the last one asked about keeps it linear.
  let from = 0;
  let asked = 0;
  return ({ start, end }) => {
    if (start < asked) from = 0;
    asked = start;
    while ((sorted[from]?.end ?? Infinity) <= start) from += 1;
    for (let index = from; index < sorted.length; index += 1) {
      const other = sorted[index];
      if (other === undefined || other.start >= end) return false;
      if (other.end > start) return true;
    }
    return false;
  };
}
