import { type BlobId, ImportFileId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';

const chunk = 1_000;

/** Every blob that an imported file names, some at a time. */
export async function* importedBlobs(reader: Reader): AsyncGenerator<BlobId> {
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
