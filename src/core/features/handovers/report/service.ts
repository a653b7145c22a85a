import { AppError } from '../../../contract/errors.ts';
import { type Handlers, requireUser } from '../../../contract/handlers.ts';
import type { Services } from '../../../platform/services.ts';
import { partiesOf, sheetQueryOf, targetOf, unopenedQuery } from '../record/index.ts';
import { recordExport, refuse } from '../signing/index.ts';
import { refusalOfTable } from '../signing/model.ts';
import type { HandoverWorker } from '../worker-client.ts';
import type { reportContract } from './contract.ts';

/** Sheets for other programs. */
export function createReportHandlers(
  services: Services,
  worker: HandoverWorker,
): Handlers<typeof reportContract> {
  const { connection, clock } = services;
  return {
    async 'handovers.report'({ target, language }, context) {
      const user = requireUser(context);
      const found = await targetOf(connection.query, user, target);
      // It lists all customers, as the workbook does.
      if ('row' in found) refuse(refusalOfTable(partiesOf(found), user.userId));
      const now = clock.now();
      const query = 'row' in found ? sheetQueryOf(found, now) : unopenedQuery(found.leaver, now);
      const json = await worker.ask('report', { query, language });
      if (json !== null) {
        await recordExport(services, user, found, {
          kind: 'report',
          format: 'json',
          language,
          snapshot: null,
        });
        return { json };
      }
      throw new AppError(
        'not-found',
        `Nothing in this workspace names the employee ${query.leaver}. Check the userid, or import the evidence first.`,
        { leaver: query.leaver },
      );
    },
  };
}
