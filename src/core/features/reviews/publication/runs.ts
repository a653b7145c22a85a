import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import { JobId, PublicationRunId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { ArchiveFilter } from '../../archive/contract.ts';
import { recordAudit } from '../../audit/index.ts';
import { insertJob } from '../../jobs/index.ts';
import type { PublicationRunView } from './contract.ts';
import { type RunRecord, insertRun, selectRun } from './repository.ts';

/** Stores a run and its job, which is not enqueued yet, with the audit event `publication.startRun`. */
export async function createRun(
  writer: Writer,
  { clock, ids }: Pick<Services, 'clock' | 'ids'>,
  user: SignedIn,
  { filter, onlyNew }: { readonly filter: ArchiveFilter; readonly onlyNew: boolean },
): Promise<{ readonly id: PublicationRunId; readonly jobId: JobId }> {
  const [id, jobId] = [ids.next(PublicationRunId), ids.next(JobId)];
  const at = clock.now();
  await insertJob(writer, {
    id: jobId,
    kind: 'publication',
    input: { runId: id },
    startedBy: user.userId,
    at,
  });
  await insertRun(writer, {
    id,
    job_id: jobId,
    state: 'running',
    filter: JSON.stringify(filter),
    only_new: onlyNew ? 1 : 0,
    started_by: user.userId,
    started_at: at,
    finished_at: null,
  });
  await recordAudit(writer, clock, user, {
    action: 'publication.startRun',
    recordKind: 'publication-run',
    recordId: id,
    after: { filter, onlyNew },
    details: { onlyNew, filtered: !passesEverything(filter) },
  });
  return { id, jobId };
}

/** True for a filter that passes no message over: what such a run has looked at is not new any more. */
export function passesEverything(filter: ArchiveFilter): boolean {
  return Object.values(filter).every((condition) => condition === null);
}

export async function loadRun(reader: Reader, id: PublicationRunId): Promise<PublicationRunView> {
  const run = await selectRun(reader, id);
  if (run === undefined) throw new AppError('not-found', 'There is no such run.', { id });
  return runView(run);
}

export function runView(run: RunRecord): PublicationRunView {
  return {
    id: run.id,
    jobId: run.job_id,
    state: stateOf(run),
    startedBy: run.started_by_name,
    startedAt: run.started_at,
    finishedAt: run.finished_at ?? run.job_finished_at,
    filter: ArchiveFilter.parse(JSON.parse(run.filter)),
    onlyNew: run.only_new === 1,
    messages: run.messages,
    promotional: run.promotional,
    findings: run.findings,
  };
}

/** A run says itself when it is done; until then, its job knows what became of it. */
function stateOf(run: RunRecord): PublicationRunView['state'] {
  if (run.state === 'done') return 'done';
  switch (run.job_state) {
    case 'queued':
    case 'running':
    case 'succeeded':
      return 'running';
    case 'failed':
    case 'cancelled':
    case 'interrupted':
      return run.job_state;
  }
}
