/** Where a hit stands. Only an explicit decision moves it out of `open`. */
export const hitStates = ['open', 'confirmed', 'dismissed', 'escalated'] as const;
export type HitState = (typeof hitStates)[number];

/** What a reviewer can say of a hit; `reopened` takes an earlier decision back. */
export const decisions = ['confirmed', 'dismissed', 'escalated', 'reopened'] as const;
export type Decision = (typeof decisions)[number];

/** Why a hit was dismissed or confirmed; optional, but an auditor will ask. */
export const reasonCodes = [
  'violation',
  'customer-words',
  'quotation',
  'negated',
  'approved-wording',
  'ordinary-meaning',
  'already-handled',
  'other',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** The state that a decision leads to. */
export function stateAfter(decision: Decision): HitState {
  return decision === 'reopened' ? 'open' : decision;
}
