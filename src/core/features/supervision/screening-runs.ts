import { AppError } from '../../contract/errors.ts';
import type { JobId, LexiconId, ScreeningRunId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import { ArchiveFilter } from '../archive/contract.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import type { ScreeningRunView } from './contract.ts';
import {
  type RunLexicon,
  type RunRecord,
  findRun,
  insertRun,
  selectPublishedVersions,
  selectRunLexicons,
  selectRuns,
} from './run-repository.ts';

export interface NewScreeningRun {
  /** A new id: the job's input names it, so it is known before. */
  readonly id: ScreeningRunId;
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
  writer: Writer,
  clock: Services['clock'],
  actor: Actor,
  request: NewScreeningRun,
): Promise<void> {
  const versions = await selectPublishedVersions(writer, request.lexiconIds);
  if (versions.length === 0) {
    throw new AppError(
      'nothing-to-screen',
      'None of the chosen lexicons is active and has a published version. Publish or activate one, then screen.',
    );
  }
  await insertRun(
    writer,
    {
      id: request.id,
      job_id: request.jobId,
      state: 'running',
      filter: JSON.stringify(request.filter),
      only_new: request.onlyNew ? 1 : 0,
      started_by: actor.userId,
      started_at: clock.now(),
      finished_at: null,
    },
    versions.map((version) => version.id),
  );
  await recordAudit(writer, clock, actor, {
    action: 'supervision.startScreening',
    recordKind: 'screening-run',
    recordId: request.id,
    after: {
      filter: request.filter,
      onlyNew: request.onlyNew,
      versions: versions.map((version) => version.id),
    },
    details: {
      lexicons: versions.length,
      onlyNew: request.onlyNew,
      filtered: !coversEverything(request.filter),
    },
  });
}

/** True for a filter that passes no message over: such a run moves the coverage of its lexicon versions. */
export function coversEverything(filter: ArchiveFilter): boolean {
  return Object.values(filter).every((condition) => condition === null);
}

/** Runs as people see them, newest first. */
export async function listRuns(reader: Reader, limit: number): Promise<ScreeningRunView[]> {
  return toViews(reader, await selectRuns(reader, limit));
}

export async function loadRun(reader: Reader, id: ScreeningRunId): Promise<ScreeningRunView> {
  const run = await findRun(reader, id);
  const [view] = run === undefined ? [] : await toViews(reader, [run]);
  if (view === undefined) throw new AppError('not-found', 'There is no such screening run.', { id });
  return view;
}

async function toViews(reader: Reader, runs: readonly RunRecord[]): Promise<ScreeningRunView[]> {
  const lexicons = Map.groupBy(
    await selectRunLexicons(
      reader,
      runs.map((run) => run.id),
    ),
    (entry) => entry.runId,
  );
  return runs.map((run) => toView(run, lexicons.get(run.id) ?? []));
}

function toView(run: RunRecord, lexicons: readonly RunLexicon[]): ScreeningRunView {
  return {
    id: run.id,
    jobId: run.jobId,
    state: stateOf(run),
    startedBy: run.startedByName ?? 'system',
    startedAt: run.startedAt,
    finishedAt: run.finishedAt ?? run.jobFinishedAt,
    filter: ArchiveFilter.parse(JSON.parse(run.filter)),
    lexicons: lexicons.map(({ name, version, versionId }) => ({ name, version, versionId })),
    messages: run.messages,
    hits: run.hits,
    cut: run.cut,
  };
}

/** A run says itself when it is done; until then, its job knows what became of it. */
function stateOf(run: RunRecord): ScreeningRunView['state'] {
  if (run.state === 'done') return 'done';
  switch (run.jobState) {
    case 'queued':
    case 'running':
    case 'succeeded':
      return 'running';
    case 'failed':
    case 'cancelled':
    case 'interrupted':
      return run.jobState;
  }
}
