import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { CalendarDay, Milliseconds } from '../../../contract/ids.ts';
import type { WorkCalendar } from '../../calendar/model.ts';
import { type ContinuityFilter, type TakenOver, assessContinuity } from './assess.ts';
import { continuityStates } from './model.ts';

const at = (when: string) => Milliseconds.parse(Date.parse(`${when}:00+08:00`));

/** Qingming is on Monday, 6 April 2026. */
const calendar: WorkCalendar = {
  timeZone: 'Asia/Shanghai',
  officeHours: [{ from: 540, to: 1080 }],
  days: new Map([['2026-04-06', 'holiday']]),
  years: new Set([2026]),
};

const rules = {
  lastDay: CalendarDay.parse('2026-03-31'),
  workingDays: 5,
  calendar,
  now: at('2026-04-20T10:00'),
};
const everything: ContinuityFilter = {
  states: [],
  complained: false,
  taker: null,
  query: '',
  offset: 0,
  limit: 1_000,
};

function customer(id: string, more: Partial<TakenOver> = {}): TakenOver {
  return {
    customer: { id, name: '' },
    taker: 'wuhao',
    since: at('2026-04-01T10:00'),
    contactedAt: null,
    answeredAt: null,
    complainedAt: null,
    leftAt: null,
    conversationId: null,
    ...more,
  };
}

const stateOf = (one: TakenOver, now = rules.now) =>
  assessContinuity([one], { ...rules, now }, everything).rows[0];

describe('a customer', () => {
  test('is to be contacted within five working days, holidays left out', () => {
    // 1 April is a Wednesday: Thursday, Friday, then Tuesday to Thursday of the week after the holiday.
    expect(stateOf(customer('wm1'))?.dueDay).toBe('2026-04-09');
  });

  test.each([
    [{}, '2026-04-09T23:59', 'waiting'],
    [{}, '2026-04-10T00:01', 'missed'],
    [{ contactedAt: at('2026-04-09T23:00') }, '2026-04-20T10:00', 'contacted'],
    [
      { contactedAt: at('2026-04-09T23:00'), answeredAt: at('2026-04-11T09:00') },
      '2026-04-20T10:00',
      'answered',
    ],
    [{ contactedAt: at('2026-04-10T00:30'), answeredAt: at('2026-04-11T09:00') }, '2026-04-20T10:00', 'late'],
    [{ contactedAt: at('2026-03-31T23:00') }, '2026-04-20T10:00', 'contacted'],
    [{ contactedAt: at('2026-04-02T09:00'), leftAt: at('2026-04-03T09:00') }, '2026-04-20T10:00', 'left'],
  ] as const)('%j stands at %s as %s', (more, now, state) => {
    expect(stateOf(customer('wm1', more), at(now))?.state).toBe(state);
  });
});

test('counts week by week, until now', () => {
  const { weeks } = assessContinuity(
    [
      customer('wm1', { contactedAt: at('2026-04-02T09:00'), answeredAt: at('2026-04-08T09:00') }),
      customer('wm2', { since: at('2026-04-08T10:00'), contactedAt: at('2026-04-09T10:00') }),
      customer('wm3', { leftAt: at('2026-04-15T10:00'), complainedAt: at('2026-04-14T10:00') }),
    ],
    rules,
    everything,
  );
  expect(weeks).toEqual([
    { from: '2026-04-01', to: '2026-04-07', customers: 2, contacted: 1, answered: 0, left: 0, complained: 0 },
    { from: '2026-04-08', to: '2026-04-14', customers: 3, contacted: 2, answered: 1, left: 0, complained: 1 },
    { from: '2026-04-15', to: '2026-04-21', customers: 3, contacted: 2, answered: 1, left: 1, complained: 1 },
  ]);
});

test('puts first what somebody has to do, filters and pages', () => {
  const rows = [
    customer('wm1', { contactedAt: at('2026-04-02T09:00'), answeredAt: at('2026-04-02T10:00') }),
    customer('wm2'),
    customer('wm3', { since: at('2026-04-19T10:00') }),
    customer('wm4', { taker: 'heli', complainedAt: at('2026-04-05T10:00') }),
  ];
  const ids = (filter: Partial<ContinuityFilter>) =>
    assessContinuity(rows, rules, { ...everything, ...filter }).rows.map((row) => row.customer.id);
  expect(ids({})).toEqual(['wm2', 'wm4', 'wm3', 'wm1']);
  expect(ids({ states: ['missed'] })).toEqual(['wm2', 'wm4']);
  expect(ids({ complained: true })).toEqual(['wm4']);
  expect(ids({ taker: 'heli' })).toEqual(['wm4']);
  expect(ids({ query: 'WM3' })).toEqual(['wm3']);
  expect(ids({ offset: 1, limit: 2 })).toEqual(['wm4', 'wm3']);
});

test('says which years it has no holidays of', () => {
  const late = customer('wm1', { since: at('2026-12-30T10:00') });
  expect(assessContinuity([late], rules, everything).assumedYears).toEqual([2027]);
});

test('every customer has one state, and weeks never count down', () => {
  const moment = fc
    .integer({ min: at('2026-03-20T00:00'), max: at('2026-05-20T00:00') })
    .map((value) => Milliseconds.parse(value));
  const maybe = fc.option(moment, { nil: null });
  const customers = fc.array(
    fc.record({ since: moment, contactedAt: maybe, answeredAt: maybe, complainedAt: maybe, leftAt: maybe }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(customers, moment, fc.integer({ min: 1, max: 10 }), (all, now, workingDays) => {
      const { totals, weeks, rows } = assessContinuity(
        all.map((more, index) => customer(`wm${index}`, more)),
        { ...rules, now, workingDays },
        everything,
      );
      expect(continuityStates.reduce((sum, state) => sum + totals[state], 0)).toBe(all.length);
      expect(rows).toHaveLength(all.length);
      weeks.forEach((week, index) => {
        const before = weeks[index - 1];
        for (const of of ['customers', 'contacted', 'answered', 'left', 'complained'] as const) {
          expect(week[of]).toBeLessThanOrEqual(week.customers);
          if (before !== undefined) expect(week[of]).toBeGreaterThanOrEqual(before[of]);
        }
      });
    }),
  );
});
