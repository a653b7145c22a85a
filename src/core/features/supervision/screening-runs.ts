import type { JobId, LexiconId, ScreeningRunId } from '../../contract/ids.ts';
import type { Writer } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import type { ArchiveFilter } from '../archive/contract.ts';
import type { Actor } from '../audit/index.ts';

export interface NewScreeningRun {
  /** The job that will run it, already stored in this transaction or before. */
  readonly jobId: JobId;
  readonly filter: ArchiveFilter;
  /** Null: all active lexicons. */
  readonly lexiconIds: readonly LexiconId[] | null;
  readonly onlyNew: boolean;
}

/**
 * Stores a run over the published versions of the lexicons, with its audit event `supervision.startScreening`.
 * Throws `nothing-to-screen` where no active lexicon has a published version.
 */
export async function createScreeningRun(
  _writer: Writer,
  _tools: Pick<Services, 'clock' | 'ids'>,
  _actor: Actor,
  _request: NewScreeningRun,
): Promise<ScreeningRunId> {
  throw new Error('lands in this series of commits');
}
