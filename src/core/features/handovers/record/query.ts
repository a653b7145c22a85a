import type { Milliseconds } from '../../../contract/ids.ts';
import type { SheetQuery } from '../protocol.ts';
import type { LoadedHandover } from './require.ts';

/** What the worker needs to know to work out a handover's sheet. */
export function sheetQueryOf({ row, takers }: LoadedHandover, now: Milliseconds): SheetQuery {
  return {
    handoverId: row.id,
    leaver: row.leaver,
    lastDay: row.last_day,
    openingDay: row.opening_day,
    takers: takers.map((one) => one.taker),
    now,
  };
}
