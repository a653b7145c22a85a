import type { ScreeningRunId } from '../../contract/ids.ts';
import type { JobContext, JobHandler } from '../../platform/jobs/protocol.ts';

/** Screens what the run covers, from where it stopped. The demo job calls it too. */
export async function runScreening(_context: JobContext, _runId: ScreeningRunId): Promise<void> {
  throw new Error('lands in this series of commits');
}

export const screeningJob: JobHandler = () => Promise.reject(new Error('lands in this series of commits'));
