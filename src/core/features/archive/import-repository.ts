import { type ExpressionBuilder, sql } from 'kysely';

import type {
  BlobId,
  CalendarDay,
  ImportFileId,
  ImportId,
  JobId,
  Milliseconds,
  QuarantineId,
  UserId,
} from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { PersonRow } from '../feeds/model.ts';
import type { Tables } from '../../platform/database/schema.ts';
import type { FileKind, ImportKind } from './model.ts';

export interface NewImport {
  readonly id: ImportId;
  readonly jobId: JobId;
  readonly kind: ImportKind;
  /** The day that the files are of, `2026-03-02`; null: what they say themselves. */
  readonly asOf: CalendarDay | null;
  /** JSON of the mapping of columns; null: none. */
  readonly mapping: string | null;
  readonly startedBy: UserId | null;
  readonly startedAt: Milliseconds;
  readonly files: readonly { readonly blobId: BlobId; readonly name: string; readonly bytes: number }[];
}

export async function insertImport(writer: Writer, input: NewImport): Promise<void> {
  await writer
    .insertInto('imports')
    .values({
      id: input.id,
      job_id: input.jobId,
      kind: input.kind,
      as_of: input.asOf,
      mapping: input.mapping,
      state: 'running',
      started_by: input.startedBy,
      started_at: input.startedAt,
      finished_at: null,
    })
    .execute();
  await writer
    .insertInto('import_files')
    .values(
      input.files.map((file, ordinal) => ({
        import_id: input.id,
        ordinal,
        blob_id: file.blobId,
        name: file.name,
        // What whoever imports says it is, until something of it was taken.
        kind: input.kind === 'auto' ? ('unknown' as const) : input.kind,
        bytes: file.bytes,
        state: 'waiting' as const,
        checkpoint: null,
        error: null,
        skipped: null,
      })),
    )
    .execute();
}

/** An import is at most 100 files. */
const mostFiles = 100;

function importQuery(reader: Reader) {
  return reader
    .selectFrom('imports')
    .innerJoin('jobs', 'jobs.id', 'imports.job_id')
    .leftJoin('users', 'users.id', 'imports.started_by')
    .select([
      'imports.id',
      'imports.job_id',
      'imports.kind',
      'imports.as_of',
      'imports.mapping',
      'imports.state',
      'imports.started_by',
      'imports.started_at',
      'imports.finished_at',
      'jobs.state as job_state',
      'jobs.finished_at as job_finished_at',
      'users.display_name as started_by_name',
    ]);
}

export type ImportRow = Awaited<ReturnType<typeof listImports>>[number];

export async function listImports(reader: Reader, limit: number) {
  return importQuery(reader)
    .orderBy('imports.started_at', 'desc')
    .orderBy('imports.id', 'desc')
    .limit(limit)
    .execute();
}

export async function findImport(reader: Reader, id: ImportId) {
  return importQuery(reader).where('imports.id', '=', id).executeTakeFirst();
}

export type ImportFileRow = Awaited<ReturnType<typeof listFiles>>[number];

export async function listFiles(reader: Reader, imports: readonly ImportId[]) {
  if (imports.length === 0) return [];
  return reader
    .selectFrom('import_files')
    .selectAll()
    .where('import_id', 'in', imports)
    .orderBy('import_id')
    .orderBy('ordinal')
    .limit(imports.length * mostFiles)
    .execute();
}

export async function setImportState(
  writer: Writer,
  id: ImportId,
  state: Tables['imports']['state'],
  finishedAt: Milliseconds | null,
): Promise<void> {
  await writer.updateTable('imports').set({ state, finished_at: finishedAt }).where('id', '=', id).execute();
}

export async function setFileState(
  writer: Writer,
  id: ImportFileId,
  state: Tables['import_files']['state'],
  error: string | null,
): Promise<void> {
  await writer.updateTable('import_files').set({ state, error }).where('id', '=', id).execute();
}

export async function setFileSkipped(writer: Writer, id: ImportFileId, skipped: string): Promise<void> {
  await writer.updateTable('import_files').set({ skipped }).where('id', '=', id).execute();
}

/** The imports of a job that have not come to their end. */
export async function findRunningImports(reader: Reader, jobId: JobId): Promise<ImportId[]> {
  const rows = await reader
    .selectFrom('imports')
    .select('id')
    .where('job_id', '=', jobId)
    .where('state', '=', 'running')
    .limit(100)
    .execute();
  return rows.map((row) => row.id);
}

/** Ends the files that are not done: with an error the one at work has failed, the others were never come to. */
export async function settleFiles(writer: Writer, id: ImportId, error: string | null): Promise<void> {
  const open = writer.updateTable('import_files').where('import_id', '=', id);
  if (error !== null) await open.set({ state: 'failed', error }).where('state', '=', 'running').execute();
  await open.set({ state: 'cancelled' }).where('state', 'in', ['waiting', 'running']).execute();
}

/** What has been read of a file, with how far that is. */
export async function setFileProgress(
  writer: Writer,
  id: ImportFileId,
  progress: {
    readonly kind: FileKind;
    readonly read: number;
    readonly imported: number;
    readonly duplicates: number;
    readonly quarantined: number;
    readonly checkpoint: string;
  },
): Promise<void> {
  await writer.updateTable('import_files').set(progress).where('id', '=', id).execute();
}

export async function insertQuarantine(
  writer: Writer,
  fileId: ImportFileId,
  entries: readonly {
    readonly line: number;
    readonly reason: string;
    readonly detail: string;
    readonly raw: Uint8Array;
    readonly size: number;
  }[],
): Promise<void> {
  for (const { line, reason, detail, raw, size } of entries) {
    await writer
      .insertInto('quarantine')
      .values({ file_id: fileId, line, reason, detail, raw, size })
      .execute();
  }
}

/**
 * Adds people or completes what is known of them. A roster's empty cell leaves what stands there. Answers how many rows
 * changed something.
 */
export async function upsertPeople(
  writer: Writer,
  rows: readonly (PersonRow & { readonly kind: Tables['people']['kind'] })[],
  at: Milliseconds,
): Promise<number> {
  let changed = 0;
  for (let from = 0; from < rows.length; from += peopleAtOnce) {
    const people = mergeRepeats(rows.slice(from, from + peopleAtOnce));
    const result = await writer
      .insertInto('people')
      .values(
        people.map(({ externalId, kind, name, branch, position }) => ({
          external_id: externalId,
          kind,
          name,
          branch,
          position,
          updated_at: at,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .column('external_id')
          .doUpdateSet({
            kind: sql`excluded.kind`,
            name: sql`COALESCE(excluded.name, people.name)`,
            branch: sql`COALESCE(excluded.branch, people.branch)`,
            position: sql`COALESCE(excluded.position, people.position)`,
            updated_at: at,
          })
          .where(
            sql<boolean>`people.kind <> excluded.kind
              OR COALESCE(excluded.name, people.name) IS DISTINCT FROM people.name
              OR COALESCE(excluded.branch, people.branch) IS DISTINCT FROM people.branch
              OR COALESCE(excluded.position, people.position) IS DISTINCT FROM people.position`,
          ),
      )
      .executeTakeFirst();
    changed += Number(result.numInsertedOrUpdatedRows ?? 0n);
  }
  return changed;
}

/** One statement for so many rows: one each made 270,000 prepared statements, 3 GB before the first was collected. */
const peopleAtOnce = 500;

/** A statement may touch a row once (PostgreSQL refuses more): a later row of the same person completes the earlier. */
function mergeRepeats<Row extends PersonRow>(rows: readonly Row[]): readonly Row[] {
  const byId = new Map<string, Row>();
  for (const row of rows) {
    const earlier = byId.get(row.externalId);
    byId.set(row.externalId, {
      ...row,
      name: row.name ?? earlier?.name ?? null,
      branch: row.branch ?? earlier?.branch ?? null,
      position: row.position ?? earlier?.position ?? null,
    });
  }
  return [...byId.values()];
}

export async function listQuarantine(
  reader: Reader,
  filter: { readonly importId: ImportId | null; readonly after: QuarantineId | null; readonly limit: number },
) {
  let query = reader
    .selectFrom('quarantine')
    .innerJoin('import_files', 'import_files.id', 'quarantine.file_id')
    .select([
      'quarantine.id',
      'import_files.import_id',
      'import_files.name',
      'quarantine.line',
      'quarantine.reason',
      'quarantine.detail',
      'quarantine.raw',
      'quarantine.size',
    ])
    .orderBy('quarantine.id')
    .limit(filter.limit);
  if (filter.importId !== null) query = query.where('import_files.import_id', '=', filter.importId);
  if (filter.after !== null) query = query.where('quarantine.id', '>', filter.after);
  return query.execute();
}

export async function countQuarantined(reader: Reader, importId: ImportId | null): Promise<number> {
  let query = reader
    .selectFrom('import_files')
    .select((builder: ExpressionBuilder<Tables, 'import_files'>) =>
      builder.fn.sum<number>('quarantined').as('count'),
    );
  if (importId !== null) query = query.where('import_id', '=', importId);
  const row = await query.executeTakeFirst();
  return row?.count ?? 0;
}

/** Whether the file was imported as a chat archive or roster: who may not read the archive may not read it here. */
export async function isImportedFile(reader: Reader, blobId: BlobId): Promise<boolean> {
  const row = await reader
    .selectFrom('import_files')
    .select('id')
    .where('blob_id', '=', blobId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a handover's sheet was frozen as this file. */
export async function isFrozenSheet(reader: Reader, blobId: BlobId): Promise<boolean> {
  const row = await reader
    .selectFrom('handover_snapshots')
    .select('id')
    .where('blob_id', '=', blobId)
    .executeTakeFirst();
  return row !== undefined;
}
