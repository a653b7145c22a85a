import { sql } from 'kysely';

import type { JobId, Milliseconds, UserId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { JobKind } from '../../platform/jobs/protocol.ts';

type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';

/** Most jobs that a list shows: what a person scrolls through. Older ones stay reachable by their import or run. */
const listLimit = 200;

export interface NewJob {
  readonly id: JobId;
  readonly kind: JobKind;
  readonly input: unknown;
  readonly startedBy: UserId | null;
  readonly at: Milliseconds;
}

/** Stores a job that waits for its turn. Hand it to `services.jobs.enqueue` once the transaction has committed. */
export async function insertJob(writer: Writer, job: NewJob): Promise<void> {
  await writer
    .insertInto('jobs')
    .values({
      id: job.id,
      kind: job.kind,
      input: JSON.stringify(job.input),
      state: 'queued',
      progress: null,
      error: null,
      started_by: job.startedBy,
      created_at: job.at,
      started_at: null,
      finished_at: null,
    })
    .execute();
}

function selectJobs(reader: Reader) {
  return reader
    .selectFrom('jobs')
    .leftJoin('users', 'users.id', 'jobs.started_by')
    .select([
      'jobs.id',
      'jobs.kind',
      'jobs.input',
      'jobs.state',
      'jobs.progress',
      'jobs.error',
      'jobs.created_at',
      'jobs.started_at',
      'jobs.finished_at',
      'users.display_name',
    ]);
}

export type JobRow = NonNullable<Awaited<ReturnType<typeof findJob>>>;

export async function findJob(reader: Reader, id: JobId) {
  return selectJobs(reader).where('jobs.id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function listJobs(reader: Reader, activeOnly: boolean): Promise<JobRow[]> {
  const jobs = selectJobs(reader)
    .orderBy('jobs.created_at', 'desc')
    .orderBy('jobs.id', 'desc')
    .limit(listLimit);
  return activeOnly
    ? jobs.where('jobs.state', 'in', ['queued', 'running', 'interrupted']).execute()
    : jobs.execute();
}

/** The newest job of a kind, whatever became of it. */
export async function findNewestJob(reader: Reader, kind: JobKind): Promise<JobRow | undefined> {
  return selectJobs(reader)
    .where('jobs.kind', '=', kind)
    .orderBy('jobs.created_at', 'desc')
    .orderBy('jobs.id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Jobs that a crash or a shut-down left unfinished, in the order they were asked for. */
export async function listUnfinishedJobs(reader: Reader): Promise<JobRow[]> {
  return selectJobs(reader)
    .where('jobs.state', 'in', ['queued', 'interrupted'])
    .orderBy('jobs.created_at')
    .orderBy('jobs.id')
    .limit(1000)
    .execute();
}

export async function markRunningAsInterrupted(writer: Writer): Promise<void> {
  await writer.updateTable('jobs').set({ state: 'interrupted' }).where('state', '=', 'running').execute();
}

export async function markStarted(writer: Writer, id: JobId, at: Milliseconds): Promise<void> {
  await writer
    .updateTable('jobs')
    // A resumed job keeps the time of its first start.
    .set({ state: 'running', error: null, finished_at: null, started_at: sql`COALESCE(started_at, ${at})` })
    .where('id', '=', id)
    .execute();
}

export async function saveProgress(writer: Writer, id: JobId, progress: string): Promise<void> {
  await writer.updateTable('jobs').set({ progress }).where('id', '=', id).execute();
}

export interface JobEnd {
  readonly state: JobState;
  readonly error: string | null;
  readonly progress: string | null;
  readonly at: Milliseconds | null;
}

export async function markEnded(writer: Writer, id: JobId, end: JobEnd): Promise<void> {
  await writer
    .updateTable('jobs')
    .set({
      state: end.state,
      error: end.error,
      finished_at: end.at,
      ...(end.progress === null ? {} : { progress: end.progress }),
    })
    .where('id', '=', id)
    .execute();
}
