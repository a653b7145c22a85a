import { type SignedIn } from '../../../../contract/handlers.ts';
import { ApprovalId, type CalendarDay, Milliseconds } from '../../../../contract/ids.ts';
import type { Writer } from '../../../../platform/database/connection.ts';
import type { Services } from '../../../../platform/services.ts';
import { type Actor, recordAudit } from '../../../audit/index.ts';
import { readCalendar } from '../../../calendar/index.ts';
import { addMonths, localDay, momentOf } from '../../../calendar/model.ts';
import type { ApprovalRecord } from './contract.ts';
import { approvalNumber } from './model.ts';
import { insertApproval, takeNumber } from './repository.ts';

export interface Issued {
  readonly id: ApprovalId;
  readonly number: string;
}

/**
 * Puts an approval on record under the next number of its year, by the workspace's clock. It holds to the end of the day on which the template's months
 * are over, or on which the material itself says that it ends.
 */
export async function issueApproval(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  actor: SignedIn | Actor,
  approved: {
    readonly reviewId: Parameters<typeof insertApproval>[1]['review_id'];
    readonly materialId: Parameters<typeof insertApproval>[1]['material_id'];
    readonly versionId: Parameters<typeof insertApproval>[1]['version_id'];
    readonly hash: Parameters<typeof insertApproval>[1]['hash'];
    readonly validityMonths: number;
    readonly validUntil: CalendarDay | null;
    readonly record: ApprovalRecord;
  },
): Promise<Issued> {
  const at = services.clock.now();
  const { timeZone } = await readCalendar(writer);
  const today = localDay(at, timeZone);
  const year = Number(today.slice(0, 4));
  const sequence = await takeNumber(writer, year);
  const number = approvalNumber(year, sequence);
  const endOf = (day: string) => momentOf(day, 24 * 60, timeZone);
  const byTemplate = endOf(addMonths(today, approved.validityMonths));
  const expiresAt =
    approved.validUntil === null ? byTemplate : Math.min(byTemplate, endOf(approved.validUntil));
  const id = services.ids.next(ApprovalId);
  await insertApproval(writer, {
    id,
    year,
    sequence,
    number,
    review_id: approved.reviewId,
    material_id: approved.materialId,
    version_id: approved.versionId,
    hash: approved.hash,
    record: JSON.stringify(approved.record),
    approved_at: at,
    expires_at: Milliseconds.parse(expiresAt),
  });
  await recordAudit(writer, services.clock, actor, {
    action: 'approvals.issue',
    recordKind: 'approval',
    recordId: id,
    after: { number, hash: approved.hash, expiresAt, record: approved.record },
    details: {
      number,
      materialId: approved.materialId,
      versionId: approved.versionId,
      contentHash: approved.hash,
      expiresAt,
    },
  });
  return { id, number };
}
