import { type BlobId, ImportFileId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';

const chunk = 1_000;

/** Every blob that an imported file or a frozen sheet names, some at a time; those that both name twice. */
export async function* namedBlobs(reader: Reader): AsyncGenerator<BlobId> {
  yield* importedBlobs(reader);
  yield* frozenBlobs(reader);
}

async function* importedBlobs(reader: Reader): AsyncGenerator<BlobId> {
  let last = ImportFileId.parse(0);
  for (;;) {
    const rows = await reader
      .selectFrom('import_files')
      .select(['id', 'blob_id'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(chunk)
      .execute();
    for (const row of rows) {
      last = row.id;
      yield row.blob_id;
    }
    if (rows.length < chunk) return;
  }
}

async function* frozenBlobs(reader: Reader): AsyncGenerator<BlobId> {
  const blobs = reader
    .selectFrom('handover_snapshots')
    .select('blob_id')
    .distinct()
    .orderBy('blob_id')
    .limit(chunk);
  let last: BlobId | null = null;
  for (;;) {
    const rows: { blob_id: BlobId }[] = await (
      last === null ? blobs : blobs.where('blob_id', '>', last)
    ).execute();
    for (const row of rows) {
      last = row.blob_id;
      yield row.blob_id;
    }
    if (rows.length < chunk) return;
  }
}

export interface WorkspaceCounts {
  readonly users: number;
  readonly messages: number;
  readonly hits: number;
  readonly auditEvents: number;
}

export async function countRows(reader: Reader): Promise<WorkspaceCounts> {
  const count = async (table: 'users' | 'messages' | 'hits' | 'audit_events') =>
    (
      await reader
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
    ).count;
  return {
    users: await count('users'),
    messages: await count('messages'),
    hits: await count('hits'),
    auditEvents: await count('audit_events'),
  };
}
