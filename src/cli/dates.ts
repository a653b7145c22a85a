import { AppError } from '../core/contract/errors.ts';

const day = 86_400_000;
/** Every zone's offset is a multiple of it. */
const quarterHour = 15 * 60_000;

/**
 * When a calendar day, `2026-03-31`, begins in a zone; `later` days after it. Throws `bad-input`, which names the option,
 * for what is no date. Found by halving: on days that a change of clocks begins or ends, midnight may not be where adding an
 * offset puts it.
 */
export function startOfDate(option: string, date: string, timeZone: string, later = 0): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) {
    throw new AppError('bad-input', `${option} ${date} is no date; write it as 2026-03-31.`, { option });
  }
  const middle = at + later * day;
  const wanted = new Date(middle).toISOString().slice(0, 10);
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  let before = (middle - day) / quarterHour;
  let within = (middle + day) / quarterHour;
  while (within - before > 1) {
    const between = Math.floor((before + within) / 2);
    if (format.format(between * quarterHour) >= wanted) within = between;
    else before = between;
  }
  return within * quarterHour;
}
