import { AppError } from '../../contract/errors.ts';

/** Minutes since midnight of `HH:MM`. Throws `bad-input`. */
export function minuteOfClock(time: string): number {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) {
    throw new AppError('bad-input', `"${time}" is no time of day. Write it like 09:30.`, { path: 'time' });
  }
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
