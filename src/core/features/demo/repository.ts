import type { BlobId, HitId, ImportId, JobId, Milliseconds, ScreeningRunId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';

/** The demo's newest import, when an earlier run of the job has recorded it already. */
export async function findDemoImport(reader: Reader): Promise<{ id: ImportId; state: string } | undefined> {
  return reader
    .selectFrom('imports')
    .select(['id', 'state'])
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** The files of the demo's import: the chats, the rosters, and the feeds of the departures. */
export async function listDemoFiles(
  reader: Reader,
  importId: ImportId,
): Promise<{ blobId: BlobId; name: string }[]> {
  return reader
    .selectFrom('import_files')
    .select(['blob_id as blobId', 'name'])
    .where('import_id', '=', importId)
    .orderBy('ordinal')
    .limit(200)
    .execute();
}

/** The screening run that this job has recorded already. */
export async function findRunOfJob(reader: Reader, jobId: JobId): Promise<ScreeningRunId | undefined> {
  const row = await reader
    .selectFrom('screening_runs')
    .select('id')
    .where('job_id', '=', jobId)
    .executeTakeFirst();
  return row?.id;
}

export interface OpenHit {
  readonly id: HitId;
  readonly category: string;
  readonly severity: number;
  readonly sent_at: Milliseconds;
  readonly sender: 'employee' | 'customer' | 'partner' | null;
}

/** Hits that wait for a decision in messages before `until`, oldest first. */
export async function listOpenHits(reader: Reader, until: Milliseconds, limit: number): Promise<OpenHit[]> {
  return reader
    .selectFrom('hits')
    .leftJoin('people', 'people.id', 'hits.sender_id')
    .where('hits.state', '=', 'open')
    .where('hits.sent_at', '<', until)
    .select(['hits.id', 'hits.category', 'hits.severity', 'hits.sent_at', 'people.kind as sender'])
    .orderBy('hits.sent_at')
    .orderBy('hits.id')
    .limit(limit)
    .execute();
}

export interface DemoEvent {
  readonly action: string;
  readonly at: Milliseconds;
  readonly recordId: string;
}

/** More than the demo's stories leave. */
const mostEvents = 20_000;

/** The audit log's events up to a moment, in order. */
export async function listEventsUntil(reader: Reader, until: Milliseconds): Promise<DemoEvent[]> {
  return reader
    .selectFrom('audit_events')
    .where('at', '<=', until)
    .select(['action', 'at', 'record_id as recordId'])
    .orderBy('sequence')
    .limit(mostEvents)
    .execute();
}
