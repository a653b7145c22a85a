// The rules of a review: who may decide what, and where it stands. Pure, over facts alone.
export { allowsCopy, copiesInto, mayReassign, mayTickCondition } from './change-rules.ts';
export { type Answer, type Intention, holds, refusalOf, refusalOfSeat } from './refusal.ts';
export {
  type DelegationPeriod,
  type ReviewDecision,
  type ReviewFacts,
  type StageStanding,
  type Standing,
  type SubmittedVersion,
  authorsOf,
  currentVersion,
  standingOf,
} from './standing.ts';
export * from './vocabulary.ts';
