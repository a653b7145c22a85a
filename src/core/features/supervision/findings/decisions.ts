import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import type { FindingDispositionId, FindingId } from '../../../contract/ids.ts';
import type { Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import { type Decision, type ReasonCode, type Standing, planUndo, stateAfter } from '../model.ts';
import {
  type FindingRecord,
  insertDispositions,
  selectFindingOfDisposition,
  selectFindings,
  selectHistory,
  updateStanding,
} from './repository.ts';

export interface FindingDecision {
  readonly findingIds: readonly FindingId[];
  readonly decision: Exclude<Decision, 'reopened'>;
  readonly reasonCode: ReasonCode | null;
  readonly note: string;
}

/** Stores one explicit decision over the findings, with a disposition and an audit event for each. The last one counts. */
export async function decideFindings(
  writer: Writer,
  clock: Services['clock'],
  user: SignedIn,
  { findingIds, decision, reasonCode, note }: FindingDecision,
): Promise<{ readonly ids: readonly FindingId[]; readonly dispositionIds: readonly FindingDispositionId[] }> {
  const ids = [...new Set(findingIds)];
  const before = new Map((await selectFindings(writer, ids)).map((finding) => [finding.id, finding]));
  const records = ids.map((id) => existing(before.get(id), id));
  const at = clock.now();
  const standing: Standing = { state: stateAfter(decision), by: user.userId, at, reasonCode };
  const made = await insertDispositions(
    writer,
    ids.map((findingId) => ({
      findingId,
      decision,
      reasonCode,
      note,
      by: user.userId,
      at,
      undoes: null,
    })),
  );
  await updateStanding(writer, ids, standing);
  for (const record of records) {
    await recordAudit(writer, clock, user, {
      action: 'findings.decide',
      recordKind: 'finding',
      recordId: record.id,
      before: { id: record.id, ...standingOfRecord(record), note: '' },
      after: { id: record.id, ...standing, note },
      details: {
        decision,
        reasonCode,
        from: record.state,
        to: standing.state,
        dispositionId: made.get(record.id) ?? null,
      },
    });
  }
  return { ids, dispositionIds: ids.flatMap((id) => made.get(id) ?? []) };
}

/** Takes decisions back, each with a `reopened` disposition; the finding goes back to where it stood before. */
export async function undoFindings(
  writer: Writer,
  clock: Services['clock'],
  user: SignedIn,
  dispositionIds: readonly FindingDispositionId[],
): Promise<readonly FindingId[]> {
  const at = clock.now();
  const undone = new Set<FindingId>();
  // Newest first: of two decisions over the same finding, the later has to go before the earlier can.
  for (const id of [...new Set(dispositionIds)].toSorted((a, b) => b - a)) {
    const findingId = await selectFindingOfDisposition(writer, id);
    if (findingId === undefined)
      throw new AppError('not-found', 'There is no such decision.', { dispositionId: id });
    const [record] = await selectFindings(writer, [findingId]);
    const before = standingOfRecord(existing(record, findingId));
    const plan = planUndo(await selectHistory(writer, findingId), id);
    if (plan.kind === 'nothing-to-undo')
      throw new AppError('nothing-to-undo', 'This decision has already been taken back.', { findingId });
    if (plan.kind === 'conflict')
      throw new AppError(
        'conflict',
        'The finding has been decided again since. Look at its history, and decide it anew if need be.',
        { findingId },
      );
    await insertDispositions(writer, [
      { findingId, decision: 'reopened', reasonCode: null, note: '', by: user.userId, at, undoes: id },
    ]);
    await updateStanding(writer, [findingId], plan.standing);
    await recordAudit(writer, clock, user, {
      action: 'findings.undo',
      recordKind: 'finding',
      recordId: findingId,
      before: { id: findingId, ...before, note: '' },
      after: { id: findingId, ...plan.standing, note: '' },
      details: { dispositionId: id, from: before.state, to: plan.standing.state },
    });
    undone.add(findingId);
  }
  return [...undone];
}

function existing(record: FindingRecord | undefined, id: FindingId): FindingRecord {
  if (record === undefined) throw new AppError('not-found', `There is no finding ${id}.`, { id });
  return record;
}

function standingOfRecord(record: FindingRecord): Standing {
  return {
    state: record.state,
    by: record.decided_by,
    at: record.decided_at,
    reasonCode: record.reason_code,
  };
}
