import { AppError } from '../../../contract/errors.ts';
import { type Handlers, requireUser } from '../../../contract/handlers.ts';
import type { Services } from '../../../platform/services.ts';
import { sheetQueryOf, targetOf, unopenedQuery } from '../record/index.ts';
import type { HandoverWorker } from '../worker-client.ts';
import type { reportContract } from './contract.ts';

/** Sheets for other programs. */
export function createReportHandlers(
  { connection, clock }: Services,
  worker: HandoverWorker,
): Handlers<typeof reportContract> {
  return {
    async 'handovers.report'({ target, language }, context) {
      const found = await targetOf(connection.query, requireUser(context), target);
      const now = clock.now();
      const query = 'row' in found ? sheetQueryOf(found, now) : unopenedQuery(found.leaver, now);
      const json = await worker.ask('report', { query, language });
      if (json !== null) return { json };
      throw new AppError(
        'not-found',
        `Nothing in this workspace names the employee ${query.leaver}. Check the userid, or import the evidence first.`,
        { leaver: query.leaver },
      );
    },
  };
}
