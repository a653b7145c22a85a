import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';

import { addDays, daysBetween, mondayOf, weekdayOf } from './days.ts';
import { plainText } from './numerals.ts';
import { findTimes } from './times.ts';

const timeZone = 'Asia/Shanghai';
/** Friday, 27 February 2026, 10:20 in Shanghai. */
const friday = Date.parse('2026-02-27T02:20:00Z');

function due(text: string, at = friday): string {
  return findTimes(plainText(text), { at, timeZone })
    .map(({ due: found }) => {
      if (found === null) return '?';
      const time =
        found.minute === null
          ? ''
          : ` ${String(Math.floor(found.minute / 60)).padStart(2, '0')}:${String(found.minute % 60).padStart(2, '0')}`;
      const days = found.from === found.to ? found.to : `${found.from}…${found.to}`;
      return `${days}${time}${found.bound === 'on' ? '' : ` ${found.bound}`}`;
    })
    .join(' | ');
}

test('a date without its year may have just passed, in the year before as well', () => {
  const january = Date.parse('2026-01-10T02:20:00Z');
  expect(due('12月20日', january)).toBe('2025-12-20');
  expect(due('12月1日', january)).toBe('2025-12-01');
  expect(due('10月20日', january)).toBe('2026-10-20');
  expect(due('1月20日', january)).toBe('2026-01-20');
});

test.each([
  // Days from the day on which it was said
  ['今天给您', '2026-02-27'],
  ['今晚给您回电话', '2026-02-27 23:59'],
  ['明天给您送过去', '2026-02-28'],
  ['明早联系您', '2026-02-28 10:00'],
  ['明天上午给您', '2026-02-28 12:00'],
  ['后天给您', '2026-03-01'],
  ['大后天给您', '2026-03-02'],
  ['三天后给您', '2026-03-02'],
  ['3天之内给您', '2026-02-27…2026-03-02 by'],
  ['两周后', '2026-03-13'],
  ['一个月后', '2026-03-27'],
  ['半个月后', '2026-03-14'],
  ['一个半月后', '2026-04-11'],
  ['两个半月之内', '2026-02-27…2026-05-12 by'],
  ['一年半后', '2027-08-27'],
  ['明天凌晨12点', '2026-02-28 00:00'],
  ['明天凌晨1点', '2026-02-28 01:00'],
  ['明天晚上12点', '2026-02-28 23:59'],
  ['3-5个工作日', '2026-02-27…2026-03-06'],
  ['5个工作日内到账', '2026-02-27…2026-03-06 by'],
  ['过两天给您', '2026-03-01'],
  // Weekdays; the week begins on Monday
  ['下周一给您', '2026-03-02'],
  ['下周三', '2026-03-04'],
  ['下周日', '2026-03-08'],
  ['下星期天', '2026-03-08'],
  ['下下周二', '2026-03-10'],
  ['本周五', '2026-02-27'],
  ['周五给您', '2026-03-06'],
  ['周一给您', '2026-03-02'],
  ['礼拜六给您', '2026-02-28'],
  ['下周给您', '2026-03-02…2026-03-08'],
  ['这周内给您', '2026-02-27…2026-03-01 by'],
  ['周末给您', '2026-02-28…2026-03-01'],
  ['上周末给过您', '2026-02-21…2026-02-22'],
  ['周三到周五', '2026-03-04…2026-03-06'],
  ['下週三', '2026-03-04'],
  // Months
  ['月底前给您', '2026-02-28 by'],
  ['本月底', '2026-02-28'],
  ['下个月底', '2026-03-31'],
  ['下月底前', '2026-03-31 by'],
  ['4月底', '2026-04-30'],
  ['下个月给您', '2026-03-01…2026-03-31'],
  ['下月初', '2026-03-01…2026-03-10'],
  ['月初给您', '2026-03-01…2026-03-10'],
  ['3号给您', '2026-03-03'],
  ['28号前', '2026-02-28 by'],
  ['31号给您', '2026-03-31'],
  ['下月3号', '2026-03-03'],
  ['下个月十五号', '2026-03-15'],
  ['３号之前', '2026-03-03 by'],
  ['3月15日到期', '2026-03-15'],
  ['三月十五号', '2026-03-15'],
  ['1月5日', '2026-01-05'],
  ['12月1日', '2026-12-01'],
  ['2026年5月6日', '2026-05-06'],
  ['2026-05-06', '2026-05-06'],
  ['年底前', '2026-12-31 by'],
  ['季度末', '2026-03-31'],
  // Times of day
  ['下午3点给您', '2026-02-27 15:00'],
  ['下午三点半', '2026-02-27 15:30'],
  ['15:00给您', '2026-02-27 15:00'],
  ['9点给您打电话', '2026-02-28 09:00'],
  ['明天3点', '2026-02-28 15:00'],
  ['明天上午10点一刻', '2026-02-28 10:15'],
  ['明天中午12点前', '2026-02-28 12:00 by'],
  ['周一早上8:30', '2026-03-02 08:30'],
  ['半小时后', '2026-02-27 10:50'],
  ['两个小时内', '2026-02-27 12:20 by'],
  ['20分钟后', '2026-02-27 10:40'],
  ['稍后给您', '2026-02-27'],
  ['下班前给您', '2026-02-27 18:00 by'],
  ['最迟周三', '2026-03-04 by'],
  // No day
  ['节后给您', '?'],
  ['国庆前给您', '?'],
  ['过几天给您', '?'],
  ['尽快给您', '?'],
])('%s is %s', (text, expected) => {
  expect(due(text)).toBe(expected);
});

test.each([
  '以后天天联系',
  '三点建议',
  '早一点',
  '有一点贵',
  '1号楼',
  '3号窗口',
  '年化3.15%',
  '13912345678',
  '早上好',
  '一共3点需要说明',
  '每周一开会',
  '第3号产品',
  '周转资金',
  '50号',
  '2月30日',
])('%s names no time', (text) => {
  expect(due(text)).toBe('');
});

test('is counted in the zone of the workspace', () => {
  const late = Date.parse('2026-02-27T16:30:00Z');
  expect(due('明天', late)).toBe('2026-03-01');
  expect(findTimes('明天', { at: late, timeZone: 'UTC' })[0]?.due?.to).toBe('2026-02-28');
});

test('leaves holidays where they are, and counts working days around them', () => {
  const days = new Map([
    ['2026-10-01', 'holiday'],
    ['2026-10-02', 'holiday'],
    ['2026-10-10', 'workday'],
  ] as const);
  const at = Date.parse('2026-09-30T02:00:00Z');
  expect(findTimes('明天', { at, timeZone, days })[0]?.due?.to).toBe('2026-10-01');
  expect(findTimes('2个工作日内', { at, timeZone, days })[0]?.due?.to).toBe('2026-10-06');
});

describe('whenever it is said', () => {
  const moments = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2035-12-31') });
  const dayAt = (at: number) => due('今天', at);

  it('counts days on', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 60 }), (at, count) => {
        expect(due(`${count}天后`, at)).toBe(addDays(dayAt(at), count));
      }),
    );
  });

  it('finds the weekday in its week', () => {
    const names = '一二三四五六日';
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 7 }), (at, number) => {
        const today = dayAt(at);
        const next = due(`下周${names[number - 1] ?? ''}`, at);
        expect(weekdayOf(next)).toBe(number);
        expect(daysBetween(mondayOf(today), mondayOf(next))).toBe(7);
        const bare = due(`周${names[number - 1] ?? ''}`, at);
        expect(weekdayOf(bare)).toBe(number);
        expect(daysBetween(today, bare)).toBeGreaterThan(0);
        expect(daysBetween(today, bare)).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('finds the next day of that number, and never one that does not exist', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 31 }), (at, number) => {
        const found = due(`${number}号`, at);
        expect(Number(found.slice(8))).toBe(number);
        expect(found >= dayAt(at)).toBe(true);
        expect(daysBetween(dayAt(at), found)).toBeLessThanOrEqual(61);
      }),
    );
  });

  it('finds the last day of the month', () => {
    fc.assert(
      fc.property(moments, (at) => {
        const last = due('月底', at);
        expect(last.slice(0, 7)).toBe(dayAt(at).slice(0, 7));
        expect(addDays(last, 1).slice(8)).toBe('01');
      }),
    );
  });

  it('never fails, and gives stretches of the text in order', () => {
    const pieces = fc.constantFrom(
      ...'今明后大下本周一三日末月底初号点半前后内之以上午:3120年天个工作小时分钟到节春'.split(''),
      '给您',
      ',',
      'x',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
          fc.string(),
        ),
        moments,
        (text, at) => {
          let last = 0;
          for (const { start, end, due: found } of findTimes(plainText(text), { at, timeZone })) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            last = end;
            if (found !== null) {
              expect(found.from <= found.to).toBe(true);
              expect(found.from).toMatch(/^\d{4}-\d{2}-\d{2}$/);
            }
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
