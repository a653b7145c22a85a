import { AppError } from '../../../../contract/errors.ts';
import { type Handlers, requireUser } from '../../../../contract/handlers.ts';
import type { Services } from '../../../../platform/services.ts';
import { recordAudit } from '../../../audit/index.ts';
import { readSettings } from '../../../settings/index.ts';
import type { approvalsContract } from './contract.ts';
import { countApprovals, insertUse, selectApprovals } from './repository.ts';
import type { SheetMaker } from './sheet.ts';
import { approvalRow, loadApproval, requireApproval } from './views.ts';
import { type WithdrawalHook, withdrawApproval } from './withdraw.ts';

/** Approvals on record, their uses, and their withdrawal. */
export function createApprovalHandlers(
  services: Services,
  hooks: readonly WithdrawalHook[],
  sheets: SheetMaker,
): Handlers<typeof approvalsContract> {
  const { connection, clock } = services;
  const reader = connection.query;

  return {
    async 'approvals.list'({ offset, limit, ...rest }) {
      const now = clock.now();
      const query = { ...rest, now };
      const rows = await selectApprovals(reader, query, { offset, limit });
      return { rows: rows.map((row) => approvalRow(row, now)), total: await countApprovals(reader, query) };
    },
    'approvals.get': ({ id }, context) => loadApproval(reader, id, requireUser(context), clock.now()),

    async 'approvals.recordUse'({ id, channel, place, usedAt }, context) {
      const user = requireUser(context);
      const view = await reader.transaction().execute(async (writer) => {
        const row = await requireApproval(writer, id);
        const now = clock.now();
        const after = row.withdrawn_at !== null && usedAt >= row.withdrawn_at;
        if (after || usedAt < row.approved_at || usedAt >= row.expires_at || usedAt > now) {
          throw new AppError(
            'approval-not-valid',
            `The approval ${row.number} doesn't hold for this time: it was withdrawn, has expired, or was not yet given.`,
            { number: row.number },
          );
        }
        await insertUse(writer, {
          approval_id: id,
          channel,
          place,
          used_at: usedAt,
          recorded_by: user.userId,
          recorded_at: now,
        });
        await recordAudit(writer, clock, user, {
          action: 'approvals.recordUse',
          recordKind: 'approval',
          recordId: id,
          after: { channel, place, usedAt },
          details: { number: row.number, channel, usedAt },
        });
        return loadApproval(writer, id, user, now);
      });
      services.emit({ type: 'changed', topics: ['approvals', 'audit'] });
      return view;
    },

    async 'approvals.withdraw'(input, context) {
      const user = requireUser(context);
      const view = await reader.transaction().execute(async (writer) => {
        await withdrawApproval(writer, services, user, hooks, input);
        return loadApproval(writer, input.id, user, clock.now());
      });
      services.emit({ type: 'changed', topics: ['approvals', 'materials', 'reviews', 'audit'] });
      return view;
    },

    async 'approvals.sheet'({ id, language }, context) {
      const approval = await loadApproval(reader, id, requireUser(context), clock.now());
      const { timeZone, workspaceTitle } = await readSettings(reader);
      const pdf = await sheets.make({ approval, language, timeZone, workspaceTitle, printedAt: clock.now() });
      return {
        fileName: `${approval.number}.pdf`,
        mediaType: 'application/pdf',
        base64: Buffer.from(pdf).toString('base64'),
      };
    },
  };
}
