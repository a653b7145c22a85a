import { describe, expect, it } from 'vitest';

import { createFormatters, endOfDay, startOfDay } from './format.ts';

const zh = createFormatters('zh-CN', 'Asia/Shanghai');
const en = createFormatters('en-US', 'America/New_York');
const at = Date.UTC(2026, 2, 31, 17, 5, 9);

describe('formatters', () => {
  it('show times in the given zone, whatever the computer is set to', () => {
    expect(zh.dateTime(at)).toBe('2026-04-01 01:05:09');
    expect(zh.date(at)).toBe('2026-04-01');
    expect(en.dateTime(at)).toBe('2026-03-31 13:05:09');
    expect(en.time(at)).toBe('13:05');
  });

  it('show ages in words up to a week', () => {
    const now = at + 3 * 60_000;
    expect(en.age(at, now)).toBe('3 minutes ago');
    expect(zh.age(at, now)).toBe('3分钟前');
    expect(en.age(at, at + 8 * 86_400_000)).toBe('2026-03-31');
  });

  it('show sizes in steps of 1,000', () => {
    expect(en.bytes(0)).toBe('0 B');
    expect(en.bytes(999)).toBe('999 B');
    expect(en.bytes(12_345_678)).toBe('12.3 MB');
    expect(en.bytes(1_000)).toBe('1 kB');
  });

  it('show durations by their two largest units', () => {
    expect(en.duration(42_400)).toBe('42 sec');
    expect(en.duration(125_000)).toBe('2 min 5 sec');
    expect(en.duration(3_900_000)).toBe('1 hr 5 min');
    expect(en.duration(246_600_000)).toBe('2 days 20 hr');
  });
});

describe('days', () => {
  it('begin and end by the clock of the zone', () => {
    expect(startOfDay('2026-03-31', 'Asia/Shanghai')).toBe(Date.UTC(2026, 2, 30, 16));
    expect(endOfDay('2026-03-31', 'Asia/Shanghai')).toBe(Date.UTC(2026, 2, 31, 16) - 1);
  });

  it('have 23 hours where the clocks go forward, and 25 where they go back', () => {
    const hours = (day: string) =>
      (endOfDay(day, 'America/New_York') + 1 - startOfDay(day, 'America/New_York')) / 3_600_000;
    expect(hours('2026-03-08')).toBe(23);
    expect(hours('2026-11-01')).toBe(25);
    expect(hours('2026-07-01')).toBe(24);
  });
});
