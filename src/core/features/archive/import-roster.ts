import type { Clock } from '../../platform/clock.ts';
import type { DatabaseConnection, Writer } from '../../platform/database/connection.ts';
import { recordAudit, systemActor } from '../audit/index.ts';
import { FactInserter } from '../feeds/index.ts';
import type { FileTally } from './file-tally.ts';
import { type ImportFileRow, insertQuarantine, setFileProgress, upsertPeople } from './import-repository.ts';
import { type PersonKind, personKindOf } from './model.ts';
import type { ReadPart } from './read-archive.ts';

/** Names the people of a roster, in one transaction with what it says of handovers, its counts and its audit event. */
export async function importRoster(
  writer: Writer,
  { connection, clock }: { readonly connection: DatabaseConnection; readonly clock: Clock },
  file: ImportFileRow,
  tally: FileTally,
  { kind, people, batch, checkpoint }: Extract<ReadPart, { type: 'people' }>,
): Promise<void> {
  const changed = await upsertPeople(
    writer,
    people.map((row) => ({ ...row, kind: personKindIn(kind, row.externalId) })),
    clock.now(),
  );
  // On the same handle, and so in the same transaction.
  const inserter = new FactInserter(connection);
  const source = { id: file.id, name: file.name, blobId: file.blob_id };
  let stating = 0;
  let fresh = 0;
  for (const { feed, line, facts } of batch.records) {
    let isNew = false;
    for (const fact of facts) if (inserter.insert(source, feed, line, fact)) isNew = true;
    if (facts.length > 0) stating += 1;
    if (isNew) fresh += 1;
  }
  await insertQuarantine(writer, file.id, batch.quarantined);
  // A row that states nothing else is new where it changed what is known of somebody.
  const imported = fresh + Math.min(changed, batch.records.length - stating);
  const counts = {
    read: batch.records.length + batch.quarantined.length,
    imported,
    duplicates: batch.records.length - imported,
    quarantined: batch.quarantined.length,
  };
  tally.add(kind, counts);
  await setFileProgress(writer, file.id, {
    kind: tally.kind,
    ...tally.counts,
    checkpoint: JSON.stringify(checkpoint),
  });
  await recordAudit(writer, clock, systemActor, {
    action: 'archive.rosterImported',
    recordKind: 'import',
    recordId: file.import_id,
    after: people,
    details: { file: file.ordinal, kind, ...counts },
  });
}

/** The prefix says who is external; a list of customers may name some whose ids have none. */
function personKindIn(kind: 'roster' | 'customers', externalId: string): PersonKind {
  const byPrefix = personKindOf(externalId);
  return kind === 'customers' && byPrefix === 'employee' ? 'customer' : byPrefix;
}
