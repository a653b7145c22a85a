import { Milliseconds } from '../../../contract/ids.ts';
import { type WorkCalendar, isWorkingDay, localDay, momentOf } from '../../calendar/model.ts';

const hour = 3_600_000;
const dayLength = 24 * hour;
/** Three years: the demo's past is some months long. */
const mostDays = 1_100;

/**
 * The moment from which so many working hours pass until `at`, the reverse of `addWorkingHours`. Of zero hours the last working
 * moment up to `at`. Throws RangeError where three years don't have so many.
 */
export function workingHoursBefore(at: number, hours: number, calendar: WorkCalendar): Milliseconds {
  const { timeZone, officeHours } = calendar;
  let left = Math.round(hours * hour);
  let day = localDay(at, timeZone);
  for (let count = 0; count < mostDays; count += 1) {
    if (isWorkingDay(day, calendar)) {
      for (const { from, to } of officeHours.toReversed()) {
        const start = momentOf(day, from, timeZone);
        const length = Math.min(momentOf(day, to, timeZone), at) - start;
        if (length <= 0) continue;
        if (length >= left) return Milliseconds.parse(start + length - left);
        left -= length;
      }
    }
    day = new Date(Date.parse(`${day}T00:00:00Z`) - dayLength).toISOString().slice(0, 10);
  }
  throw new RangeError(`three years have no ${hours} working hours`);
}
