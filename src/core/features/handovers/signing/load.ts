import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';

import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import type { HandoverSnapshotId, Milliseconds } from '../../../contract/ids.ts';
import type { BlobStore } from '../../../platform/blobs/index.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import { readSettings } from '../../settings/index.ts';
import {
  type LoadedHandover,
  handoverViews,
  requireHandover,
  sheetQueryOf,
  unopenedQuery,
} from '../record/index.ts';
import { damaged } from './damaged.ts';
import type { FreezeRequest } from './questions.ts';
import { type SnapshotRow, selectSignatures, selectSnapshot } from './repository.ts';
import { snapshotView } from './views.ts';

/** A snapshot with its handover, for whoever may see that; `not-found` for everybody else. */
export async function requireSnapshot(reader: Reader, user: SignedIn, id: HandoverSnapshotId) {
  const row = await selectSnapshot(reader, id);
  if (row === undefined) throw new AppError('not-found', 'There is no such frozen sheet.', { id });
  const loaded = await requireHandover(reader, user, row.handover_id);
  const signatures = await selectSignatures(reader, row.handover_id);
  const snapshot = snapshotView(
    row,
    signatures.filter((signature) => signature.snapshot_id === id),
  );
  return { row, loaded, snapshot };
}

/** Throws `workspace-damaged` where the stored sheet is not what was frozen, and `not-found` where it is lost: nobody signs that. */
export async function requireIntact(
  blobs: Pick<BlobStore, 'read'>,
  { blob_id, hash }: Pick<SnapshotRow, 'blob_id' | 'hash'>,
): Promise<void> {
  const actual = createHash('sha256');
  // A piece at a time: others are served in between.
  await pipeline(await blobs.read(blob_id), actual);
  if (actual.digest('hex') !== hash) throw damaged();
}

/** What the sheet says beside what the records say. */
export async function freezeRequest(
  reader: Reader,
  found: LoadedHandover | { readonly leaver: string },
  user: SignedIn,
  at: Milliseconds,
): Promise<FreezeRequest> {
  const { workspaceTitle, timeZone } = await readSettings(reader);
  if (!('row' in found))
    return { query: unopenedQuery(found.leaver, at), workspaceTitle, timeZone, supervisor: '', reason: '' };
  const [view] = await handoverViews(reader, user, [found], at);
  return {
    query: sheetQueryOf(found, at),
    workspaceTitle,
    timeZone,
    supervisor: view?.supervisor?.displayName ?? '',
    reason: found.row.reason,
  };
}
