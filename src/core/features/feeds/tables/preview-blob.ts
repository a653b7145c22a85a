import { Worker } from 'node:worker_threads';

import { AppError } from '../../../contract/errors.ts';
import type { BlobId } from '../../../contract/ids.ts';
import type { Services } from '../../../platform/services.ts';
import { workerUrl } from '../../../platform/worker-url.ts';
import type { TablePreview } from '../contract.ts';
import { maximumTableBytes, tooLarge } from './parse-table.ts';
import type { PreviewReply, PreviewRequest, PreviewStart } from './preview-protocol.ts';

/** No file of this size takes that long; one that does was made to. */
const longestRead = 60_000;
/** Heap of the reading thread in MB. */
const readerHeap = 1024;

/** Looks at an uploaded table in a thread of its own. Throws as `readTable` does. */
export async function previewBlob(
  services: Pick<Services, 'blobs' | 'log'>,
  blobId: BlobId,
  request: PreviewRequest,
): Promise<TablePreview> {
  if ((await services.blobs.size(blobId)) > maximumTableBytes) throw tooLarge(request.fileName);
  const chunks: Uint8Array[] = [];
  for await (const chunk of await services.blobs.read(blobId))
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  return previewInThread(services, { ...request, bytes: new Uint8Array(Buffer.concat(chunks)) });
}

function previewInThread(services: Pick<Services, 'log'>, start: PreviewStart): Promise<TablePreview> {
  const unreadable = () =>
    new AppError(
      'file-not-recognised',
      `${start.fileName} could not be read: it is damaged, or unpacks to more than a table needs. Save it again as .csv.`,
      { file: start.fileName },
    );
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl('feed-preview-worker'), {
      workerData: start,
      resourceLimits: { maxOldGenerationSizeMb: readerHeap },
    });
    const limit = setTimeout(() => {
      reject(unreadable());
      void worker.terminate();
    }, longestRead);
    worker.once('message', (reply: PreviewReply) => {
      clearTimeout(limit);
      if ('preview' in reply) resolve(reply.preview);
      else reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
    });
    worker.once('error', (error) => {
      clearTimeout(limit);
      services.log.error(
        { message: error instanceof Error ? error.message : '' },
        'feed-preview-worker-failed',
      );
      reject(unreadable());
    });
  });
}
