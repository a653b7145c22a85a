import { z } from 'zod';

import type { DispositionId, HitId, Milliseconds, UserId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import { type Decision, type Disposition, type ReasonCode, reasonCodes } from './model.ts';

/** Most entries of one hit's history that are read: far more than people decide about one hit. */
const historyLimit = 1_000;

const StoredReason = z.enum(reasonCodes).nullable();

export interface NewDisposition {
  readonly hitId: HitId;
  readonly decision: Decision;
  readonly reasonCode: ReasonCode | null;
  readonly note: string;
  readonly by: UserId;
  readonly at: Milliseconds;
  readonly undoes: DispositionId | null;
}

/** Stores dispositions and answers the id that each hit's got. */
export async function insertDispositions(
  writer: Writer,
  dispositions: readonly NewDisposition[],
): Promise<ReadonlyMap<HitId, DispositionId>> {
  const rows = await writer
    .insertInto('dispositions')
    .values(
      dispositions.map((entry) => ({
        hit_id: entry.hitId,
        decision: entry.decision,
        reason_code: entry.reasonCode,
        note: entry.note,
        decided_by: entry.by,
        decided_at: entry.at,
        undoes: entry.undoes,
      })),
    )
    .returning(['id', 'hit_id'])
    .execute();
  return new Map(rows.map((row) => [row.hit_id, row.id]));
}

export async function selectHitOfDisposition(reader: Reader, id: DispositionId): Promise<HitId | undefined> {
  const row = await reader
    .selectFrom('dispositions')
    .select('hit_id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.hit_id;
}

export type HistoryEntry = Disposition & { readonly note: string; readonly byName: string };

/** What was said of a hit, oldest first; of a longer history the newest entries. */
export async function selectHistory(reader: Reader, hitId: HitId): Promise<readonly HistoryEntry[]> {
  const rows = await reader
    .selectFrom('dispositions')
    .innerJoin('users', 'users.id', 'dispositions.decided_by')
    .selectAll('dispositions')
    .select('users.display_name as byName')
    .where('hit_id', '=', hitId)
    .orderBy('dispositions.id', 'desc')
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

/**
 * Hits whose decision since `from` still stands. Dispositions are numbered in the order they were made, so only those
 * after the last earlier one are looked at, however many there are.
 */
export async function countDecidedSince(reader: Reader, from: Milliseconds): Promise<number> {
  const before = await reader
    .selectFrom('dispositions')
    .select('id')
    .where('decided_at', '<', from)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row = await reader
    .selectFrom('dispositions as made')
    .select((builder) => builder.fn.count<number>('made.hit_id').distinct().as('count'))
    .where('made.decision', '<>', 'reopened')
    .$if(before !== undefined, (query) => query.where('made.id', '>', before?.id ?? null))
    .where((builder) =>
      builder.not(
        builder.exists(
          builder
            .selectFrom('dispositions as later')
            .select('later.id')
            .whereRef('later.hit_id', '=', 'made.hit_id')
            .whereRef('later.undoes', '=', 'made.id'),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return row.count;
}
