/** Why a handover is suggested, the strongest reason first. */
export const suggestionReasons = [
  /** A departure list names the employee. */
  'departure',
  /** get_unassigned_list names the employee as the one whose customers wait. */
  'unassigned',
  /** A group that the employee owns has status 1: the owner has left. */
  'ownerless-groups',
  /** A roster names the employee, and a later one doesn't. */
  'left-roster',
] as const;
export type SuggestionReason = (typeof suggestionReasons)[number];

/** How long a handover has been open. */
export const agings = ['week', 'month', 'quarter', 'longer'] as const;
export type Aging = (typeof agings)[number];

/** A week, a month and a quarter in days: up to 7, 30 and 90. */
export function agingOf(daysOpen: number): Aging {
  if (daysOpen <= 7) return 'week';
  if (daysOpen <= 30) return 'month';
  return daysOpen <= 90 ? 'quarter' : 'longer';
}

/** What can be wrong with who is named where: the `problem` of a `bad-input`, for which the screens have a sentence (`handovers.problem`). */
export const handoverProblems = [
  'taker-is-leaver',
  'taker-twice',
  'account-twice',
  'supervisor-is-leaver',
  'supervisor-is-taker',
  'not-a-taker',
  'not-in-sheet',
] as const;
export type HandoverProblem = (typeof handoverProblems)[number];
