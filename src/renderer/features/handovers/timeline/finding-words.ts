import type { Language } from '../../../../core/contract/language.ts';
import { findingSentence, findingTitle } from '../../../../core/features/handovers/timeline/model.ts';

interface Finding {
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A finding in words. */
export function findingWords(
  finding: Finding,
  language: Language,
): { readonly title: string; readonly sentence: string } {
  return { title: findingTitle(finding.kind, language), sentence: findingSentence(finding, language) };
}
