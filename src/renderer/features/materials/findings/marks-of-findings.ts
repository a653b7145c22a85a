import type { TFunction } from 'i18next';

import type { PrecheckFinding } from '../../../../core/features/reviews/precheck/model.ts';
import type { BodyMark } from '../body-editor/extensions.ts';

/** What a finding says, in the reader's language. */
export function sentenceOfFinding(t: TFunction<string>, finding: PrecheckFinding): string {
  const { field, reason } = finding.params;
  // A word that is written as it is listed is not named twice.
  const plain = finding.rule === 'lexicon' && finding.params['entry'] === finding.text;
  return t(plain ? 'precheck:listedAsWritten' : `precheck:rule.${finding.rule}`, {
    ...finding.params,
    // Names of ours, which readers know by their labels.
    ...(field === undefined ? {} : { field: t(`precheck:field.${field}`, { defaultValue: field }) }),
    ...(reason === undefined ? {} : { reason: t(`precheck:unread.${reason}`, { defaultValue: reason }) }),
    subject: finding.subject,
    text: finding.text,
    defaultValue: finding.subject,
  });
}

/** The marks over one part's text. */
export function marksOf(
  t: TFunction<string>,
  findings: readonly PrecheckFinding[],
  part: string,
  current: string | null,
): readonly BodyMark[] {
  return findings
    .filter((finding) => finding.part === part && finding.end > finding.start)
    .map((finding) => ({
      id: finding.key,
      start: finding.start,
      end: finding.end,
      kind: finding.level,
      label: sentenceOfFinding(t, finding),
      current: finding.key === current,
    }));
}

/** The first finding of each field, said in words: what the form shows below it. */
export function problemsByPart(
  t: TFunction<string>,
  findings: readonly PrecheckFinding[],
): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const finding of findings) {
    if (!problems.has(finding.part)) problems.set(finding.part, sentenceOfFinding(t, finding));
  }
  return problems;
}
