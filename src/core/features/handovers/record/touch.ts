import type { Milliseconds } from '../../../contract/ids.ts';
import type { Writer } from '../../../platform/database/connection.ts';
import { updateHandover } from './repository.ts';
import type { LoadedHandover } from './require.ts';

/**
 * Counts what somebody said of rows, signs or promises as a change of the handover, so that a sheet that is being frozen without it is
 * refused as of an older revision. `row` must have been read in this very transaction.
 */
export async function touchHandover(
  writer: Writer,
  { row }: Pick<LoadedHandover, 'row'>,
  at: Milliseconds,
): Promise<void> {
  await updateHandover(writer, row.id, row.revision, { updated_at: at });
}
