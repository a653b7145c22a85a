import type { ContentHash, MaterialVersionId, Milliseconds, UserId } from '../../../contract/ids.ts';
import type { TemplateStage } from '../templates/contract.ts';
import {
  type DelegationPeriod,
  type ReviewFacts,
  type SubmittedVersion,
  barredIn,
  currentVersion,
  heardIn,
  isAccepted,
  isApproval,
  personsOf,
  rosterOf,
  standingOf,
} from './standing.ts';
import type { DecisionKind, ReasonCode, Refusal } from './vocabulary.ts';

export interface Answer {
  readonly key: string;
  readonly answer: string;
}

/** What somebody means to say. */
export interface Intention {
  readonly versionId: MaterialVersionId;
  readonly hash: ContentHash;
  readonly stageKey: string;
  readonly kind: DecisionKind;
  readonly by: UserId;
  readonly seat: UserId;
  readonly at: Milliseconds;
  readonly answers: readonly Answer[];
  readonly reasonCodes: readonly ReasonCode[];
  readonly conditions: readonly string[];
}

/** Whether `by` may fill that seat at all, whatever they would say; null: they may. */
export function refusalOfSeat(
  facts: ReviewFacts,
  delegations: readonly DelegationPeriod[],
  intention: Pick<Intention, 'by' | 'seat' | 'at'>,
): Refusal | null {
  const { state, current, stages } = standingOf(facts);
  if (state !== 'running' || current === null) return 'not-running';
  const stage = facts.template.stages[current];
  const standing = stages[current];
  if (stage === undefined || standing === undefined) return 'not-running';
  const { by, seat, at } = intention;
  const roster = rosterOf(facts, stage.key)?.users ?? [];
  if (!roster.includes(seat)) return 'not-assigned';
  if (by !== seat) {
    if (!delegations.some((delegation) => holds(delegation, seat, by, at))) return 'no-delegation';
    // With a place of their own they would speak twice, or leave their own empty for ever.
    if (roster.includes(by)) return 'own-seat';
  }
  const barred = barredIn(facts, current);
  for (const person of personsOf(intention)) {
    const reason = barred.get(person);
    if (reason !== undefined) return reason;
  }
  const taken = new Set(heardIn(facts, current).flatMap(personsOf));
  if (personsOf(intention).some((person) => taken.has(person))) return 'already-counted';
  return null;
}

/** Whether a delegation holds at that moment. It ends at its end, or earlier when it was ended. */
export function holds(delegation: DelegationPeriod, from: UserId, to: UserId, at: Milliseconds): boolean {
  return (
    delegation.from === from &&
    delegation.to === to &&
    delegation.begins <= at &&
    at < Math.min(delegation.ends, delegation.endedAt ?? delegation.ends)
  );
}

/** Why that decision can't be taken; null: it can. */
export function refusalOf(
  facts: ReviewFacts,
  delegations: readonly DelegationPeriod[],
  intention: Intention,
): Refusal | null {
  const { state, current } = standingOf(facts);
  if (state !== 'running' || current === null) return 'not-running';
  const version = currentVersion(facts);
  if (intention.versionId !== version.id || intention.hash !== version.hash) return 'stale';
  const stage = facts.template.stages[current];
  if (stage === undefined || stage.key !== intention.stageKey) return 'stage-not-open';
  if ((stage.kind === 'comment-only') !== (intention.kind === 'comment')) return 'wrong-kind';
  return refusalOfSeat(facts, delegations, intention) ?? refusalOfContent(facts, version, stage, intention);
}

function refusalOfContent(
  facts: ReviewFacts,
  version: SubmittedVersion,
  stage: TemplateStage,
  intention: Intention,
): Refusal | null {
  switch (intention.kind) {
    case 'return':
    case 'reject':
      return intention.reasonCodes.length === 0 ? 'reason-missing' : null;
    case 'abstain':
      return null;
    case 'approve-with-conditions':
      if (intention.conditions.length === 0) return 'conditions-missing';
      break;
    case 'approve':
    case 'comment':
      break;
  }
  const answers = new Map(intention.answers.map(({ key, answer }) => [key, answer.trim()]));
  for (const { key, required, accepted } of stage.questions) {
    const answer = answers.get(key) ?? '';
    if (required && answer === '') return 'answers-missing';
    if (isApproval(intention.kind) && accepted !== null && answer !== accepted) return 'answer-not-accepted';
  }
  if (isApproval(intention.kind)) {
    if (!version.checked) return 'not-checked';
    if (version.blocks.some(({ claimed }) => !claimed)) return 'block-findings';
    if (version.blocks.some(({ key }) => !isAccepted(facts, version, key, intention.by)))
      return 'exemptions-not-accepted';
  }
  return null;
}
