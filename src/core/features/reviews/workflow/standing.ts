import type {
  ContentHash,
  DecisionId,
  MaterialVersionId,
  Milliseconds,
  UserId,
} from '../../../contract/ids.ts';
import type { TemplateContent, TemplateStage } from '../templates/contract.ts';
import { neededOf } from '../templates/model.ts';
import { type Blocker, type DecisionKind, type Refusal, type ReviewState, blockers } from './vocabulary.ts';

// The rules of a review, over facts alone: what was submitted, who was asked, what they said. Nothing here knows a database or
// a clock. Whoever changes a review works out its standing again from all of its facts, in the transaction of the change.

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

export const isApproval = (kind: DecisionKind) => kind === 'approve' || kind === 'approve-with-conditions';
/** What counts towards the stage's number. */
export const counts = (stage: TemplateStage, kind: DecisionKind) =>
  stage.kind === 'comment-only' ? kind === 'comment' : isApproval(kind);

/** Everybody whose judgement a decision stands for: who said it, and whose place it fills. */
export const personsOf = ({ by, seat }: Pick<ReviewDecision, 'by' | 'seat'>): readonly UserId[] =>
  by === seat ? [by] : [by, seat];

/** Whoever had a hand in the version: they judge it nowhere, neither themselves nor for or by somebody else. */
export function authorsOf(
  facts: Pick<ReviewFacts, 'preparer'>,
  version: SubmittedVersion,
): ReadonlySet<UserId> {
  return new Set([facts.preparer, version.submittedBy, ...version.editors]);
}

/** What a stage goes by. */
interface Hearing {
  /** Who can't decide in it, and why. */
  readonly barred: ReadonlyMap<UserId, Refusal>;
  readonly heard: readonly ReviewDecision[];
}

/** What the first stages go by, up to that one, each worked out once: a later one asks who approved in those before it. */
function hearingsUpTo(facts: ReviewFacts, index: number): readonly Hearing[] {
  const hearings: Hearing[] = [];
  const approved = new Set<UserId>();
  for (const stage of facts.template.stages.slice(0, index + 1)) {
    const barred = barringOf(facts, stage.distinct ? approved : new Set());
    const heard = hear(facts, stage.key, barred);
    for (const decision of heard)
      if (isApproval(decision.kind)) for (const person of personsOf(decision)) approved.add(person);
    hearings.push({ barred, heard });
  }
  return hearings;
}

function barringOf(facts: ReviewFacts, approvedBefore: ReadonlySet<UserId>): ReadonlyMap<UserId, Refusal> {
  const version = currentVersion(facts);
  const barred = new Map<UserId, Refusal>();
  for (const user of approvedBefore) barred.set(user, 'counted-in-earlier-stage');
  for (const user of version.editors) barred.set(user, 'edited-this-version');
  for (const user of [facts.preparer, version.submittedBy]) barred.set(user, 'preparer');
  return barred;
}

function hear(
  facts: ReviewFacts,
  stageKey: string,
  barred: ReadonlyMap<UserId, Refusal>,
): readonly ReviewDecision[] {
  const { id, hash } = currentVersion(facts);
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

/**
 * The decisions that a stage goes by: about the version under review under its hash (those about others are stale), of people who were
 * not barred, and of each person the first. Nothing else is ever stored; a row that got in past `refusalOf` still approves nothing.
 */
export function heardIn(facts: ReviewFacts, index: number): readonly ReviewDecision[] {
  return hearingsUpTo(facts, index)[index]?.heard ?? [];
}

/** Who can't decide in that stage, and why. Approvers of earlier stages only where the stage demands other people. */
export function barredIn(facts: ReviewFacts, index: number): ReadonlyMap<UserId, Refusal> {
  return hearingsUpTo(facts, index)[index]?.barred ?? barringOf(facts, new Set());
}

export function rosterOf(facts: ReviewFacts, stageKey: string): Roster | undefined {
  const { id } = currentVersion(facts);
  return facts.rosters.find((roster) => roster.versionId === id && roster.stageKey === stageKey);
}

function stageStanding(
  facts: ReviewFacts,
  stage: TemplateStage,
  { barred, heard: decisions }: Hearing,
  reached: boolean,
): StageStanding {
  const roster = rosterOf(facts, stage.key);
  if (!reached || roster === undefined) {
    // Reached, but not opened: whoever changes the review opens it at once, and looks again.
    return { key: stage.key, state: reached ? 'open' : 'waiting', needed: 0, given: 0, seats: [] };
  }
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
  const hearings = hearingsUpTo(facts, facts.template.stages.length - 1);
  for (const [index, hearing] of hearings.entries()) {
    const asked = facts.template.stages[index];
    if (asked === undefined) throw new Error('no such stage');
    const stage = stageStanding(facts, asked, hearing, reached);
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
function blockersOf(facts: ReviewFacts): readonly Blocker[] {
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

export function isAccepted(facts: ReviewFacts, version: SubmittedVersion, key: string, by?: UserId): boolean {
  const authors = authorsOf(facts, version);
  return facts.acceptedExemptions.some(
    (accepted) =>
      accepted.versionId === version.id &&
      accepted.findingKey === key &&
      !authors.has(accepted.by) &&
      (by === undefined || accepted.by === by),
  );
}
