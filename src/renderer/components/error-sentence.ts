import type { TFunction } from 'i18next';

import { handoverProblems } from '../../core/features/handovers/record/model.ts';
import { signingRefusals } from '../../core/features/handovers/signing/model.ts';
import { lexiconProblems } from '../../core/features/lexicons/model.ts';
import { refusals } from '../../core/features/reviews/workflow/model.ts';
import { toApiError } from '../api/client.ts';
import { withVisibleMarks } from './invisible.ts';

/** One error's sentences in the reader's language: what happened, where, and what to do next. */
export function errorSentence(t: TFunction<string>, thrown: unknown): string {
  const { code, details, message } = toApiError(thrown);
  if (code === 'password-too-weak' && isSamePassword(details)) return t('errors:passwordSame');
  const refusal = refusals.find((name) => name === details['reason']);
  if (code === 'decision-refused' && refusal !== undefined) return t(`reviews:refusal.${refusal}`);
  const refused = signingRefusals.find((name) => name === details['reason']);
  if (code === 'handover-refused' && refused !== undefined) return t(`handovers:refusal.${refused}`);
  if (code === 'bad-input' && details['problem'] === 'unknown-entry')
    return t('errors:unknownEntry', details);
  const inHandover = handoverProblems.find((name) => name === details['problem']);
  if (code === 'bad-input' && inHandover !== undefined) return t(`handovers:problem.${inHandover}`);
  const { seconds } = details;
  if (code === 'throttled' && typeof seconds === 'number') {
    // Above two minutes nobody counts seconds.
    return seconds > 120
      ? t('errors:throttledMinutes', { count: Math.ceil(seconds / 60) })
      : t('errors:throttledSeconds', { count: Math.ceil(seconds) });
  }
  const sentence = t(`errors:${code}`, { ...details, defaultValue: message });
  const problem = lexiconProblems.find((name) => name === details['problem']);
  if (code !== 'lexicon-invalid' || problem === undefined) return sentence;
  const found = t(`errors:lexiconProblem.${problem}`, details);
  const line = details['line'];
  const place =
    typeof line === 'number' ? t('errors:lexiconProblem.inLine', { line, problem: found }) : found;
  const { file } = details;
  return `${typeof file === 'string' ? `${withVisibleMarks(file)}: ` : ''}${place} ${sentence}`;
}

/** The one problem of a password that its own characters don't show. */
function isSamePassword({ reason, missing }: Readonly<Record<string, unknown>>): boolean {
  return reason === 'same-as-current' || missing === 'same-as-before';
}
