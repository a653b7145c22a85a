import type { UserId } from '../../../contract/ids.ts';
import type { ChangeKind } from '../diff/model.ts';
import type { TemplateStage } from '../templates/contract.ts';
import { copyConditions } from '../templates/model.ts';
import {
  type ReviewDecision,
  type ReviewFacts,
  authorsOf,
  barredIn,
  counts,
  currentVersion,
  personsOf,
  rosterOf,
  standingOf,
} from './standing.ts';

/** Whether a template's condition lets decisions be taken over where this much changed. */
export function allowsCopy(condition: TemplateStage['copyCondition'], change: ChangeKind): boolean {
  switch (change) {
    case 'identical':
      return condition !== 'never';
    case 'text':
      return false;
    case 'whitespace-only':
    case 'punctuation-width':
    case 'formatting-only':
      return copyConditions.indexOf(condition) >= copyConditions.indexOf(change);
  }
}

/**
 * The approvals of the version before that hold for the newest one too, in one stage: those whose stage allows it, of people who had no hand in the
 * newest version. Never in the last stage: an approval needs somebody who read these very words. Blocking findings end it too, since
 * each needs its exemption accepted anew. Nor is an approval with conditions taken over: that the new version meets them is said by its
 * submitter, and seen by whoever set them.
 */
export function copiesInto(
  facts: ReviewFacts,
  stageKey: string,
  change: ChangeKind,
): readonly ReviewDecision[] {
  const index = facts.template.stages.findIndex(({ key }) => key === stageKey);
  const stage = facts.template.stages[index];
  const version = currentVersion(facts);
  const before = facts.versions.at(-2);
  if (stage === undefined || before === undefined || index === facts.template.stages.length - 1) return [];
  if (!allowsCopy(stage.copyCondition, change) || !version.checked || version.blocks.length > 0) return [];
  const barred = barredIn(facts, index);
  const roster = rosterOf(facts, stageKey)?.users ?? [];
  return facts.decisions.filter(
    (decision) =>
      decision.versionId === before.id &&
      decision.hash === before.hash &&
      decision.stageKey === stageKey &&
      counts(stage, decision.kind) &&
      decision.kind !== 'approve-with-conditions' &&
      roster.includes(decision.seat) &&
      !personsOf(decision).some((person) => barred.has(person)),
  );
}

/** Who may take a decision's condition as met: anybody but those who wrote the version, who would judge their own work. */
export function mayTickCondition(facts: ReviewFacts, user: UserId): boolean {
  return !authorsOf(facts, currentVersion(facts)).has(user);
}

/**
 * Whether a roster may be put in place of the current one: it has to leave somebody to decide, so that nobody completes a
 * stage by taking away those who have not answered.
 */
export function mayReassign(facts: ReviewFacts, users: readonly UserId[]): boolean {
  const { current } = standingOf(facts);
  const stage = current === null ? undefined : facts.template.stages[current];
  if (stage === undefined) return false;
  const { id } = currentVersion(facts);
  const rosters = facts.rosters.map((roster) =>
    roster.versionId === id && roster.stageKey === stage.key ? { ...roster, users } : roster,
  );
  const then = standingOf({ ...facts, rosters });
  return then.current === current && (then.stages[current ?? 0]?.seats.length ?? 0) > 0;
}
