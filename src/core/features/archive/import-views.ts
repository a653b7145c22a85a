import { z } from 'zod';

import { AppError } from '../../contract/errors.ts';
import type { ImportId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import { ImportFileView, type ImportView } from './contract.ts';
import {
  type ImportFileRow,
  type ImportRow,
  findImport,
  listFiles,
  listImports,
} from './import-repository.ts';
import type { FileKind } from './model.ts';

/** A file's error as its column holds it. */
export const StoredError = z.preprocess(
  (text) => (typeof text === 'string' ? JSON.parse(text) : text),
  ImportFileView.shape.error,
);

const StoredSkipped = z.preprocess(
  (text) => (typeof text === 'string' ? JSON.parse(text) : text),
  ImportFileView.shape.skipped,
);

/** The newest imports. */
export async function loadImports(reader: Reader, limit: number): Promise<ImportView[]> {
  const rows = await listImports(reader, limit);
  const files = await listFiles(
    reader,
    rows.map((row) => row.id),
  );
  return rows.map((row) =>
    importView(
      row,
      files.filter((file) => file.import_id === row.id),
    ),
  );
}

export async function loadImport(reader: Reader, id: ImportId): Promise<ImportView> {
  const row = await findImport(reader, id);
  if (row === undefined) throw new AppError('not-found', 'There is no such import.', { id });
  return importView(row, await listFiles(reader, [id]));
}

function importView(row: ImportRow, files: readonly ImportFileRow[]): ImportView {
  const state = stateOf(row);
  const counts = (of: readonly ImportFileRow[]) => ({
    read: sum(of, 'read'),
    imported: sum(of, 'imported'),
    duplicates: sum(of, 'duplicates'),
    quarantined: sum(of, 'quarantined'),
  });
  return {
    id: row.id,
    jobId: row.job_id,
    state,
    startedBy: row.started_by_name ?? 'system',
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? (state === 'running' ? null : row.job_finished_at),
    ...counts(files),
    asOf: row.as_of,
    messages: counts(files.filter((file) => madeOf(file.kind) === 'messages')),
    people: counts(files.filter((file) => madeOf(file.kind) === 'people')),
    records: counts(files.filter((file) => madeOf(file.kind) === 'records')),
    files: files.map((file) => ({
      id: file.id,
      name: file.name,
      kind: file.kind,
      bytes: file.bytes,
      state: fileStateOf(file, state),
      error: StoredError.parse(file.error),
      skipped: StoredSkipped.parse(file.skipped),
      read: file.read,
      imported: file.imported,
      duplicates: file.duplicates,
      quarantined: file.quarantined,
    })),
  };
}

function madeOf(kind: FileKind): 'messages' | 'people' | 'records' {
  if (kind === 'chat' || kind === 'unknown') return 'messages';
  return kind === 'roster' || kind === 'customers' ? 'people' : 'records';
}

function sum(
  files: readonly ImportFileRow[],
  key: 'read' | 'imported' | 'duplicates' | 'quarantined',
): number {
  return files.reduce((total, file) => total + file[key], 0);
}

/** An import that was stopped from outside could not write it down: its job knows. */
function stateOf(row: ImportRow): ImportView['state'] {
  if (row.state !== 'running') return row.state;
  switch (row.job_state) {
    case 'cancelled':
    case 'failed':
    case 'interrupted':
      return row.job_state;
    case 'queued':
    case 'running':
    case 'succeeded':
      return 'running';
  }
}

function fileStateOf(file: ImportFileRow, state: ImportView['state']): ImportFileView['state'] {
  if (file.state === 'done' || file.state === 'failed' || file.state === 'cancelled') return file.state;
  switch (state) {
    case 'cancelled':
    case 'failed':
      return state;
    case 'interrupted':
    case 'running':
    case 'done':
      return file.state;
  }
}
