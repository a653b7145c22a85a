import { join } from 'node:path';

import { createBlobStore, translateWriteError } from '../../platform/blobs/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { openDatabase } from '../../platform/database/connection.ts';
import { createIdSource, systemRandom } from '../../platform/ids.ts';
import { carryOutTask } from '../../platform/threads/serve.ts';
import type { ImportOutcome, ImportStart, PreviewStart } from './import-thread.ts';
import { type SettingsPreview, importTerms, previewSettings, readLexiconBlob } from './import-terms.ts';
import { termDefaults } from './lexicon-file.ts';

// Imports one file into a lexicon's draft, or says what that would do about its settings, beside the application's thread, and ends.

async function runImport({ directory, user, request }: ImportStart): Promise<ImportOutcome> {
  const { category, severity } = request;
  const blobs = createBlobStore(join(directory, 'blobs'));
  // The writer's lock is asked for once all of the file is read.
  const file = await readLexiconBlob(blobs, request.blobId, request.fileName, { category, severity });
  const connection = openDatabase(join(directory, 'workspace.sqlite'));
  const services = { clock: systemClock, ids: createIdSource(systemClock, systemRandom) };
  try {
    const { added, updated, unchanged, settings, warnings } = await connection.query
      .transaction()
      .execute((writer) => importTerms(writer, services, user, request, file));
    return {
      added,
      updated,
      unchanged,
      skipped: file.skipped,
      settings,
      warnings: [...file.warnings, ...warnings],
    };
  } finally {
    await connection.close();
  }
}

async function preview({ directory, request }: PreviewStart): Promise<SettingsPreview> {
  const blobs = createBlobStore(join(directory, 'blobs'));
  const file = await readLexiconBlob(blobs, request.blobId, request.fileName, termDefaults);
  const connection = openDatabase(join(directory, 'workspace.sqlite'), { readonly: true });
  try {
    return await previewSettings(connection.query, request.lexiconId, file);
  } finally {
    await connection.close();
  }
}

carryOutTask(async (start: ImportStart | PreviewStart) => {
  try {
    return await (start.task === 'import' ? runImport(start) : preview(start));
  } catch (error) {
    throw translateWriteError(error);
  }
});
