/** From harmless to grave; the position is the rank that hits are sorted by. */
export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** 0 for `info` up to 4 for `critical`. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Longest term, in UTF-16 code units: a sentence, not a paragraph. */
export const maxTermLength = 200;
/** Most terms in one lexicon. */
export const maxTerms = 200_000;
