import { describe, expect, test } from 'vitest';

import { dayInName, timeOfValue } from './times.ts';

const shanghai = (text: string) => Date.parse(`${text}+08:00`);

describe('a time', () => {
  test.each([
    ['2026-03-02', shanghai('2026-03-02T00:00:00'), true],
    ['2026/3/2', shanghai('2026-03-02T00:00:00'), true],
    ['2026.03.02', shanghai('2026-03-02T00:00:00'), true],
    ['2026年3月2日', shanghai('2026-03-02T00:00:00'), true],
    ['20260302', shanghai('2026-03-02T00:00:00'), true],
    [20260302, shanghai('2026-03-02T00:00:00'), true],
    ['２０２６－０３－０２', shanghai('2026-03-02T00:00:00'), true],
    ['2026-03-02 9:05', shanghai('2026-03-02T09:05:00'), false],
    ['2026-03-02T09:05:06.789', shanghai('2026-03-02T09:05:06'), false],
    ['2026-03-02T01:05:06Z', shanghai('2026-03-02T09:05:06'), false],
    ['2026-03-02T09:05:06+0800', shanghai('2026-03-02T09:05:06'), false],
    [1772427906, 1_772_427_906_000, false],
    ['1772427906', 1_772_427_906_000, false],
    [1772427906789, 1_772_427_906_789, false],
  ])('%s', (value, at, wholeDay) => {
    expect(timeOfValue(value, 'Asia/Shanghai')).toEqual({ at, wholeDay });
  });

  test.each([
    '',
    '昨天',
    '2026-02-30',
    '2026-13-01',
    '2026-03-02 25:00',
    '1999-12-31',
    1,
    86_400_000,
    0,
    -1,
    Number.NaN,
    null,
    {},
    9e15,
  ])('is not %s', (value) => {
    expect(timeOfValue(value, 'Asia/Shanghai')).toBeNull();
  });
});

describe('a day in a file’s name', () => {
  test.each([
    ['客户-2026-03-01.json', '2026-03-01'],
    ['roster_20260301.csv', '2026-03-01'],
    ['群 2026年3月1日.xlsx', '2026-03-01'],
    ['2026-01-01 to 2026.3.1.json', '2026-03-01'],
    ['export-20260301-1530.json', '2026-03-01'],
    ['batch-202603011.json', null],
    ['v1.2.3.json', null],
    ['20261399.json', null],
    ['list.json', null],
  ])('%s', (name, day) => {
    expect(dayInName(name)).toBe(day);
  });
});
