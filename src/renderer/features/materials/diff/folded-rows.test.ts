import { expect, test } from 'vitest';

import type { DiffRow } from '../../../../core/features/reviews/diff/contract.ts';
import { foldRows } from './folded-rows.ts';

const row = (kind: DiffRow['kind']): DiffRow => ({
  kind,
  change: kind === 'same' ? 'identical' : 'text',
  move: null,
  old: null,
  new: null,
  spans: [],
  formatting: [],
});
const rows = (text: string) => [...text].map((letter) => row(letter === '.' ? 'same' : 'changed'));
const drawn = (text: string, opened: readonly number[] = []) =>
  foldRows(rows(text), new Set(opened))
    .map((shown) => (shown.kind === 'hidden' ? `(${shown.from}-${shown.to})` : text[shown.index]))
    .join('');

test('long unchanged stretches are folded, with a paragraph left beside each change', () => {
  expect(drawn('......x......')).toBe('(0-5).x.(8-13)');
  expect(drawn('x.....x')).toBe('x.(2-5).x');
});

test('short ones and opened ones are shown', () => {
  expect(drawn('..x...x..')).toBe('..x...x..');
  expect(drawn('......x', [0])).toBe('......x');
});

test('texts without a change are one fold, and no text is none', () => {
  expect(drawn('.....')).toBe('(0-5)');
  expect(drawn('')).toBe('');
});
