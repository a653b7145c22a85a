import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import {
  type ConditionId as ConditionIdType,
  ConditionId,
  DecisionId,
  type MaterialVersionId,
  type ReviewId,
  type UserId,
} from '../../../contract/ids.ts';
import type { Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import type { DecisionInput } from './contract.ts';
import { type DelegationRow, selectActiveDelegations } from './delegation-repository.ts';
import { loadReview } from './facts.ts';
import {
  type DelegationPeriod,
  type Refusal,
  authorsOf,
  currentVersion,
  mayReassign,
  mayTickCondition,
  refusalOf,
  standingOf,
} from './model.ts';
import {
  insertConditions,
  insertDecisions,
  insertExemption,
  replaceSeats,
  meetCondition,
  selectDeciders,
  selectReviewOfCondition,
  updateReview,
  updateStage,
} from './repository.ts';
import { nextSequence, openedStage, settle } from './settle.ts';
import { restMaterial } from './approvals/resting-state.ts';
import { requireCurrent, requireOpen } from './submit.ts';

type Parts = Pick<Services, 'clock' | 'ids'>;

/** The error that says why a decision was not taken. */
export function refused(reason: Refusal): AppError {
  return new AppError('decision-refused', `This decision can't be taken: ${reason}.`, { reason });
}

export function periodOf(row: DelegationRow): DelegationPeriod {
  return {
    from: row.from_user,
    to: row.to_user,
    begins: row.begins_at,
    ends: row.ends_at,
    endedAt: row.ended_at,
  };
}

/** Puts a decision on record, and what follows from it. Throws `decision-refused` with the reason. */
export async function decide(
  writer: Writer,
  services: Parts,
  user: SignedIn,
  input: DecisionInput,
): Promise<void> {
  const loaded = await loadReview(writer, input.reviewId);
  const at = services.clock.now();
  const seat = input.onBehalfOf ?? user.userId;
  const delegations = await selectActiveDelegations(writer, at, user.userId);
  const reason = refusalOf(loaded.facts, delegations.map(periodOf), {
    ...input,
    kind: input.decision,
    by: user.userId,
    seat,
    at,
  });
  if (reason !== null) throw refused(reason);
  const id = services.ids.next(DecisionId);
  await insertDecisions(writer, [
    {
      id,
      sequence: nextSequence(loaded),
      review_id: input.reviewId,
      version_id: input.versionId,
      hash: input.hash,
      stage_key: input.stageKey,
      decision: input.decision,
      user_id: user.userId,
      seat_id: seat,
      delegation_id:
        seat === user.userId ? null : (delegations.find((row) => row.from_user === seat)?.id ?? null),
      reason_codes: JSON.stringify(input.reasonCodes),
      answers: JSON.stringify(input.answers),
      note: input.note,
      copied_from: null,
      at,
    },
  ]);
  const conditions = input.decision === 'approve-with-conditions' ? input.conditions : [];
  await insertConditions(
    writer,
    conditions.map((text) => ({
      id: services.ids.next(ConditionId),
      review_id: input.reviewId,
      decision_id: id,
      text,
      set_by: user.userId,
      at,
    })),
  );
  await recordAudit(writer, services.clock, user, {
    action: 'reviews.decide',
    recordKind: 'review',
    recordId: input.reviewId,
    after: { ...input, seat },
    details: {
      decision: input.decision,
      stage: input.stageKey,
      contentHash: input.hash,
      onBehalfOf: input.onBehalfOf,
      reasonCodes: input.reasonCodes.join(','),
      decisionId: id,
      conditions: conditions.length,
    },
  });
  await settle(writer, services, user, input.reviewId);
}

/** Puts on record that this reviewer accepts an exemption, which decides nothing by itself. */
export async function acceptExemption(
  writer: Writer,
  services: Parts,
  user: SignedIn,
  input: {
    readonly reviewId: ReviewId;
    readonly versionId: MaterialVersionId;
    readonly findingKey: string;
    readonly note: string;
  },
): Promise<void> {
  const loaded = await loadReview(writer, input.reviewId);
  requireOpen(loaded);
  requireCurrent(loaded, input.versionId);
  const version = currentVersion(loaded.facts);
  if (authorsOf(loaded.facts, version).has(user.userId)) throw refused('edited-this-version');
  const block = version.blocks.find(({ key }) => key === input.findingKey);
  if (block?.claimed !== true) {
    throw new AppError('not-found', 'No exemption is claimed for this finding.', {
      findingKey: input.findingKey,
    });
  }
  const added = await insertExemption(writer, {
    review_id: input.reviewId,
    version_id: input.versionId,
    finding_key: input.findingKey,
    user_id: user.userId,
    note: input.note,
    at: services.clock.now(),
  });
  if (!added) throw new AppError('conflict', 'You have accepted this exemption before.');
  await recordAudit(writer, services.clock, user, {
    action: 'reviews.acceptExemption',
    recordKind: 'review',
    recordId: input.reviewId,
    after: input,
    details: { findingKey: input.findingKey, versionId: input.versionId },
  });
  await settle(writer, services, user, input.reviewId);
}

/** Takes a condition as met, by somebody who didn't write the version. */
export async function tickCondition(
  writer: Writer,
  services: Parts,
  user: SignedIn,
  { conditionId, note }: { readonly conditionId: ConditionIdType; readonly note: string },
): Promise<ReviewId> {
  const reviewId = await selectReviewOfCondition(writer, conditionId);
  if (reviewId === null) throw new AppError('not-found', 'There is no such condition.', { id: conditionId });
  const loaded = await loadReview(writer, reviewId);
  requireOpen(loaded);
  if (!mayTickCondition(loaded.facts, user.userId)) throw refused('edited-this-version');
  const condition = loaded.conditions.find(({ id }) => id === conditionId);
  if (condition?.met_at !== null) {
    throw new AppError('conflict', 'Somebody has taken this condition as met before.', { id: conditionId });
  }
  await meetCondition(writer, conditionId, {
    versionId: null,
    by: user.userId,
    at: services.clock.now(),
    note,
  });
  await recordAudit(writer, services.clock, user, {
    action: 'reviews.tickCondition',
    recordKind: 'review',
    recordId: reviewId,
    after: { conditionId, note },
    details: { conditionId },
  });
  await settle(writer, services, user, reviewId);
  return reviewId;
}

/** Takes the submission back. Only whoever submitted it, or began the material. */
export async function cancelReview(
  writer: Writer,
  services: Parts,
  user: SignedIn,
  { id, reason }: { readonly id: ReviewId; readonly reason: string },
): Promise<void> {
  const loaded = await loadReview(writer, id);
  requireOpen(loaded);
  if (user.userId !== loaded.row.preparer_id && user.userId !== loaded.row.submitted_by) {
    throw new AppError('forbidden', 'Only whoever prepared or submitted the material takes it back.', { id });
  }
  const at = services.clock.now();
  await updateReview(writer, id, {
    state: 'cancelled',
    stage_key: null,
    stage_opened_at: null,
    deadline_at: null,
    stuck: 0,
    closed_at: at,
    updated_at: at,
  });
  await replaceSeats(writer, id, [], at);
  await restMaterial(writer, loaded.row.material_id, at, 'draft');
  await recordAudit(writer, services.clock, user, {
    action: 'reviews.cancel',
    recordKind: 'review',
    recordId: id,
    before: { state: loaded.row.state },
    after: { state: 'cancelled', reason },
    details: { reason },
  });
}

/** Asks others in the open stage. Throws `conflict` where that would complete it. */
export async function reassign(
  writer: Writer,
  services: Parts,
  user: SignedIn,
  {
    id,
    users,
    reason,
  }: { readonly id: ReviewId; readonly users: readonly UserId[]; readonly reason: string },
): Promise<void> {
  const loaded = await loadReview(writer, id);
  requireOpen(loaded);
  const deciders = new Set((await selectDeciders(writer)).map((person) => person.id));
  const unfit = users.find((asked) => !deciders.has(asked));
  if (unfit !== undefined) {
    throw new AppError('not-found', 'One of these people is not active, or may not decide.', { id: unfit });
  }
  const { current } = standingOf(loaded.facts);
  const stage = current === null ? undefined : loaded.template.stages[current];
  const opened = stage === undefined ? undefined : openedStage(loaded, stage);
  if (stage === undefined || opened === undefined || !mayReassign(loaded.facts, users)) {
    throw new AppError(
      'reassign-leaves-nobody',
      'After this nobody would be left to decide in the open stage. Add somebody who has not decided and had no hand in the version.',
      { id },
    );
  }
  const roster = [...new Set(users)];
  await updateStage(writer, opened.id, { roster: JSON.stringify(roster) });
  await recordAudit(writer, services.clock, user, {
    action: 'reviews.reassign',
    recordKind: 'review',
    recordId: id,
    before: { stage: stage.key, roster: opened.roster },
    after: { stage: stage.key, roster, reason },
    details: { stage: stage.key, reason, count: roster.length },
  });
  await settle(writer, services, user, id);
}
