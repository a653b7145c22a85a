import { type Handlers, requireUser } from '../../../contract/handlers.ts';
import type { Services } from '../../../platform/services.ts';
import { requireHandover, sheetQueryOf } from '../record/index.ts';
import type { HandoverWorker } from '../worker-client.ts';
import type { continuityContract } from './contract.ts';

/** Whether customers found somebody after the leaver. */
export function createContinuityService(
  { connection, clock }: Services,
  worker: HandoverWorker,
): Handlers<typeof continuityContract> {
  return {
    async 'handovers.continuity'({ id, workingDays, ...filter }, context) {
      const loaded = await requireHandover(connection.query, requireUser(context), id);
      return worker.ask('continuity', { query: sheetQueryOf(loaded, clock.now()), workingDays, filter });
    },
  };
}
