import { type Entry, fromBufferPromise } from 'yauzl';

import { AppError } from '../../../contract/errors.ts';

/** Bytes that a workbook may unpack to: the XML of 200,000 rows is some 100 MiB. */
const mostUnpacked = 200 * 2 ** 20;
const mostParts = 5_000;

/**
 * Throws `archive-bomb` where a workbook claims to unpack to more than a table needs. Its reader unpacks no part to more than it
 * claims. A zip that can't be listed is for that reader to refuse.
 */
export async function checkWorkbookSize(bytes: Uint8Array, fileName: string): Promise<void> {
  const zip = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true, autoClose: false }).catch(
    () => null,
  );
  if (zip === null) return;
  try {
    const fits = await new Promise<boolean>((resolve) => {
      let total = 0;
      let parts = 0;
      zip.on('error', () => resolve(true));
      zip.on('end', () => resolve(true));
      zip.on('entry', ({ uncompressedSize, compressedSize }: Entry) => {
        total += uncompressedSize;
        parts += 1;
        // Nothing claimed is no claim: an empty part packs to two bytes at most.
        const isUnclaimed = uncompressedSize === 0 && compressedSize > 2;
        if (total > mostUnpacked || parts > mostParts || isUnclaimed) resolve(false);
        else zip.readEntry();
      });
      zip.readEntry();
    });
    if (fits) return;
  } finally {
    zip.close();
  }
  throw new AppError(
    'archive-bomb',
    `${fileName} unpacks to far more than a table needs. Check where it comes from, or save it again as .csv.`,
    { file: fileName },
  );
}
