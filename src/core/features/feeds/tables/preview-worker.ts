import { parentPort, workerData } from 'node:worker_threads';

import { AppError } from '../../../contract/errors.ts';
import { previewTable } from './preview-table.ts';
import type { PreviewReply, PreviewStart } from './preview-protocol.ts';

// Looks at one table and ends: a workbook of some MiB would hold up the app's thread for seconds.

async function preview(start: PreviewStart): Promise<PreviewReply> {
  try {
    return { preview: await previewTable(start.bytes, start) };
  } catch (error) {
    if (error instanceof AppError) return { error: error.toBody() };
    throw error;
  }
}

parentPort?.postMessage(await preview(workerData as PreviewStart));
