import type {
  ContentHash,
  DecisionId,
  MaterialVersionId,
  Milliseconds,
  UserId,
} from '../../../contract/ids.ts';
import type { ChangeKind } from '../diff/model.ts';
import type { TemplateContent, TemplateStage } from '../templates/contract.ts';
import { copyConditions, neededOf } from '../templates/model.ts';

// The rules of a review, over facts alone: what was submitted, who was asked, what they said. Nothing here knows a database or
// a clock. Whoever changes a review works out its standing again from all of its facts, in the transaction of the change.

export const reviewStates = ['running', 'returned', 'awaiting', 'approved', 'rejected', 'cancelled'] as const;
export type ReviewState = (typeof reviewStates)[number];

export const decisionKinds = [
  'approve',
  'approve-with-conditions',
  'return',
  'reject',
  'abstain',
  'comment',
] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** Why something was returned or rejected. */
export const reasonCodes = [
  'wording',
  'disclosure',
  'facts',
  'evidence',
  'link',
  'audience',
  'layout',
  'brand',
  'out-of-scope',
  'other',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export interface Answer {
  readonly key: string;
  readonly answer: string;
}

/** What one person said, about one version, in one stage. */
export interface ReviewDecision {
  readonly id: DecisionId;
  readonly versionId: MaterialVersionId;
  readonly hash: ContentHash;
  readonly stageKey: string;
  readonly kind: DecisionKind;
  /** Who said it. */
  readonly by: UserId;
  /** Whose place it fills: the same person, or the one who was absent. */
  readonly seat: UserId;
  /** The decision on the version before that this one takes over. */
  readonly copiedFrom: DecisionId | null;
}

export interface SubmittedVersion {
  readonly id: MaterialVersionId;
  readonly hash: ContentHash;
  readonly submittedBy: UserId;
  /**
   * Everybody who saved into it or into a version before it, whose words it may still have. For ever: also those who no longer
   * edit.
   */
  readonly editors: readonly UserId[];
  /** Whether its pre-check is done: what it would find is not known before. */
  readonly checked: boolean;
  /** Findings that block, and whether an exemption is claimed for them. */
  readonly blocks: readonly { readonly key: string; readonly claimed: boolean }[];
}

export interface Roster {
  readonly versionId: MaterialVersionId;
  readonly stageKey: string;
  readonly users: readonly UserId[];
  /** A comment stage whose time is over. */
  readonly lapsed: boolean;
}

export interface AcceptedExemption {
  readonly versionId: MaterialVersionId;
  readonly findingKey: string;
  readonly by: UserId;
}

export interface DelegationPeriod {
  readonly from: UserId;
  readonly to: UserId;
  readonly begins: Milliseconds;
  readonly ends: Milliseconds;
  readonly endedAt: Milliseconds | null;
}

/** All that a review's standing follows from. */
export interface ReviewFacts {
  readonly template: Pick<TemplateContent, 'stages'>;
  /** Whoever began the material. */
  readonly preparer: UserId;
  /** In the order of submission; the last one is under review. Not empty. */
  readonly versions: readonly SubmittedVersion[];
  /** Who is asked, for each stage that was opened. */
  readonly rosters: readonly Roster[];
  /** In the order in which they were made. */
  readonly decisions: readonly ReviewDecision[];
  readonly acceptedExemptions: readonly AcceptedExemption[];
  readonly openConditions: number;
  readonly openMustFix: number;
  readonly cancelled: boolean;
}

export interface StageStanding {
  readonly key: string;
  /** `waiting`: its turn has not come; `stuck`: those who are left can't complete it any more. */
  readonly state: 'waiting' | 'open' | 'stuck' | 'done' | 'returned' | 'rejected';
  /** How many must approve (in a comment stage: answer), and how many did. */
  readonly needed: number;
  readonly given: number;
  /** Who is asked and may still answer. */
  readonly seats: readonly UserId[];
}

/** Why a review whose stages are done is not approved yet. */
export const blockers = [
  'open-conditions',
  'must-fix',
  'not-checked',
  'block-findings',
  'exemptions-not-accepted',
] as const;
export type Blocker = (typeof blockers)[number];

export interface Standing {
  readonly state: ReviewState;
  readonly stages: readonly StageStanding[];
  /** The stage that is open, by its place in the template; null where none is. */
  readonly current: number | null;
  readonly blockers: readonly Blocker[];
}

/** The version that is under review. */
export function currentVersion(facts: ReviewFacts): SubmittedVersion {
  const version = facts.versions.at(-1);
  if (version === undefined) throw new Error('a review has at least one version');
  return version;
}

const isApproval = (kind: DecisionKind) => kind === 'approve' || kind === 'approve-with-conditions';
/** What counts towards the stage's number. */
const counts = (stage: TemplateStage, kind: DecisionKind) =>
  stage.kind === 'comment-only' ? kind === 'comment' : isApproval(kind);

/** Everybody whose judgement a decision stands for: who said it, and whose place it fills. */
const personsOf = ({ by, seat }: Pick<ReviewDecision, 'by' | 'seat'>): readonly UserId[] =>
  by === seat ? [by] : [by, seat];

/** Whoever had a hand in the version: they judge it nowhere, neither themselves nor for or by somebody else. */
export function authorsOf(
  facts: Pick<ReviewFacts, 'preparer'>,
  version: SubmittedVersion,
): ReadonlySet<UserId> {
  return new Set([facts.preparer, version.submittedBy, ...version.editors]);
}

/**
 * The decisions that a stage goes by: about the version under review under its hash (those about others are stale), of people who were not barred, and of each person
 * the first. Nothing else is ever stored; a row that got in past `refusalOf` still approves nothing.
 */
function heardIn(facts: ReviewFacts, index: number): readonly ReviewDecision[] {
  const { id, hash } = currentVersion(facts);
  const stageKey = facts.template.stages[index]?.key;
  const barred = barredIn(facts, index);
  const taken = new Set<UserId>();
  const heard: ReviewDecision[] = [];
  for (const decision of facts.decisions) {
    if (decision.versionId !== id || decision.hash !== hash || decision.stageKey !== stageKey) continue;
    const persons = personsOf(decision);
    if (persons.some((person) => barred.has(person) || taken.has(person))) continue;
    for (const person of persons) taken.add(person);
    heard.push(decision);
  }
  return heard;
}

/** Everybody who approved in a stage before this one. */
function approvedBefore(facts: ReviewFacts, index: number): ReadonlySet<UserId> {
  return new Set(
    facts.template.stages.slice(0, index).flatMap((_stage, earlier) =>
      heardIn(facts, earlier)
        .filter(({ kind }) => isApproval(kind))
        .flatMap(personsOf),
    ),
  );
}

/** Who can't decide in that stage, and why. Approvers of earlier stages only where the stage demands other people. */
function barredIn(facts: ReviewFacts, index: number): ReadonlyMap<UserId, Refusal> {
  const version = currentVersion(facts);
  const barred = new Map<UserId, Refusal>();
  if (facts.template.stages[index]?.distinct === true) {
    for (const user of approvedBefore(facts, index)) barred.set(user, 'counted-in-earlier-stage');
  }
  for (const user of version.editors) barred.set(user, 'edited-this-version');
  for (const user of [facts.preparer, version.submittedBy]) barred.set(user, 'preparer');
  return barred;
}

function rosterOf(facts: ReviewFacts, stageKey: string): Roster | undefined {
  const { id } = currentVersion(facts);
  return facts.rosters.find((roster) => roster.versionId === id && roster.stageKey === stageKey);
}

function stageStanding(facts: ReviewFacts, index: number, reached: boolean): StageStanding {
  const stage = facts.template.stages[index];
  if (stage === undefined) throw new Error('no such stage');
  const roster = rosterOf(facts, stage.key);
  if (!reached || roster === undefined) {
    // Reached, but not opened: whoever changes the review opens it at once, and looks again.
    return { key: stage.key, state: reached ? 'open' : 'waiting', needed: 0, given: 0, seats: [] };
  }
  const decisions = heardIn(facts, index);
  const barred = barredIn(facts, index);
  const asked = roster.users.filter((user) => !barred.has(user));
  const taken = new Set(decisions.flatMap(personsOf));
  const seats = asked.filter((user) => !taken.has(user));
  // Of everybody who is asked, those who abstained are not waited for. A seat that its delegate filled is filled.
  const abstained = new Set(decisions.filter(({ kind }) => kind === 'abstain').map(({ seat }) => seat));
  const needed = Math.max(1, neededOf(stage, asked.filter((user) => !abstained.has(user)).length));
  const given = decisions.filter(({ kind, seat }) => counts(stage, kind) && asked.includes(seat)).length;
  const state = ((): StageStanding['state'] => {
    if (decisions.some(({ kind }) => kind === 'reject')) return 'rejected';
    if (decisions.some(({ kind }) => kind === 'return')) return 'returned';
    if (given >= needed) return 'done';
    if (stage.kind === 'comment-only' && roster.lapsed) return 'done';
    return given + seats.length < needed ? 'stuck' : 'open';
  })();
  return { key: stage.key, state, needed, given, seats: state === 'open' || state === 'stuck' ? seats : [] };
}

/** Where a review stands. The one place that says whether it is approved. */
export function standingOf(facts: ReviewFacts): Standing {
  const stages: StageStanding[] = [];
  let reached = true;
  for (let index = 0; index < facts.template.stages.length; index += 1) {
    const stage = stageStanding(facts, index, reached);
    stages.push(stage);
    if (stage.state !== 'done') reached = false;
  }
  if (facts.cancelled) return { state: 'cancelled', stages, current: null, blockers: [] };
  const current = stages.findIndex(({ state }) => state !== 'done');
  const open = stages[current];
  if (open !== undefined) {
    if (open.state === 'rejected' || open.state === 'returned')
      return { state: open.state, stages, current: null, blockers: [] };
    return { state: 'running', stages, current, blockers: blockersOf(facts) };
  }
  const left = blockersOf(facts);
  return { state: left.length === 0 ? 'approved' : 'awaiting', stages, current: null, blockers: left };
}

/** What stands between the version and its approval, besides stages. */
export function blockersOf(facts: ReviewFacts): readonly Blocker[] {
  const version = currentVersion(facts);
  const found = new Set<Blocker>();
  if (facts.openConditions > 0) found.add('open-conditions');
  if (facts.openMustFix > 0) found.add('must-fix');
  if (!version.checked) found.add('not-checked');
  for (const { key, claimed } of version.blocks) {
    if (!claimed) found.add('block-findings');
    else if (!isAccepted(facts, version, key)) found.add('exemptions-not-accepted');
  }
  return blockers.filter((blocker) => found.has(blocker));
}

function isAccepted(facts: ReviewFacts, version: SubmittedVersion, key: string, by?: UserId): boolean {
  const authors = authorsOf(facts, version);
  return facts.acceptedExemptions.some(
    (accepted) =>
      accepted.versionId === version.id &&
      accepted.findingKey === key &&
      !authors.has(accepted.by) &&
      (by === undefined || accepted.by === by),
  );
}

/** Why somebody may not take a decision; a key below `reviews.refusal.` in the i18n files. */
export const refusals = [
  'not-running',
  'stale',
  'stage-not-open',
  'wrong-kind',
  'not-assigned',
  'no-delegation',
  'own-seat',
  'preparer',
  'edited-this-version',
  'counted-in-earlier-stage',
  'already-counted',
  'not-checked',
  'block-findings',
  'exemptions-not-accepted',
  'answers-missing',
  'answer-not-accepted',
  'conditions-missing',
  'reason-missing',
] as const;
export type Refusal = (typeof refusals)[number];

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
 * each needs its exemption accepted anew.
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

/** What people are told; keys below `reviews.notice.` in the i18n files. */
export const noticeKinds = [
  'assigned',
  'reminder',
  'overdue',
  'escalated',
  'stage-lapsed',
  'returned',
  'rejected',
  'approved',
  'awaiting',
  'stuck',
  'approval-expiring',
  'approval-expired',
  'approval-withdrawn',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
