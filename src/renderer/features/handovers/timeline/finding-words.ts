import {
  type SignLanguage,
  findingSentence,
  findingTitle,
} from '../../../../core/features/handovers/timeline/model.ts';

interface Finding {
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A finding in words. */
export function findingWords(
  finding: Finding,
  language: SignLanguage,
): { readonly title: string; readonly sentence: string } {
  return { title: findingTitle(finding.kind, language), sentence: findingSentence(finding, language) };
}
