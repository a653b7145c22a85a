import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { builtInYears } from './chinese-days.ts';
import {
  type WorkCalendar,
  addMonths,
  addWorkingHours,
  defaultOfficeHours,
  isWorkingDay,
  localDay,
  momentOf,
  workingHoursBetween,
  workingTimeBetween,
} from './model.ts';

const builtIn = builtInYears();

function calendarOf(timeZone = 'Asia/Shanghai', officeHours = defaultOfficeHours): WorkCalendar {
  return {
    timeZone,
    officeHours,
    days: new Map([...builtIn.values()].flatMap((days) => days.map(({ day, kind }) => [day, kind] as const))),
    years: new Set(builtIn.keys()),
  };
}

const shanghai = calendarOf();
const at = (day: string, time: string) => Date.parse(`${day}T${time}:00+08:00`);

describe('working days', () => {
  test.each([
    ['2026-02-14', true, 'a Saturday that is worked for the Spring Festival'],
    ['2026-02-15', false, 'the Spring Festival begins'],
    ['2026-02-16', false, 'a Monday within it'],
    ['2026-02-24', true, 'the first day after it'],
    ['2026-02-28', true, 'another Saturday that is worked'],
    ['2026-03-07', false, 'a Saturday like others'],
    ['2026-10-01', false, 'the National Day'],
  ])('%s: %s, %s', (day, worked) => {
    expect(isWorkingDay(day, shanghai)).toBe(worked);
  });
});

describe('working hours', () => {
  test.each([
    ['within a morning', '2026-03-04', '09:30', 2, '2026-03-04', '11:30'],
    ['over lunch', '2026-03-04', '11:00', 2, '2026-03-04', '14:00'],
    ['over night', '2026-03-04', '17:00', 2, '2026-03-05', '10:00'],
    ['over a weekend', '2026-03-06', '17:00', 2, '2026-03-09', '10:00'],
    ['up to the end of a day, not to the next morning', '2026-03-04', '09:00', 8, '2026-03-04', '18:00'],
    ['from before office hours', '2026-03-04', '03:00', 1, '2026-03-04', '10:00'],
    ['from a holiday', '2026-02-18', '12:00', 1, '2026-02-24', '10:00'],
    // Friday 13, Saturday 14 is worked, then free until Tuesday 24.
    ['over the Spring Festival', '2026-02-13', '17:00', 10, '2026-02-24', '10:00'],
    ['half an hour', '2026-03-04', '11:45', 0.5, '2026-03-04', '13:15'],
  ])('%s', (_name, day, time, hours, thenDay, thenTime) => {
    expect(addWorkingHours(at(day, time), hours, shanghai)).toEqual({
      at: at(thenDay, thenTime),
      assumedYears: [],
    });
  });

  test('say which years are only assumed', () => {
    expect(addWorkingHours(at('2026-12-31', '17:00'), 2, shanghai)).toEqual({
      at: at('2027-01-01', '10:00'),
      assumedYears: [2027],
    });
  });

  test('of nothing are now, also at night; fewer than none are refused', () => {
    expect(addWorkingHours(at('2026-03-04', '23:00'), 0, shanghai).at).toBe(at('2026-03-04', '23:00'));
    expect(() => addWorkingHours(at('2026-03-04', '23:00'), -1, shanghai)).toThrow(RangeError);
  });

  test('where nobody ever works are refused rather than looked for without end', () => {
    const days = new Map<string, 'holiday'>();
    for (let day = 0; day < 4_000; day += 1) {
      days.set(new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString().slice(0, 10), 'holiday');
    }
    expect(() => addWorkingHours(at('2026-01-01', '09:00'), 1, { ...shanghai, days })).toThrow('ten years');
  });

  // The reference looks at each minute by itself, on the clock that Intl shows.
  const zones = ['Asia/Shanghai', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'] as const;

  const clocks = new Map(
    zones.map((timeZone) => [
      timeZone as string,
      new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
    ]),
  );

  function isWorked(moment: number, calendar: WorkCalendar): boolean {
    const [day = '', time = ''] = (clocks.get(calendar.timeZone)?.format(moment) ?? '').split(' ');
    const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const kind = calendar.days.get(day);
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    const works = kind === undefined ? weekday >= 1 && weekday <= 5 : kind === 'workday';
    return works && calendar.officeHours.some(({ from, to }) => from <= minute && minute < to);
  }

  const officeHours = fc.constantFrom(
    defaultOfficeHours,
    [{ from: 0, to: 1440 }],
    [
      { from: 510, to: 690 },
      { from: 690, to: 1050 },
    ],
    [{ from: 1380, to: 1440 }],
    [{ from: 100, to: 170 }],
  );

  test('are those of a reference that walks through every minute', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        officeHours,
        // Around the Spring Festival and the National Day, and both clock changes of New York and Lord Howe.
        fc.constantFrom(
          Date.UTC(2026, 1, 12),
          Date.UTC(2026, 2, 6),
          Date.UTC(2026, 3, 3),
          Date.UTC(2026, 8, 28),
          Date.UTC(2026, 9, 30),
        ),
        fc.integer({ min: 0, max: 3 * 1440 }),
        fc.integer({ min: 1, max: 900 }),
        (timeZone, hours, base, offset, minutes) => {
          const calendar = calendarOf(timeZone, hours);
          const start = base + offset * 60_000;
          let left = minutes;
          let moment = start;
          while (left > 0) {
            if (isWorked(moment, calendar)) left -= 1;
            moment += 60_000;
          }
          const { at: found } = addWorkingHours(start, minutes / 60, calendar);
          expect(found).toBe(moment);
          expect(workingTimeBetween(start, found, calendar)).toBe(minutes * 60_000);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test('between two moments add up at any moment between them', () => {
    const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moment, moment, moment, (timeZone, a, b, c) => {
        const calendar = calendarOf(timeZone);
        const [first = 0, middle = 0, last = 0] = [a, b, c].toSorted((x, y) => x - y);
        expect(workingTimeBetween(first, middle, calendar) + workingTimeBetween(middle, last, calendar)).toBe(
          workingTimeBetween(first, last, calendar),
        );
        expect(workingHoursBetween(last, first, calendar)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('days and months', () => {
  test('of a moment are those of the zone', () => {
    expect(localDay(Date.UTC(2026, 0, 1, 15, 59), 'Asia/Shanghai')).toBe('2026-01-01');
    expect(localDay(Date.UTC(2026, 0, 1, 16), 'Asia/Shanghai')).toBe('2026-01-02');
    expect(momentOf('2026-01-02', 0, 'Asia/Shanghai')).toBe(Date.UTC(2026, 0, 1, 16));
    // 02:30 does not exist on that day; the clocks go from 02:00 to 03:00, which is 07:00 UTC.
    expect(momentOf('2026-03-08', 150, 'America/New_York')).toBe(Date.UTC(2026, 2, 8, 7));
    expect(momentOf('2026-03-08', 180, 'America/New_York')).toBe(Date.UTC(2026, 2, 8, 7));
    // 01:30 comes twice on that one.
    expect(momentOf('2026-11-01', 90, 'America/New_York')).toBe(Date.UTC(2026, 10, 1, 5, 30));
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2027-12-31', 2, '2028-02-29'],
    ['2026-11-27', 12, '2027-11-27'],
  ])('%s and %d months is %s', (day, months, then) => {
    expect(addMonths(day, months)).toBe(then);
  });
});
