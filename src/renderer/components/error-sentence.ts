import type { TFunction } from 'i18next';

import { lexiconProblems } from '../../core/features/lexicons/model.ts';
import { toApiError } from '../api/client.ts';

/** One error's sentences in the reader's language: what happened, where, and what to do next. */
export function errorSentence(t: TFunction<string>, thrown: unknown): string {
  const { code, details, message } = toApiError(thrown);
  const sentence = t(`errors:${code}`, { ...details, defaultValue: message });
  const problem = lexiconProblems.find((name) => name === details['problem']);
  if (code !== 'lexicon-invalid' || problem === undefined) return sentence;
  const found = t(`errors:lexiconProblem.${problem}`, details);
  const line = details['line'];
  const place =
    typeof line === 'number' ? t('errors:lexiconProblem.inLine', { line, problem: found }) : found;
  return `${place} ${sentence}`;
}
