import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import type { HandoverId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import { type HandoverParties, judgesOwn, maySee } from '../model.ts';
import { type HandoverRow, type TakerRow, selectHandover, selectTakers } from './repository.ts';

/** A handover with its takers. */
export interface LoadedHandover {
  readonly row: HandoverRow;
  readonly takers: readonly TakerRow[];
}

/** Who is party to a handover. */
export function partiesOf({ row, takers }: LoadedHandover): HandoverParties {
  return {
    id: row.id,
    leaver: row.leaver,
    leaverUser: row.leaver_user,
    leaverNamed: row.leaver_named,
    supervisorUser: row.supervisor_user,
    takers: takers.map(({ taker, user_id }) => ({ taker, userId: user_id })),
  };
}

/** The handover, for whoever may see it; `not-found` for everybody else, who need not learn that somebody leaves. */
export async function requireHandover(
  reader: Reader,
  user: SignedIn,
  id: HandoverId,
): Promise<LoadedHandover> {
  const row = await selectHandover(reader, id);
  if (row !== undefined) {
    const loaded = { row, takers: await selectTakers(reader, [id]) };
    if (maySee(partiesOf(loaded), user)) return loaded;
  }
  throw new AppError('not-found', 'There is no such handover.', { id });
}

/** The handover, while what belongs to it may be changed: `handover-frozen` while a sheet is frozen or signed. */
async function requireOpenHandover(reader: Reader, user: SignedIn, id: HandoverId): Promise<LoadedHandover> {
  const loaded = await requireHandover(reader, user, id);
  if (loaded.row.state === 'open') return loaded;
  throw new AppError(
    'handover-frozen',
    'The sheet of this handover is frozen for signing. Reopen the handover, then change it.',
    { id, state: loaded.row.state },
  );
}

/** The same for whoever manages it without being the leaver or a taker: `handover-refused` with the reason `own-handover` for those. */
export async function requireManaged(
  reader: Reader,
  user: SignedIn,
  id: HandoverId,
): Promise<LoadedHandover> {
  const loaded = await requireOpenHandover(reader, user, id);
  if (judgesOwn(partiesOf(loaded), user.userId)) throw ownHandover();
  return loaded;
}

export function ownHandover(): AppError {
  return new AppError(
    'handover-refused',
    'You are a party to this handover. A manager who is none, or the supervisor, does this.',
    { reason: 'own-handover' },
  );
}
