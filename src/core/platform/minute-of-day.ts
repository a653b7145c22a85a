const minute = 60_000;
const quarterHour = 15 * minute;
const mostRemembered = 100_000;

/**
 * Tells the minute of the day, 0 to 1,439, of a point in time (UTC milliseconds) in a zone. Remembers each quarter of an hour: every zone's offset is a multiple of it, and
 * formatting a time costs more than screening a message. Throws RangeError for a zone that there is not.
 */
export function createMinutes(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
  });
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / quarterHour);
    let first = known.get(quarter);
    if (first === undefined) {
      if (known.size > mostRemembered) known.clear();
      const parts = format.formatToParts(quarter * quarterHour);
      const of = (type: 'hour' | 'minute') => Number(parts.find((part) => part.type === type)?.value ?? 0);
      first = of('hour') * 60 + of('minute');
      known.set(quarter, first);
    }
    return first + Math.floor((at - quarter * quarterHour) / minute);
  };
}
