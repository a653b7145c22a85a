import type { Selectable } from 'kysely';

import { AppError } from '../../contract/errors.ts';
import type { SignedIn } from '../../contract/handlers.ts';
import { SavedViewId } from '../../contract/ids.ts';
import type { Writer } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';
import type { Services } from '../../platform/services.ts';
import { recordAudit } from '../audit/index.ts';
import { HitFilter, HitSort, type SavedView } from './contract.ts';
import { deleteView, insertView } from './view-repository.ts';

/** Keeps a filter and sort under a name of the user's own. */
export async function saveView(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  user: SignedIn,
  view: Pick<SavedView, 'name' | 'filter' | 'sort'>,
): Promise<SavedView> {
  const id = services.ids.next(SavedViewId);
  const added = await insertView(writer, {
    id,
    user_id: user.userId,
    name: view.name,
    filter: JSON.stringify(view.filter),
    sort: JSON.stringify(view.sort),
    created_at: services.clock.now(),
  });
  if (!added) {
    throw new AppError(
      'name-taken',
      'You have a saved view of this name. Choose another name, or remove that view.',
      {
        name: view.name,
      },
    );
  }
  await recordAudit(writer, services.clock, user, {
    action: 'supervision.saveView',
    recordKind: 'saved-view',
    recordId: id,
    after: view,
  });
  return { id, ...view };
}

/** Removes one of the user's own views. */
export async function removeView(
  writer: Writer,
  clock: Services['clock'],
  user: SignedIn,
  id: SavedViewId,
): Promise<void> {
  const removed = await deleteView(writer, user.userId, id);
  if (removed === undefined) throw new AppError('not-found', 'You have no such saved view.', { id });
  const { name, filter, sort } = viewOf(removed);
  await recordAudit(writer, clock, user, {
    action: 'supervision.removeView',
    recordKind: 'saved-view',
    recordId: id,
    before: { name, filter, sort },
  });
}

/** A stored view as its owner sees it. */
export function viewOf(row: Selectable<Tables['saved_views']>): SavedView {
  return {
    id: row.id,
    name: row.name,
    filter: HitFilter.parse(JSON.parse(row.filter)),
    sort: HitSort.parse(JSON.parse(row.sort)),
  };
}
