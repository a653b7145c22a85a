import { type Handlers, requireUser } from '../../../contract/handlers.ts';
import type { Services } from '../../../platform/services.ts';
import { requireHandover } from '../record/index.ts';
import type { HandoverWorker } from '../worker-client.ts';
import type { evidenceContract } from './contract.ts';

/** Which imported files a handover rests on. */
export function createEvidenceService(
  { connection }: Services,
  worker: HandoverWorker,
): Handlers<typeof evidenceContract> {
  return {
    'handovers.evidence': async ({ id }, context) => {
      const { row } = await requireHandover(connection.query, requireUser(context), id);
      return { files: await worker.ask('evidence', { leaver: row.leaver }) };
    },
  };
}
