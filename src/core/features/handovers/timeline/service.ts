import { AppError } from '../../../contract/errors.ts';
import { type Handlers, requireUser } from '../../../contract/handlers.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import { insertDismissal, selectDismissals } from '../dismissals/index.ts';
import { requireHandover, requireManaged, sheetQueryOf, touchHandover } from '../record/index.ts';
import type { HandoverWorker } from '../worker-client.ts';
import type { timelineContract } from './contract.ts';
import { kindOfKey } from './kinds.ts';

/** What happened around a departure, and what people say of it. */
export function createTimelineService(
  services: Services,
  worker: HandoverWorker,
): Handlers<typeof timelineContract> {
  const { connection, clock } = services;
  const reader = connection.query;

  return {
    async 'handovers.timeline'({ id }, context) {
      const loaded = await requireHandover(reader, requireUser(context), id);
      const { lastDay, from, to, ...timeline } = await worker.ask(
        'timeline',
        sheetQueryOf(loaded, clock.now()),
      );
      const day = lastDay ?? loaded.row.last_day;
      return { ...timeline, id, lastDay: day, from: from ?? day, to: to ?? day };
    },
    async 'handovers.dismissFinding'({ id, key, dismissed, reason }, context) {
      const user = requireUser(context);
      const loaded = await requireManaged(reader, user, id);
      const query = sheetQueryOf(loaded, clock.now());
      if ((await worker.ask('finding', { query, key })) === null) throw missing(key);
      await reader.transaction().execute(async (writer) => {
        const at = clock.now();
        await touchHandover(writer, await requireManaged(writer, user, id), at);
        const before = (await selectDismissals(writer, id)).get(key) ?? null;
        await insertDismissal(writer, {
          handover_id: id,
          finding_key: key,
          dismissed: dismissed ? 1 : 0,
          reason,
          decided_by: user.userId,
          decided_at: at,
        });
        await recordAudit(writer, clock, user, {
          action: 'handovers.dismissFinding',
          recordKind: 'handover',
          recordId: id,
          before: { key, dismissed: before !== null, reason: before?.reason ?? '' },
          after: { key, dismissed, reason },
          // A key names a customer: the kind is enough here, and the hash has the rest.
          details: { kind: kindOfKey(key), dismissed },
        });
      });
      services.emit({ type: 'changed', topics: ['handovers', 'audit'] });
      const finding = await worker.ask('finding', { query, key });
      if (finding === null) throw missing(key);
      return { finding };
    },
  };
}

/** New imports may have explained it meanwhile. */
function missing(key: string): AppError {
  return new AppError('not-found', 'There is no such finding any more. Refresh what is shown.', { key });
}
