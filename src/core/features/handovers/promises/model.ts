/** What of the leaver's conversations may still be owed to a customer. */
export const promiseKinds = [
  /** Something will be done by a time. */
  'dated',
  /** A product falls due, or something will be done when it does. */
  'maturity',
  /** The customer will be called or answered. */
  'callback',
  /** A customer complained. */
  'complaint',
] as const;
export type PromiseKind = (typeof promiseKinds)[number];

/**
 * How it stands by the archive, before anybody has looked: `later`: due after the last day; `undated`: no day can be told;
 * `overdue`: due by the last day, and the leaver wrote nothing in that conversation from then on; `followed`: the leaver did
 * write, so it was probably kept.
 */
export const promiseStandings = ['later', 'overdue', 'undated', 'followed'] as const;
export type PromiseStanding = (typeof promiseStandings)[number];

/** `on`: then; `by`: then at the latest; `after`: not before then. */
export const dueBounds = ['on', 'by', 'after'] as const;
export type DueBound = (typeof dueBounds)[number];
