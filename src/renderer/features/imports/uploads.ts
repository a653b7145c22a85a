import { useSyncExternalStore } from 'react';

import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import { ApiError, invoke, toApiError } from '../../api/client.ts';
import { uploadFile } from '../../api/upload.ts';

type ImportView = ProcedureOutput<'archive.startImport'>;

/** Files on their way to the host, from the drop to the started import. They go on while another screen is shown. */
export interface Upload {
  readonly fileNames: readonly string[];
  readonly sent: number;
  readonly total: number;
  /** What goes now. */
  readonly current: string;
  readonly error: { readonly error: ApiError; readonly fileName: string } | null;
}

/** What the importer reads, by the end of the name; a gzip or zip holds any of the others. */
export const acceptedEndings = [
  '.json',
  '.jsonl',
  '.ndjson',
  '.txt',
  '.xml',
  '.csv',
  '.xlsx',
  '.gz',
  '.zip',
] as const;

export function isAccepted(name: string): boolean {
  const lower = name.toLowerCase();
  return acceptedEndings.some((ending) => lower.endsWith(ending));
}

/** The contract's bound on the files of one import. */
const mostFiles = 100;

let upload: Upload | null = null;
let controller: AbortController | null = null;
const listeners = new Set<() => void>();

function set(next: Upload | null): void {
  upload = next;
  for (const listener of listeners) listener();
}

export function useUpload(): Upload | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => upload,
  );
}

/** Stops an upload, or puts its error away. */
export function dismissUpload(): void {
  controller?.abort();
  controller = null;
  set(null);
}

/** What may be said of files: what they are, the day that they are of, how their columns are named. */
export type ImportOptions = Pick<ProcedureInput<'archive.startImport'>, 'kind' | 'asOf' | 'mapping'>;

/** Sends the files one after another and starts their import; null when it was stopped or refused. */
export async function importFiles(
  files: readonly File[],
  options: ImportOptions = {},
): Promise<ImportView | null> {
  const busy = upload !== null && upload.error === null;
  if (files.length === 0 || busy) return null;
  const abort = new AbortController();
  controller = abort;
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const fileNames = files.map((file) => file.name);
  let current = fileNames[0] ?? '';
  let before = 0;
  set({ fileNames, sent: 0, total, current, error: null });
  try {
    if (files.length > mostFiles) {
      throw new ApiError('bad-input', `At most ${mostFiles} files.`, { path: 'files', count: files.length });
    }
    for (const file of files) {
      current = file.name;
      if (!isAccepted(file.name))
        throw new ApiError('file-not-recognised', 'Not a kind of file that is read.');
    }
    const sent: { blobId: ProcedureBlobId; name: string }[] = [];
    for (const file of files) {
      current = file.name;
      const { blobId } = await uploadFile(
        file,
        (done) => set({ fileNames, sent: before + done, total, current: file.name, error: null }),
        abort.signal,
      );
      before += file.size;
      sent.push({ blobId, name: file.name.slice(-255) });
    }
    const started = await invoke('archive.startImport', { files: sent, ...options });
    set(null);
    return started;
  } catch (thrown) {
    const error = toApiError(thrown);
    set(
      error.code === 'cancelled'
        ? null
        : { fileNames, sent: 0, total, current, error: { error, fileName: current } },
    );
    return null;
  } finally {
    if (controller === abort) controller = null;
  }
}

type ProcedureBlobId = Awaited<ReturnType<typeof uploadFile>>['blobId'];
