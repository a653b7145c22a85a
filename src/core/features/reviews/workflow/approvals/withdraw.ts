import { AppError } from '../../../../contract/errors.ts';
import type { SignedIn } from '../../../../contract/handlers.ts';
import type {
  ApprovalId,
  ContentHash,
  MaterialId,
  MaterialVersionId,
  Milliseconds,
} from '../../../../contract/ids.ts';
import type { Writer } from '../../../../platform/database/connection.ts';
import type { Services } from '../../../../platform/services.ts';
import { recordAudit } from '../../../audit/index.ts';
import { tell } from '../notices.ts';
import { selectOpenReview } from '../repository.ts';
import { ApprovalRecord } from './contract.ts';
import { insertWithdrawal, selectApproval, selectUses } from './repository.ts';
import { restMaterial } from './resting-state.ts';

/** What whoever holds approved items has to know of one that is taken back. */
export interface Withdrawn {
  readonly approvalId: ApprovalId;
  readonly number: string;
  readonly materialId: MaterialId;
  readonly versionId: MaterialVersionId;
  readonly hash: ContentHash;
  readonly reason: string;
  readonly at: Milliseconds;
}

/**
 * Takes the item off a shelf, in the withdrawal's own transaction: where one fails, nothing is withdrawn. Answers the names of the libraries that
 * held it.
 */
export type WithdrawalHook = (writer: Writer, withdrawn: Withdrawn) => Promise<readonly string[]>;

/** Takes an approval back: on record, everywhere that holds the item, and told to everybody concerned. */
export async function withdrawApproval(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  user: SignedIn,
  hooks: readonly WithdrawalHook[],
  { id, reason }: { readonly id: ApprovalId; readonly reason: string },
): Promise<void> {
  const row = await selectApproval(writer, id);
  if (row === undefined) throw new AppError('not-found', 'There is no such approval.', { id });
  if (row.withdrawn_at !== null) {
    throw new AppError('approval-not-valid', 'This approval was withdrawn before.', { number: row.number });
  }
  const at = services.clock.now();
  const record = ApprovalRecord.parse(JSON.parse(row.record));
  const libraries: string[] = [];
  const withdrawn: Withdrawn = {
    approvalId: id,
    number: row.number,
    materialId: row.material_id,
    versionId: row.version_id,
    hash: row.hash,
    reason,
    at,
  };
  for (const hook of hooks) libraries.push(...(await hook(writer, withdrawn)));
  const people = new Map(
    [
      record.preparer,
      record.submittedBy,
      ...record.editors,
      ...record.decisions.map(({ by }) => by),
      ...(await selectUses(writer, id)).map((use) => ({
        id: use.recorded_by,
        name: use.recorded_by_name,
      })),
    ].map((person) => [person.id, person.name] as const),
  );
  await insertWithdrawal(writer, {
    approval_id: id,
    reason,
    withdrawn_by: user.userId,
    at,
    told: JSON.stringify([
      ...[...people.values()].map((name) => ({ kind: 'person', name })),
      ...libraries.map((name) => ({ kind: 'library', name })),
    ]),
  });
  await tell(
    writer,
    services,
    {
      about: id,
      kind: 'approval-withdrawn',
      to: [...people.keys()],
      reviewId: null,
      approvalId: id,
      params: { number: row.number, reason },
    },
    at,
  );
  await recordAudit(writer, services.clock, user, {
    action: 'approvals.withdraw',
    recordKind: 'approval',
    recordId: id,
    before: { number: row.number, hash: row.hash },
    after: withdrawn,
    details: { number: row.number, reason, told: people.size, libraries: libraries.length },
  });
  if ((await selectOpenReview(writer, row.material_id)) === null)
    await restMaterial(writer, row.material_id, at, 'withdrawn');
}
