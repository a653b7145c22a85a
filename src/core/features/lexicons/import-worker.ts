import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import { createBlobStore, translateWriteError } from '../../platform/blobs/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { openDatabase } from '../../platform/database/connection.ts';
import { createIdSource, systemRandom } from '../../platform/ids.ts';
import type { ImportOutcome, ImportReply, ImportStart } from './import-thread.ts';
import { importTerms, readLexiconBlob } from './import-terms.ts';

// Imports one file into a lexicon's draft beside the application's thread, and ends.

const { directory, user, request } = workerData as ImportStart;

async function run(): Promise<ImportOutcome> {
  const { category, severity } = request;
  const blobs = createBlobStore(join(directory, 'blobs'));
  // The writer's lock is asked for once all of the file is read.
  const file = await readLexiconBlob(blobs, request.blobId, request.fileName, { category, severity });
  const connection = openDatabase(join(directory, 'workspace.sqlite'));
  const services = { clock: systemClock, ids: createIdSource(systemClock, systemRandom) };
  try {
    const { added, updated, unchanged, warnings } = await connection.query
      .transaction()
      .execute((writer) => importTerms(writer, services, user, request, file));
    return {
      added,
      updated,
      unchanged,
      skipped: file.skipped,
      warnings: [...file.warnings, ...warnings],
    };
  } finally {
    await connection.close();
  }
}

async function answer(): Promise<ImportReply> {
  try {
    return { outcome: await run() };
  } catch (thrown) {
    const error = translateWriteError(thrown);
    if (error instanceof AppError) return { error: error.toBody() };
    throw error;
  }
}

parentPort?.postMessage(await answer());
