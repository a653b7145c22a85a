const quarterHour = 15 * 60_000;

/**
 * The calendar day of a time in a zone, `2026-03-31`. Remembers each quarter of an hour: every zone's offset is a multiple of
 * it, and formatting a date costs more than importing a message.
 */
export function createDays(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const known = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / quarterHour);
    let day = known.get(quarter);
    if (day === undefined) {
      // Years of any archive fit easily; a hostile file's do not.
      if (known.size > 500_000) known.clear();
      day = format.format(quarter * quarterHour);
      known.set(quarter, day);
    }
    return day;
  };
}
