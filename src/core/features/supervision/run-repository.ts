import type { Insertable } from 'kysely';

import {
  type JobId,
  type LexiconId,
  type LexiconVersionId,
  MessageId,
  type Milliseconds,
  type ScreeningRunId,
  type UserId,
} from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';

/** Most lexicons that one run is over. */
const lexiconLimit = 1_000;

export async function insertRun(
  writer: Writer,
  run: Insertable<Tables['screening_runs']>,
  versionIds: readonly LexiconVersionId[],
): Promise<void> {
  await writer.insertInto('screening_runs').values(run).execute();
  await writer
    .insertInto('screening_run_lexicons')
    .values(versionIds.map((version_id) => ({ run_id: run.id, version_id })))
    .execute();
}

/** A run, with the job that does it: a run that is not done stands where its job stands. */
export interface RunRecord {
  readonly id: ScreeningRunId;
  readonly jobId: JobId;
  readonly state: Tables['screening_runs']['state'];
  readonly jobState: Tables['jobs']['state'];
  readonly filter: string;
  readonly onlyNew: 0 | 1;
  readonly screenedTo: number;
  readonly messages: number;
  readonly hits: number;
  readonly cut: number;
  readonly startedBy: UserId | null;
  readonly startedByName: string | null;
  readonly startedAt: Milliseconds;
  readonly finishedAt: Milliseconds | null;
  readonly jobFinishedAt: Milliseconds | null;
}

function selectRun(reader: Reader) {
  return reader
    .selectFrom('screening_runs as run')
    .innerJoin('jobs as job', 'job.id', 'run.job_id')
    .leftJoin('users as user', 'user.id', 'run.started_by')
    .select([
      'run.id as id',
      'run.job_id as jobId',
      'run.state as state',
      'job.state as jobState',
      'run.filter as filter',
      'run.only_new as onlyNew',
      'run.screened_to as screenedTo',
      'run.messages as messages',
      'run.hits as hits',
      'run.cut as cut',
      'run.started_by as startedBy',
      'user.display_name as startedByName',
      'run.started_at as startedAt',
      'run.finished_at as finishedAt',
      'job.finished_at as jobFinishedAt',
    ]);
}

export async function findRun(reader: Reader, id: ScreeningRunId): Promise<RunRecord | undefined> {
  return selectRun(reader).where('run.id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function selectRuns(reader: Reader, limit: number): Promise<readonly RunRecord[]> {
  return selectRun(reader).orderBy('run.started_at', 'desc').orderBy('run.id', 'desc').limit(limit).execute();
}

export interface RunLexicon {
  readonly runId: ScreeningRunId;
  readonly name: string;
  readonly version: number;
  readonly versionId: LexiconVersionId;
}

/** Which lexicon versions the runs look with. */
export async function selectRunLexicons(
  reader: Reader,
  runIds: readonly ScreeningRunId[],
): Promise<readonly RunLexicon[]> {
  if (runIds.length === 0) return [];
  return reader
    .selectFrom('screening_run_lexicons as entry')
    .innerJoin('lexicon_versions as version', 'version.id', 'entry.version_id')
    .innerJoin('lexicons as lexicon', 'lexicon.id', 'version.lexicon_id')
    .select([
      'entry.run_id as runId',
      'lexicon.name as name',
      'version.number as version',
      'entry.version_id as versionId',
    ])
    .where('entry.run_id', 'in', runIds)
    .orderBy('lexicon.name')
    .limit(lexiconLimit * runIds.length)
    .execute();
}

/** The newest message's id; undefined for an empty archive. */
export async function findNewestMessage(reader: Reader): Promise<MessageId | undefined> {
  const row = await reader
    .selectFrom('messages')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

export async function finishRun(writer: Writer, id: ScreeningRunId, at: Milliseconds): Promise<void> {
  await writer
    .updateTable('screening_runs')
    .set({ state: 'done', finished_at: at })
    .where('id', '=', id)
    .execute();
}

/** Up to which message each version has been looked with; versions that never were are left out. */
export async function selectCoverage(
  reader: Reader,
  versionIds: readonly LexiconVersionId[],
): Promise<ReadonlyMap<LexiconVersionId, number>> {
  if (versionIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom('screening_coverage')
    .selectAll()
    .where('version_id', 'in', versionIds)
    .execute();
  return new Map(rows.map((row) => [row.version_id, row.screened_to]));
}

export interface PublishedVersion {
  readonly id: LexiconVersionId;
  readonly lexiconId: LexiconId;
}

/** The current published versions of the active lexicons: of all, or of those named. */
export async function selectPublishedVersions(
  reader: Reader,
  lexiconIds: readonly LexiconId[] | null,
): Promise<readonly PublishedVersion[]> {
  const versions = reader
    .selectFrom('lexicon_versions as version')
    .innerJoin('lexicons as lexicon', 'lexicon.id', 'version.lexicon_id')
    .select(['version.id as id', 'lexicon.id as lexiconId'])
    .where('lexicon.active', '=', 1)
    .where('version.state', '=', 'published')
    .where('version.number', '=', (builder) =>
      builder
        .selectFrom('lexicon_versions as newest')
        .select((inner) => inner.fn.max('newest.number').as('number'))
        .whereRef('newest.lexicon_id', '=', 'version.lexicon_id')
        .where('newest.state', '=', 'published'),
    )
    .orderBy('version.id')
    .limit(lexiconLimit);
  return lexiconIds === null ? versions.execute() : versions.where('lexicon.id', 'in', lexiconIds).execute();
}

/**
 * Messages after `screenedTo`. Message ids are given without gaps, so the two ends tell their number; counting row by row
 * (300 ms at 1,000,000) happens only where that ever isn't so.
 */
export async function countMessagesAfter(reader: Reader, screenedTo: number): Promise<number> {
  const { count, last } = await reader
    .selectFrom('messages')
    .select((builder) => [builder.fn.countAll<number>().as('count'), builder.fn.max('id').as('last')])
    .executeTakeFirstOrThrow();
  if (count === 0 || last <= screenedTo) return 0;
  if (count === last) return last - screenedTo;
  const rows = await reader
    .selectFrom('messages')
    .select((builder) => builder.fn.countAll<number>().as('count'))
    .where('id', '>', MessageId.parse(screenedTo))
    .executeTakeFirstOrThrow();
  return rows.count;
}
