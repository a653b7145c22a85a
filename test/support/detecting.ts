import { expect } from 'vitest';

import { foldNamesOf } from '../../src/core/features/screening/folds.ts';
import { createDetector } from '../../src/core/features/screening/rules/detectors/index.ts';
import { countUnits, isPossible } from '../../src/core/features/screening/rules/detectors/unit-counts.ts';
import type { DetectorName } from '../../src/core/features/screening/rules/model.ts';
import { sourceText } from '../../src/core/features/screening/rules/source-text.ts';

export function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/** What a detector finds in a text: the stretch, what it was read as, the folds. */
export function detect(
  name: DetectorName,
  text: string,
  lists = { allow: [] as string[], deny: [] as string[] },
) {
  const units = unitsOf(text);
  return createDetector(
    name,
    lists,
  )(sourceText(units, 0, units.length)).map(({ start, end, folds, from }) => ({
    text: text.slice(start, end),
    read: from.kind === 'read' ? from.read : '',
    folds: foldNamesOf(folds),
  }));
}

/** Texts, and what is found in them. */
type Cases = readonly (readonly [text: string, found: readonly string[]])[];

/** Holds what a detector finds against what it has to, and that it is asked at all of a text with as many of each unit. */
export function checkDetector(name: DetectorName, cases: Cases, lists?: { allow: string[]; deny: string[] }) {
  for (const [text, found] of cases) {
    expect({ text, found: detect(name, text, lists).map((each) => each.text) }).toEqual({ text, found });
    const units = unitsOf(text);
    if (found.length > 0) expect(isPossible(name, countUnits(units, 0, units.length)), text).toBe(true);
  }
}

/** An invented identity number: a region, a date, an order, and the check that GB 11643 gives them. */
export function identityNumber(region: string, date: string, order: string): string {
  const digits = region + date + order;
  // By the standard's own formula: the sum of a_i × 2^(i−1) over the 18 places, counted from the right, is 1 modulo 11.
  for (const last of '0123456789X') {
    const sum = [...digits, last].reduce(
      (total, digit, place) => total + (digit === 'X' ? 10 : Number(digit)) * (2 ** (17 - place) % 11),
      0,
    );
    if (sum % 11 === 1) return digits + last;
  }
  throw new Error('no check');
}

/** An invented card number that passes the Luhn check. */
export function cardNumber(prefix: string, length: number): string {
  const digits = prefix.padEnd(length - 1, '4207315986');
  for (const last of '0123456789') {
    let sum = 0;
    [...digits, last].toReversed().forEach((digit, place) => {
      const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
      sum += Math.floor(value / 10) + (value % 10);
    });
    if (sum % 10 === 0) return digits + last;
  }
  throw new Error('no check');
}
