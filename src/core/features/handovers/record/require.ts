import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import type { HandoverId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import { type HandoverParties, maySee, rolesOf } from '../model.ts';
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
export async function requireOpenHandover(
  reader: Reader,
  user: SignedIn,
  id: HandoverId,
): Promise<LoadedHandover> {
  const loaded = await requireHandover(reader, user, id);
  if (loaded.row.state === 'open') return loaded;
  throw new AppError(
    'handover-frozen',
    'The sheet of this handover is frozen for signing. Reopen the handover, then change it.',
    { id, state: loaded.row.state },
  );
}

/**
 * As `requireOpenHandover`, for changes that whoever leaves must not make of their own handover: what it consists of, and what is
 * written of its rows. Throws `handover-refused` with the reason `own-handover`.
 */
export async function requireOthersHandover(
  reader: Reader,
  user: SignedIn,
  id: HandoverId,
): Promise<LoadedHandover> {
  const loaded = await requireOpenHandover(reader, user, id);
  if (!rolesOf(partiesOf(loaded), user.userId).includes('leaver')) return loaded;
  throw new AppError(
    'handover-refused',
    'Nobody changes the handover of their own customers. Ask the supervisor or another manager.',
    { id, reason: 'own-handover' },
  );
}
