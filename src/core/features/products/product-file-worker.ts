import { parentPort, workerData } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import type { ProductFileReply, ProductFileStart } from './file-protocol.ts';
import { readProductFile } from './product-file.ts';

// Reads one file of products and ends: a workbook of 20,000 rows would hold up the app's thread for seconds.

async function read({ bytes, fileName }: ProductFileStart): Promise<ProductFileReply> {
  try {
    return { file: await readProductFile(bytes, fileName) };
  } catch (error) {
    if (error instanceof AppError) return { error: error.toBody() };
    throw error;
  }
}

parentPort?.postMessage(await read(workerData as ProductFileStart));
