import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import type { HandoverId, Milliseconds } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import type { SheetQuery } from '../protocol.ts';
import { selectLatestHandoverOf } from './repository.ts';
import { type LoadedHandover, requireHandover } from './require.ts';

/** What the worker needs to know to work out a handover's sheet. */
export function sheetQueryOf({ row, takers }: LoadedHandover, now: Milliseconds): SheetQuery {
  return {
    handoverId: row.id,
    leaver: row.leaver,
    leaverUser: row.leaver_user,
    lastDay: row.last_day,
    openingDay: row.opening_day,
    previousLastDay: row.previous_last_day,
    leavesAgain: row.next_last_day !== null,
    takers: takers.map((one) => one.taker),
    now,
  };
}

/** The same for a leaver for whom no handover is opened: everything follows from the records. */
export function unopenedQuery(leaver: string, now: Milliseconds): SheetQuery {
  return {
    handoverId: null,
    leaver,
    leaverUser: null,
    lastDay: null,
    openingDay: null,
    previousLastDay: null,
    leavesAgain: false,
    takers: [],
    now,
  };
}

/**
 * The handover that is asked for, of a leaver the latest one; the leaver alone where none is opened. Throws `not-found` or
 * `forbidden` where the caller may not see it.
 */
export async function targetOf(
  reader: Reader,
  user: SignedIn,
  target: { readonly handoverId: HandoverId } | { readonly leaver: string },
): Promise<LoadedHandover | { readonly leaver: string }> {
  if ('handoverId' in target) return requireHandover(reader, user, target.handoverId);
  if (!user.permissions.has('archive:read'))
    throw new AppError('forbidden', 'Your roles do not let you read the archive.', {
      permission: 'archive:read',
    });
  const opened = await selectLatestHandoverOf(reader, target.leaver);
  return opened === undefined ? { leaver: target.leaver } : requireHandover(reader, user, opened.id);
}
