import { AppError } from '../../contract/errors.ts';

/** Minutes since midnight in the time zone, 0 to 1,439. */
export function minuteOfDay(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const value = (type: 'hour' | 'minute') => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return value('hour') * 60 + value('minute');
}

/** Minutes since midnight of `HH:MM`. Throws `bad-input`. */
export function minuteOfClock(time: string): number {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) {
    throw new AppError('bad-input', `"${time}" is no time of day. Write it like 09:30.`, { path: 'time' });
  }
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
