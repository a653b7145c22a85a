import { z } from 'zod';

import { AppError } from '../../../../contract/errors.ts';
import type { SignedIn } from '../../../../contract/handlers.ts';
import type { ApprovalId, Milliseconds } from '../../../../contract/ids.ts';
import type { Reader } from '../../../../platform/database/connection.ts';
import { ApprovalRecord, type ApprovalRow, type ApprovalView } from './contract.ts';
import { approvalState } from './model.ts';
import { type ApprovalRecordRow, selectApproval, selectUses } from './repository.ts';

const Told = z.array(z.object({ kind: z.enum(['person', 'library']), name: z.string() }));

export function approvalRow(row: ApprovalRecordRow, now: Milliseconds): ApprovalRow {
  const withdrawnAt = row.withdrawn_at;
  return {
    id: row.id,
    number: row.number,
    state: approvalState({ expiresAt: row.expires_at, withdrawnAt }, now),
    materialId: row.material_id,
    versionId: row.version_id,
    versionNumber: row.version_number,
    title: row.title,
    type: row.type,
    hash: row.hash,
    reviewId: row.review_id,
    approvedAt: row.approved_at,
    expiresAt: row.expires_at,
    withdrawnAt,
  };
}

/** Throws `not-found`. */
export async function requireApproval(reader: Reader, id: ApprovalId): Promise<ApprovalRecordRow> {
  const row = await selectApproval(reader, id);
  if (row === undefined) throw new AppError('not-found', 'There is no such approval.', { id });
  return row;
}

export async function loadApproval(
  reader: Reader,
  id: ApprovalId,
  user: SignedIn,
  now: Milliseconds,
): Promise<ApprovalView> {
  const row = await requireApproval(reader, id);
  const uses = await selectUses(reader, id);
  const head = approvalRow(row, now);
  return {
    ...head,
    record: ApprovalRecord.parse(JSON.parse(row.record)),
    uses: uses.map((use) => ({
      channel: use.channel,
      place: use.place,
      usedAt: use.used_at,
      recordedBy: { id: use.recorded_by, name: use.recorded_by_name },
      recordedAt: use.recorded_at,
    })),
    firstUsedAt: uses[0]?.used_at ?? null,
    lastUsedAt: uses.at(-1)?.used_at ?? null,
    withdrawal:
      row.withdrawn_at === null || row.withdrawn_by === null
        ? null
        : {
            reason: row.withdrawal_reason ?? '',
            by: { id: row.withdrawn_by, name: row.withdrawer_name ?? '' },
            at: row.withdrawn_at,
            told: Told.parse(JSON.parse(row.told ?? '[]')),
          },
    may: { withdraw: head.withdrawnAt === null && user.permissions.has('approvals:withdraw') },
  };
}
