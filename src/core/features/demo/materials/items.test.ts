import { describe, expect, it } from 'vitest';

import { Milliseconds } from '../../../contract/ids.ts';
import { defaultOfficeHours } from '../../calendar/model.ts';
import { demoFates } from './model.ts';
import { demoItems } from './items.ts';
import { planSteps } from './play.ts';

const calendar = {
  timeZone: 'Asia/Shanghai',
  officeHours: defaultOfficeHours,
  // A week's holiday, as in October.
  days: new Map(
    ['05', '06', '07', '08', '09'].map((date) => [`2026-10-${date}`, 'holiday' as const] as const),
  ),
  years: new Set([2026]),
};

describe('the demo’s materials', () => {
  it('are 60, with every fate', () => {
    const items = demoItems();
    expect(items).toHaveLength(60);
    expect(new Set(items.map(({ fate }) => fate))).toEqual(new Set(demoFates));
  });

  it.each(['2026-11-27T08:00:00Z', '2026-11-28T20:13:00Z', '2026-10-08T01:00:00Z', '2026-03-02T16:00:00Z'])(
    'are told in order up to %s, each step at a moment of its own, the same each time',
    (moment) => {
      const made = Milliseconds.parse(Date.parse(moment));
      const steps = planSteps(calendar, made, new Map());
      const times = steps.map(({ at }) => at);
      expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
      expect(times.at(-1)).toBeLessThanOrEqual(made);
      expect(planSteps(calendar, made, new Map()).map(({ at }) => at)).toEqual(times);
      // What the stories need is there before they begin.
      const first = steps.findIndex(({ event }) => event === 'materials.create');
      expect(steps.slice(0, first).filter(({ event }) => event === 'products.save')).toHaveLength(10);
    },
  );
});
