import type { Language } from '../../../../core/contract/language.ts';
import { procedureSentence, procedureTitle } from '../../../../core/features/handovers/sheet/model.ts';
import { findingSentence, findingTitle } from '../../../../core/features/handovers/timeline/model.ts';
import { nameOf } from '../names.ts';

interface Finding {
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A finding in words: a sign of the timeline, or a rule of procedure that was broken, with the names of those whom it is about. */
export function findingWords(
  { kind, values }: Finding,
  language: Language,
  names: Readonly<Record<string, string>> = {},
): { readonly title: string; readonly sentence: string } {
  const sentence = findingSentence({ kind, values }, language);
  return sentence === ''
    ? {
        title: procedureTitle(kind, language),
        sentence: procedureSentence({ kind, values: namedValues(values, names) }, language),
      }
    : { title: findingTitle(kind, language), sentence };
}

/** The values with people's names in place of their ids. */
function namedValues(values: Finding['values'], names: Readonly<Record<string, string>>): Finding['values'] {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      (key === 'employee' || key === 'customer') && typeof value === 'string' ? nameOf(names, value) : value,
    ]),
  );
}
