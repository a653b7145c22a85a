import { AppError, type ErrorBody, errorCodes } from '../../contract/errors.ts';
import type { ImportId, JobId } from '../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Writer } from '../../platform/database/connection.ts';
import { recordAudit, systemActor } from '../audit/index.ts';
import {
  type ImportFileRow,
  findRunningImports,
  listFiles,
  setImportState,
  settleFiles,
} from './import-repository.ts';
import { StoredError } from './import-views.ts';

/** Writes an import's end and its audit event, with the counts that are stored at that moment. */
export async function recordEnd(
  writer: Writer,
  clock: Clock,
  end: {
    readonly importId: ImportId;
    readonly state: 'done' | 'failed' | 'cancelled';
    readonly error: string | null;
  },
): Promise<void> {
  const { importId, state, error } = end;
  const files = await listFiles(writer, [importId]);
  const sum = (key: 'read' | 'imported' | 'duplicates' | 'quarantined') =>
    files.reduce((total, file) => total + file[key], 0);
  await setImportState(writer, importId, state, clock.now());
  await recordAudit(writer, clock, systemActor, {
    action: 'archive.importFinished',
    recordKind: 'import',
    recordId: importId,
    details: {
      state,
      read: sum('read'),
      imported: sum('imported'),
      duplicates: sum('duplicates'),
      quarantined: sum('quarantined'),
      failedFiles: files.filter((file) => file.state === 'failed').length,
      ...(error === null ? {} : { error }),
    },
  });
}

/**
 * Ends what a job that was cancelled or failed had under way, in the transaction of the job's own end: the job's code can't
 * do it, since a job that waits never runs, one that crashed runs no more, and one that is told to stop doesn't know whether
 * it goes on later. An interrupted import stays as it is and is resumed.
 */
export async function settleImports(
  writer: Writer,
  clock: Clock,
  jobId: JobId,
  outcome: { readonly state: 'cancelled' } | { readonly state: 'failed'; readonly error: ErrorBody },
): Promise<void> {
  for (const importId of await findRunningImports(writer, jobId)) {
    await settleFiles(writer, importId, outcome.state === 'failed' ? JSON.stringify(outcome.error) : null);
    await recordEnd(writer, clock, {
      importId,
      state: outcome.state,
      error: outcome.state === 'failed' ? outcome.error.code : null,
    });
  }
}

/** The error of the first file that has one. */
export function firstErrorOf(files: readonly ImportFileRow[]): AppError | null {
  for (const file of files) {
    const body = StoredError.parse(file.error);
    if (body === null) continue;
    const code = errorCodes.find((known) => known === body.code) ?? 'internal';
    return new AppError(code, body.message, body.details);
  }
  return null;
}
