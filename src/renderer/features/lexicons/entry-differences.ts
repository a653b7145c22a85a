import type { EntryOptions } from '../../../core/features/screening/rules/model.ts';
import type { Term } from './term-pages.ts';

type Written = Omit<Term, 'id' | 'key' | 'revision'>;

/** The parts of an entry, by the keys of their names on the screen. */
const parts = {
  'lexicons:term.text': (term) => term.text.trim(),
  'rules:kindLabel': ({ options }) => options.rule,
  'lexicons:term.category': (term) => term.category,
  'lexicons:term.severity': (term) => term.severity,
  'lexicons:term.basis': (term) => term.basis,
  'lexicons:term.note': (term) => term.note,
  'lexicons:term.enabled': (term) => term.enabled,
  'rules:section.spelling': ({ options }) => spellingOf(options),
  'rules:section.scope': ({ options }) => options.scope,
  'rules:section.exemptions': ({ options }) => options.notWhen,
  'rules:section.examples': ({ options }) => options.examples,
  'rules:section.suggestion': ({ options }) => options.suggestion,
} as const satisfies Readonly<Record<string, (term: Written) => unknown>>;

export type EntryPart = keyof typeof parts;

function spellingOf({ foldsOn, foldsOff, wholeWord, fillers, acrossSentences, initials }: EntryOptions) {
  return [foldsOn.toSorted(), foldsOff.toSorted(), wholeWord, fillers, acrossSentences, initials];
}

/** In which parts two states of an entry differ, in the order of the form. */
export function entryDifferences(one: Written, other: Written): readonly EntryPart[] {
  const names = Object.keys(parts).filter((name): name is EntryPart => Object.hasOwn(parts, name));
  return names.filter((name) => JSON.stringify(parts[name](one)) !== JSON.stringify(parts[name](other)));
}
