import { AppError } from '../../contract/errors.ts';
import type { DispositionId, HitId, UserId } from '../../contract/ids.ts';
import type { Writer } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { insertDispositions, selectHistory, selectHitOfDisposition } from './disposition-repository.ts';
import { type HitRecord, selectHits, updateStanding } from './hit-repository.ts';
import { type Decision, type ReasonCode, type Standing, planUndo, stateAfter } from './model.ts';

/** Whoever decides is a user: the system never does. */
type Decider = Actor & { readonly userId: UserId };

export interface DecisionRequest {
  readonly hitIds: readonly HitId[];
  readonly decision: Exclude<Decision, 'reopened'>;
  readonly reasonCode: ReasonCode | null;
  readonly note: string;
}

/**
 * Stores one explicit decision over the hits: a disposition and an audit event for each, so that the log can be asked
 * about any one of them. A hit that somebody decided before is decided again: the last one counts, both stay.
 */
export async function decideHits(
  writer: Writer,
  clock: Services['clock'],
  user: Decider,
  request: DecisionRequest,
): Promise<{ readonly hitIds: readonly HitId[]; readonly dispositionIds: readonly DispositionId[] }> {
  const hitIds = [...new Set(request.hitIds)];
  const before = new Map((await selectHits(writer, hitIds)).map((hit) => [hit.id, hit]));
  const at = clock.now();
  const { decision, reasonCode, note } = request;
  const standing: Standing = { state: stateAfter(decision), by: user.userId, at, reasonCode };
  for (const id of hitIds) existing(before.get(id), id);

  const dispositionIds = await insertDispositions(
    writer,
    hitIds.map((hitId) => ({ hitId, decision, reasonCode, note, by: user.userId, at, undoes: null })),
  );
  await updateStanding(writer, hitIds, standing);
  for (const id of hitIds) {
    const hit = existing(before.get(id), id);
    await recordAudit(writer, clock, user, {
      action: 'supervision.decide',
      recordKind: 'hit',
      recordId: String(id),
      before: recordOf(id, standingOfRecord(hit), ''),
      after: recordOf(id, standing, note),
      details: {
        decision,
        reasonCode,
        from: hit.state,
        to: standing.state,
        dispositionId: dispositionIds.get(id) ?? null,
      },
    });
  }
  return { hitIds, dispositionIds: hitIds.flatMap((id) => dispositionIds.get(id) ?? []) };
}

/**
 * Takes decisions back, each with a `reopened` disposition that names what it undoes. The hit goes back to where it stood
 * before, with the decision that then counts again. Anybody who may decide may also take back: who did is on record.
 */
export async function undoDecisions(
  writer: Writer,
  clock: Services['clock'],
  user: Decider,
  dispositionIds: readonly DispositionId[],
): Promise<readonly HitId[]> {
  const at = clock.now();
  const hitIds: HitId[] = [];
  // Newest first: of two decisions over the same hit, the later has to go before the earlier can.
  for (const id of [...new Set(dispositionIds)].toSorted((a, b) => b - a)) {
    const hitId = await selectHitOfDisposition(writer, id);
    if (hitId === undefined)
      throw new AppError('not-found', 'There is no such decision.', { dispositionId: id });
    const [hit] = await selectHits(writer, [hitId]);
    const standing = standingAfterUndo(await selectHistory(writer, hitId), id, hitId);
    await insertDispositions(writer, [
      { hitId, decision: 'reopened', reasonCode: null, note: '', by: user.userId, at, undoes: id },
    ]);
    await updateStanding(writer, [hitId], standing);
    const before = standingOfRecord(existing(hit, hitId));
    await recordAudit(writer, clock, user, {
      action: 'supervision.undo',
      recordKind: 'hit',
      recordId: String(hitId),
      before: recordOf(hitId, before, ''),
      after: recordOf(hitId, standing, ''),
      details: { dispositionId: id, from: before.state, to: standing.state },
    });
    hitIds.push(hitId);
  }
  return [...new Set(hitIds)];
}

function standingAfterUndo(
  history: Parameters<typeof planUndo>[0],
  id: DispositionId,
  hitId: HitId,
): Standing {
  const plan = planUndo(history, id);
  switch (plan.kind) {
    case 'undo':
      return plan.standing;
    case 'nothing-to-undo':
      throw new AppError('nothing-to-undo', 'This decision has already been taken back.', { hitId });
    case 'conflict':
      throw new AppError(
        'conflict',
        'The hit has been decided again since. Look at its history, and decide it anew if need be.',
        { hitId },
      );
  }
}

function existing(hit: HitRecord | undefined, id: HitId): HitRecord {
  if (hit === undefined) throw new AppError('not-found', `There is no hit ${id}.`, { hitId: id });
  return hit;
}

function standingOfRecord(hit: HitRecord): Standing {
  return {
    state: hit.state,
    by: hit.decided_by,
    at: hit.decided_at,
    reasonCode: hit.reason_code,
  };
}

/** What the audit log hashes of a hit: where it stands, and what was said. */
function recordOf(id: HitId, standing: Standing, note: string) {
  return { id, ...standing, note };
}
