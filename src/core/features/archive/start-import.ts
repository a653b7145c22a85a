import { ImportId, JobId } from '../../contract/ids.ts';
import type { BlobId, CalendarDay } from '../../contract/ids.ts';
import type { Services } from '../../platform/services.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { loadMapping } from '../feeds/index.ts';
import { insertJob } from '../jobs/index.ts';
import { type NewImport, insertImport } from './import-repository.ts';

export interface ImportRequest {
  readonly files: readonly { readonly blobId: BlobId; readonly name: string }[];
  readonly kind: NewImport['kind'];
  /** The day that feeds are of, where they don't say it themselves. */
  readonly asOf?: CalendarDay | null;
  /** The name of a mapping of columns. */
  readonly mapping?: string | null;
}

/**
 * Records an import and its job, which is not started yet: hand it to `services.jobs.enqueue`. A job of another kind that
 * imports on its way (the demo workspace) gives its own id and calls `runImport`.
 */
export async function createImport(
  services: Pick<Services, 'connection' | 'blobs' | 'clock' | 'ids'>,
  actor: Actor,
  request: ImportRequest,
  ownJob: JobId | null = null,
): Promise<{ readonly id: ImportId; readonly jobId: JobId }> {
  const { connection, blobs, clock, ids } = services;
  const files: { blobId: BlobId; name: string; bytes: number }[] = [];
  for (const { blobId, name } of request.files) files.push({ blobId, name, bytes: await blobs.size(blobId) });
  const id = ids.next(ImportId);
  const jobId = ownJob ?? ids.next(JobId);
  await connection.query.transaction().execute(async (writer) => {
    const at = clock.now();
    const name = request.mapping ?? null;
    // As it is now: a mapping that is changed later doesn't change what an import that is resumed reads.
    const mapping = name === null ? null : await loadMapping(writer, name);
    if (ownJob === null) {
      await insertJob(writer, {
        id: jobId,
        kind: 'import',
        input: { importId: id },
        startedBy: actor.userId,
        at,
      });
    }
    await insertImport(writer, {
      id,
      jobId,
      kind: request.kind,
      asOf: request.asOf ?? null,
      mapping: mapping === null ? null : JSON.stringify(mapping),
      startedBy: actor.userId,
      startedAt: at,
      files,
    });
    await recordAudit(writer, clock, actor, {
      action: 'archive.startImport',
      recordKind: 'import',
      recordId: id,
      // Names of files can hold names of people: the log keeps their hash, the blobs' ids and the count.
      after: { kind: request.kind, asOf: request.asOf ?? null, mapping, files },
      details: {
        kind: request.kind,
        ...(request.asOf === undefined || request.asOf === null ? {} : { asOf: request.asOf }),
        files: files.length,
        bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      },
    });
  });
  return { id, jobId };
}
