import { expect, test } from 'vitest';

import { startOfDate } from './dates.ts';

test.each([
  ['2026-03-31', 'Asia/Shanghai', '2026-03-30T16:00:00.000Z'],
  ['2026-03-31', 'UTC', '2026-03-31T00:00:00.000Z'],
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
  ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
  ['2026-01-01', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z'],
  ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
  // Clocks there go from 23:59:59 to 01:00: the day has no midnight.
  ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
])('%s in %s begins at %s', (date, timeZone, expected) => {
  expect(new Date(startOfDate('--from', date, timeZone)).toISOString()).toBe(expected);
});

test('a number of days later is a calendar day later, however long the days are', () => {
  const [first, next] = [0, 1].map((later) => startOfDate('--to', '2026-03-08', 'America/New_York', later));
  expect(((next ?? 0) - (first ?? 0)) / 3_600_000).toBe(23);
});

test.each(['2026-02-30', '31.3.2026', '2026-3-1', 'yesterday', ''])('%j is no date, and is named', (date) => {
  expect(() => startOfDate('--from', date, 'UTC')).toThrow(`--from ${date} is no date`);
});
