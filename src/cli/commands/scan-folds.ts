import { InvalidArgumentError } from 'commander';

import { foldOf } from '../../core/features/lexicons/files/index.ts';
import { type FoldName, foldNames, foldSets } from '../../core/features/screening/model.ts';

/** Folds that hold for every entry; `lexicon`: each as its lexicon says. */
export type Folds = readonly FoldName[] | 'lexicon';

/** Reads `--folds`. Throws InvalidArgumentError. */
export function parseFolds(value: string): Folds {
  if (value.trim().toLowerCase() === 'lexicon') return 'lexicon';
  const folds = new Set<FoldName>();
  // Sets and folds in any case; Chinese names may have Chinese commas between them.
  const names = value.split(/[,，、]/u).map((part) => part.trim().toLowerCase());
  const sets = names.filter((name) => name === 'lexicon' || Object.hasOwn(foldSets, name));
  // `standard,split` adds to a set; anything else beside a set's name says two things at once.
  const alone = sets.length > 1 ? sets[0] : sets.find((name) => name !== 'standard');
  if (names.length > 1 && alone !== undefined) {
    throw new InvalidArgumentError(
      `"${alone}" can't be combined with ${names.filter((_, index) => index !== names.indexOf(alone)).join(', ')}. ` +
        'Name one of none, standard, all, lexicon; only standard may be followed by further folds by name.',
    );
  }
  for (const name of names) {
    const set = Object.entries(foldSets).find(([known]) => known === name)?.[1];
    const fold = foldOf(name);
    if (set === undefined && fold === null) {
      throw new InvalidArgumentError(
        `There is no fold "${name}". Name none, standard, all, lexicon, or some of ${foldNames.join(', ')}.`,
      );
    }
    for (const each of set ?? (fold === null ? [] : [fold])) folds.add(each);
  }
  return foldNames.filter((name) => folds.has(name));
}
