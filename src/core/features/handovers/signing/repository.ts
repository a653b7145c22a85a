import type { Insertable } from 'kysely';

import type { HandoverId, HandoverSnapshotId, Milliseconds, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Role } from '../../users/model.ts';
import type { Tables } from '../../../platform/database/schema.ts';

/** Most times that one handover is frozen, and most signatures of all of them. */
const mostSnapshots = 1_000;
const mostSignatures = 50_000;

/** Those of these accounts that are active and hold one of the roles. */
export async function selectActiveWithRole(
  reader: Reader,
  ids: readonly UserId[],
  roles: readonly Role[],
): Promise<ReadonlySet<UserId>> {
  if (ids.length === 0) return new Set();
  const rows = await reader
    .selectFrom('users')
    .innerJoin('user_roles', 'user_roles.user_id', 'users.id')
    .where('users.id', 'in', ids)
    .where('users.state', '=', 'active')
    .where('user_roles.role', 'in', roles)
    .select('users.id')
    .distinct()
    .execute();
  return new Set(rows.map(({ id }) => id));
}

function snapshots(reader: Reader) {
  return reader
    .selectFrom('handover_snapshots as snapshot')
    .innerJoin('users as freezer', 'freezer.id', 'snapshot.frozen_by')
    .leftJoin('users as reopener', 'reopener.id', 'snapshot.reopened_by')
    .selectAll('snapshot')
    .select(['freezer.display_name as freezer_name', 'reopener.display_name as reopener_name']);
}

export type SnapshotRow = NonNullable<Awaited<ReturnType<typeof selectSnapshot>>>;

export async function selectSnapshot(reader: Reader, id: HandoverSnapshotId) {
  return snapshots(reader).where('snapshot.id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function selectSnapshots(reader: Reader, id: HandoverId): Promise<readonly SnapshotRow[]> {
  return snapshots(reader)
    .where('snapshot.handover_id', '=', id)
    .orderBy('snapshot.number', 'desc')
    .limit(mostSnapshots)
    .execute();
}

export async function selectNewestSnapshot(reader: Reader, id: HandoverId): Promise<SnapshotRow | undefined> {
  return snapshots(reader)
    .where('snapshot.handover_id', '=', id)
    .orderBy('snapshot.number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function insertSnapshot(
  writer: Writer,
  row: Insertable<Tables['handover_snapshots']>,
): Promise<void> {
  await writer.insertInto('handover_snapshots').values(row).execute();
}

export async function markReopened(
  writer: Writer,
  id: HandoverSnapshotId,
  reopened: { readonly by: UserId; readonly at: Milliseconds; readonly reason: string },
): Promise<void> {
  await writer
    .updateTable('handover_snapshots')
    .set({ reopened_at: reopened.at, reopened_by: reopened.by, reopened_reason: reopened.reason })
    .where('id', '=', id)
    .execute();
}

export type SignatureRow = Awaited<ReturnType<typeof selectSignatures>>[number];

/** Of all snapshots of a handover, in the order of signing. */
export async function selectSignatures(reader: Reader, id: HandoverId) {
  return reader
    .selectFrom('handover_signatures as signature')
    .innerJoin('handover_snapshots as snapshot', 'snapshot.id', 'signature.snapshot_id')
    .where('snapshot.handover_id', '=', id)
    .selectAll('signature')
    .orderBy('signature.id')
    .limit(mostSignatures)
    .execute();
}

export async function insertSignature(
  writer: Writer,
  row: Insertable<Tables['handover_signatures']>,
): Promise<void> {
  await writer.insertInto('handover_signatures').values(row).execute();
}
