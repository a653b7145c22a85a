import fc from 'fast-check';
import { expect, it } from 'vitest';

import { type WorkCalendar, addWorkingHours, defaultOfficeHours } from '../../calendar/model.ts';
import { workingHoursBefore } from './working-times.ts';

const calendar: WorkCalendar = {
  timeZone: 'Asia/Shanghai',
  officeHours: defaultOfficeHours,
  days: new Map([
    ['2026-10-01', 'holiday'],
    ['2026-10-10', 'workday'],
  ]),
  years: new Set([2026]),
};

it('goes back as far as addWorkingHours comes forward again', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2026, 8, 1), max: Date.UTC(2026, 11, 1) }),
      fc.integer({ min: 1, max: 200_000 }),
      (at, thousandths) => {
        const hours = thousandths / 1_000;
        const before = workingHoursBefore(at, hours, calendar);
        // The last working moment up to `at`: itself in office hours.
        const last = workingHoursBefore(at, 0, calendar);
        expect(addWorkingHours(before, hours, calendar).at).toBe(last);
        expect(last).toBeLessThanOrEqual(at);
      },
    ),
  );
});
