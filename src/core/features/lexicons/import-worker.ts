import { join } from 'node:path';

import { createBlobStore, translateWriteError } from '../../platform/blobs/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { openDatabase } from '../../platform/database/connection.ts';
import { createIdSource, systemRandom } from '../../platform/ids.ts';
import { carryOutTask } from '../../platform/threads/serve.ts';
import type { ImportOutcome, ImportStart } from './import-thread.ts';
import { importTerms, readLexiconBlob } from './import-terms.ts';

// Imports one file into a lexicon's draft beside the application's thread, and ends.

async function run({ directory, user, request }: ImportStart): Promise<ImportOutcome> {
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

carryOutTask(async (start: ImportStart) => {
  try {
    return await run(start);
  } catch (error) {
    throw translateWriteError(error);
  }
});
