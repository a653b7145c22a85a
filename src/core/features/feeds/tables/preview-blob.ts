import { AppError } from '../../../contract/errors.ts';
import type { BlobId } from '../../../contract/ids.ts';
import type { Services } from '../../../platform/services.ts';
import { createTaskThreads } from '../../../platform/threads/task-threads.ts';
import { workerEntry } from '../../../platform/worker-url.ts';
import type { TablePreview } from '../contract.ts';
import { maximumTableBytes, tooLarge } from './parse-table.ts';
import type { PreviewRequest, PreviewStart } from './preview-protocol.ts';

export interface TablePreviewer {
  /**
   * Looks at an uploaded table. Rejects as `readTable` does, with `throttled` when too many wait, and with `cancelled` when the
   * workspace closes.
   */
  preview(blobId: BlobId, request: PreviewRequest): Promise<TablePreview>;
  close(): Promise<void>;
}

/** Looks at tables, each in a thread of its own. */
export function createTablePreviewer({ blobs, log }: Pick<Services, 'blobs' | 'log'>): TablePreviewer {
  const threads = createTaskThreads<PreviewStart, TablePreview>({
    entry: workerEntry('feed-preview-worker'),
    log,
    limits: {
      // No file of this size takes that long; one that does was made to.
      time: 60_000,
      heapMegabytes: 1024,
      // Two at once: each may take a gigabyte.
      atOnce: 2,
      // Each holds its file's bytes.
      waiting: 20,
    },
    tooMany: 'Too many tables are being read. Wait a moment.',
    whenFailed(_, { fileName }) {
      throw new AppError(
        'file-not-recognised',
        `${fileName} could not be read: it is damaged, or unpacks to more than a table needs. Save it again as .csv.`,
        { file: fileName },
      );
    },
  });
  return {
    async preview(blobId, request) {
      if ((await blobs.size(blobId)) > maximumTableBytes) throw tooLarge(request.fileName);
      const chunks: Uint8Array[] = [];
      for await (const chunk of await blobs.read(blobId)) if (chunk instanceof Uint8Array) chunks.push(chunk);
      return threads.run({ ...request, bytes: new Uint8Array(Buffer.concat(chunks)) });
    },
    close: () => threads.close(),
  };
}
