import { z } from 'zod';

import type { FindingDispositionId, FindingId, Milliseconds, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import { type Decision, type Disposition, type ReasonCode, type Standing, reasonCodes } from '../model.ts';
import type { FindingFilter } from './contract.ts';

/** Most entries of one finding's history that are read. */
const historyLimit = 1_000;
/** Characters of a message that a list reads: an excerpt is shorter, and a number that is masked may begin in it. */
const excerptReach = 400;

const StoredReason = z.enum(reasonCodes).nullable();

function filtered(reader: Reader, { states, kinds, from, to }: FindingFilter) {
  let query = reader.selectFrom('findings');
  if (states !== null && states.length > 0) query = query.where('findings.state', 'in', states);
  if (kinds !== null && kinds.length > 0) query = query.where('findings.kind', 'in', kinds);
  if (from !== null) query = query.where('findings.sent_at', '>=', from);
  if (to !== null) query = query.where('findings.sent_at', '<=', to);
  return query;
}

/** The newest message first. */
export async function selectFindingIds(
  reader: Reader,
  filter: FindingFilter,
  limit: number,
): Promise<FindingId[]> {
  const rows = await filtered(reader, filter)
    .select('findings.id')
    .orderBy('findings.sent_at', 'desc')
    .orderBy('findings.id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

export async function countFindings(reader: Reader, filter: FindingFilter): Promise<number> {
  const row = await filtered(reader, filter)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

export type FindingRecord = Awaited<ReturnType<typeof selectFindings>>[number];

export async function selectFindings(reader: Reader, ids: readonly FindingId[]) {
  const rows = await reader
    .selectFrom('findings')
    .innerJoin('messages', 'messages.id', 'findings.message_id')
    .leftJoin('approvals', 'approvals.id', 'findings.approval_id')
    .leftJoin('users', 'users.id', 'findings.decided_by')
    .selectAll('findings')
    .select((builder) => [
      'messages.kind as message_kind',
      builder
        .fn<string>('substr', ['messages.text', builder.val(1), builder.val(excerptReach)])
        .as('beginning'),
      'approvals.number',
      'users.display_name as decided_by_name',
    ])
    .where('findings.id', 'in', ids)
    .execute();
  return rows.map((row) => ({ ...row, reason_code: StoredReason.parse(row.reason_code) }));
}

export async function insertDispositions(
  writer: Writer,
  dispositions: readonly {
    readonly findingId: FindingId;
    readonly decision: Decision;
    readonly reasonCode: ReasonCode | null;
    readonly note: string;
    readonly by: UserId;
    readonly at: Milliseconds;
    readonly undoes: FindingDispositionId | null;
  }[],
): Promise<ReadonlyMap<FindingId, FindingDispositionId>> {
  const rows = await writer
    .insertInto('finding_dispositions')
    .values(
      dispositions.map((entry) => ({
        finding_id: entry.findingId,
        decision: entry.decision,
        reason_code: entry.reasonCode,
        note: entry.note,
        decided_by: entry.by,
        decided_at: entry.at,
        undoes: entry.undoes,
      })),
    )
    .returning(['id', 'finding_id'])
    .execute();
  return new Map(rows.map((row) => [row.finding_id, row.id]));
}

export async function updateStanding(
  writer: Writer,
  ids: readonly FindingId[],
  { state, by, at, reasonCode }: Standing,
): Promise<void> {
  await writer
    .updateTable('findings')
    .set({ state, decided_by: by, decided_at: at, reason_code: reasonCode })
    .where('id', 'in', ids)
    .execute();
}

export async function selectFindingOfDisposition(
  reader: Reader,
  id: FindingDispositionId,
): Promise<FindingId | undefined> {
  const row = await reader
    .selectFrom('finding_dispositions')
    .select('finding_id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.finding_id;
}

export type HistoryEntry = Disposition<FindingDispositionId> & {
  readonly note: string;
  readonly byName: string;
};

/** What was said of a finding, oldest first. */
export async function selectHistory(reader: Reader, id: FindingId): Promise<readonly HistoryEntry[]> {
  const rows = await reader
    .selectFrom('finding_dispositions')
    .innerJoin('users', 'users.id', 'finding_dispositions.decided_by')
    .selectAll('finding_dispositions')
    .select('users.display_name as byName')
    .where('finding_id', '=', id)
    .orderBy('finding_dispositions.id', 'desc')
    .limit(historyLimit)
    .execute();
  return rows
    .map((row) => ({
      id: row.id,
      decision: row.decision,
      reasonCode: StoredReason.parse(row.reason_code),
      note: row.note,
      by: row.decided_by,
      byName: row.byName,
      at: row.decided_at,
      undoes: row.undoes,
    }))
    .toReversed();
}
