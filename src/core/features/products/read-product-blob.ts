import { AppError } from '../../contract/errors.ts';
import type { BlobId } from '../../contract/ids.ts';
import type { Services } from '../../platform/services.ts';
import { createTaskThreads } from '../../platform/threads/task-threads.ts';
import { workerEntry } from '../../platform/worker-url.ts';
import type { ProductFileStart } from './file-protocol.ts';
import { maxProductFileBytes } from './model.ts';
import type { ProductFile } from './product-file.ts';

export interface ProductFileReader {
  /**
   * Reads an uploaded file. Rejects as `readProductFile` does, with `file-too-large`, with `throttled` when too many wait, and with
   * `cancelled` when the workspace closes.
   */
  read(blobId: BlobId, fileName: string): Promise<ProductFile>;
  close(): Promise<void>;
}

/** Reads files of products, each in a thread of its own. */
export function createProductFileReader({ blobs, log }: Pick<Services, 'blobs' | 'log'>): ProductFileReader {
  const threads = createTaskThreads<ProductFileStart, ProductFile>({
    entry: workerEntry('product-file-worker'),
    log,
    limits: {
      // No file of this size takes that long; one that does was made to.
      time: 60_000,
      // 20,000 rows take a tenth of it.
      heapMegabytes: 512,
      atOnce: 2,
      // Each holds its file's bytes.
      waiting: 20,
    },
    tooMany: 'Too many lists of products are being read. Wait a moment.',
    whenFailed(_, { fileName }) {
      throw new AppError(
        'file-not-recognised',
        `${fileName} could not be read: it is damaged, or unpacks to more than a list of products needs. Save it again as .csv.`,
        { file: fileName },
      );
    },
  });
  return {
    async read(blobId, fileName) {
      if ((await blobs.size(blobId)) > maxProductFileBytes) {
        throw new AppError(
          'file-too-large',
          `${fileName} is larger than ${maxProductFileBytes} bytes. Split it.`,
          { file: fileName, limit: maxProductFileBytes },
        );
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of await blobs.read(blobId)) if (chunk instanceof Uint8Array) chunks.push(chunk);
      return threads.run({ bytes: new Uint8Array(Buffer.concat(chunks)), fileName });
    },
    close: () => threads.close(),
  };
}
