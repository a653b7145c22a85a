import type { SignedIn } from '../../../contract/handlers.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import type { LoadedHandover } from '../record/index.ts';

/** Puts on record that a sheet was taken out of the workspace, customers' names and all: of a handover, or of a leaver without one. */
export async function recordExport(
  { connection, clock, emit }: Pick<Services, 'connection' | 'clock' | 'emit'>,
  user: SignedIn,
  found: LoadedHandover | { readonly leaver: string },
  details: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  await connection.query.transaction().execute((writer) =>
    recordAudit(writer, clock, user, {
      action: 'handovers.export',
      recordKind: 'handover',
      recordId: 'row' in found ? found.row.id : found.leaver,
      details,
    }),
  );
  emit({ type: 'changed', topics: ['audit'] });
}
