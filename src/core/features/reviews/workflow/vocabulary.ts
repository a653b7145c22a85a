// The words of reviews, as they are stored, shown and translated.

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

/** Why a review whose stages are done is not approved yet. */
export const blockers = [
  'open-conditions',
  'must-fix',
  'not-checked',
  'block-findings',
  'exemptions-not-accepted',
] as const;
export type Blocker = (typeof blockers)[number];

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
