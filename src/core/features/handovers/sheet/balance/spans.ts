import type { Fact } from '../../../feeds/model.ts';

/**
 * When something happened, as far as a record says: a moment, or somewhere within a day. Two records of which one is not certainly
 * before the other may have come in either order.
 */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const dayLength = 86_400_000;

export const momentSpan = (at: number): Span => ({ from: at, to: at });

/** Of a fact that names only a day: any moment of that day. */
export function spanOf({ at, wholeDay }: Pick<Fact, 'at' | 'wholeDay'>): Span {
  return wholeDay ? { from: at, to: at + dayLength - 1 } : momentSpan(at);
}

/** The same of two facts only where both name the same day, or the same moment. */
export const momentKey = ({ at, wholeDay }: Pick<Fact, 'at' | 'wholeDay'>): string =>
  `${at}${wholeDay ? 'd' : ''}`;

export const isBefore = (one: Span, other: Span): boolean => one.to < other.from;

/** In order of their beginnings, then ends. */
export const compareSpans = (one: Span, other: Span): number => one.from - other.from || one.to - other.to;
