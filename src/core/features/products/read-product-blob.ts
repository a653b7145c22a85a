import { Worker } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import type { BlobId } from '../../contract/ids.ts';
import type { Services } from '../../platform/services.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { ProductFileReply, ProductFileStart } from './file-protocol.ts';
import { maxProductFileBytes } from './model.ts';
import type { ProductFile } from './product-file.ts';

/** No file of this size takes that long; one that does was made to. */
const longestRead = 60_000;
/** Heap of the reading thread in MB: 20,000 rows take a tenth of it. */
const readerHeap = 512;

/** Reads an uploaded file in a thread of its own. Throws as `readProductFile` does, and `file-too-large`. */
export async function readProductBlob(
  services: Pick<Services, 'blobs' | 'log'>,
  blobId: BlobId,
  fileName: string,
): Promise<ProductFile> {
  if ((await services.blobs.size(blobId)) > maxProductFileBytes) {
    throw new AppError(
      'file-too-large',
      `${fileName} is larger than ${maxProductFileBytes} bytes. Split it.`,
      { file: fileName, limit: maxProductFileBytes },
    );
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of await services.blobs.read(blobId))
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  return readInThread(services, { bytes: new Uint8Array(Buffer.concat(chunks)), fileName });
}

function readInThread(services: Pick<Services, 'log'>, start: ProductFileStart): Promise<ProductFile> {
  const unreadable = () =>
    new AppError(
      'file-not-recognised',
      `${start.fileName} could not be read: it is damaged, or unpacks to more than a list of products needs. Save it again as .csv.`,
      { file: start.fileName },
    );
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl('product-file-worker'), {
      workerData: start,
      resourceLimits: { maxOldGenerationSizeMb: readerHeap },
    });
    const limit = setTimeout(() => {
      reject(unreadable());
      void worker.terminate();
    }, longestRead);
    worker.once('message', (reply: ProductFileReply) => {
      clearTimeout(limit);
      if ('file' in reply) resolve(reply.file);
      else reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
    });
    worker.once('error', (error) => {
      clearTimeout(limit);
      services.log.error(
        { message: error instanceof Error ? error.message : '' },
        'product-file-worker-failed',
      );
      reject(unreadable());
    });
  });
}
