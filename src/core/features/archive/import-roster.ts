import type { Clock } from '../../platform/clock.ts';
import type { Writer } from '../../platform/database/connection.ts';
import { recordAudit, systemActor } from '../audit/index.ts';
import { type ImportFileRow, insertQuarantine, setFileProgress, upsertPeople } from './import-repository.ts';
import { type PersonKind, personKindOf } from './model.ts';
import type { ReadPart } from './read-archive.ts';
import type { FileTally } from './file-tally.ts';
import type { RosterKind } from './roster.ts';

/** Names the people of a roster, in one transaction with its counts and its audit event. */
export async function importRoster(
  writer: Writer,
  clock: Clock,
  file: ImportFileRow,
  tally: FileTally,
  { kind, roster, checkpoint }: Extract<ReadPart, { type: 'people' }>,
): Promise<void> {
  const changed = await upsertPeople(
    writer,
    roster.rows.map((row) => ({ ...row, kind: personKindIn(kind, row.externalId) })),
    clock.now(),
  );
  await insertQuarantine(writer, file.id, roster.quarantined);
  const counts = {
    read: roster.rows.length + roster.quarantined.length,
    imported: changed,
    duplicates: roster.rows.length - changed,
    quarantined: roster.quarantined.length,
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
    after: roster.rows,
    details: { file: file.ordinal, kind, ...counts },
  });
}

/** The prefix says who is external; a list of customers may name some whose ids have none. */
function personKindIn(kind: RosterKind, externalId: string): PersonKind {
  const byPrefix = personKindOf(externalId);
  return kind === 'customers' && byPrefix === 'employee' ? 'customer' : byPrefix;
}
