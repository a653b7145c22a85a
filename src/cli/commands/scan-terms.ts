import { basename } from 'node:path';

import { InvalidArgumentError } from 'commander';

import { AppError } from '../../core/contract/errors.ts';
import { type TermInput } from '../../core/features/lexicons/contract.ts';
import { readLexiconFile, readStarterPacks } from '../../core/features/lexicons/index.ts';
import type { Severity } from '../../core/features/lexicons/model.ts';
import {
  type FoldName,
  type ScreenerEntry,
  checkEntries,
  foldNames,
  foldSets,
} from '../../core/features/screening/index.ts';
import { LexiconSettings } from '../../core/features/screening/rules/model.ts';
import { resourcesDirectory } from '../environment.ts';
import { readLexiconBytes } from '../lexicon-bytes.ts';
import { describeProblem, describeWarning } from '../lexicon-sentences.ts';
import type { Terminal } from '../output.ts';

/** What is printed of an entry with its hits. */
export interface ScanTerm {
  readonly text: string;
  readonly category: string;
  readonly severity: Severity;
  /** The kind of a rule; null for a word or phrase. */
  readonly rule: string | null;
}

export interface ScanTerms {
  readonly terms: readonly ScanTerm[];
  readonly entries: readonly ScreenerEntry[];
}

/** Folds that hold for every entry; `lexicon`: each as its lexicon says. */
export type Folds = readonly FoldName[] | 'lexicon';

/** Reads `--folds`. Throws InvalidArgumentError. */
export function parseFolds(value: string): Folds {
  if (value === 'lexicon') return value;
  const folds = new Set<FoldName>();
  const names = value.split(',').map((part) => part.trim());
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
    const fold = foldNames.find((known) => known === name);
    if (set === undefined && fold === undefined) {
      throw new InvalidArgumentError(
        `There is no fold "${name}". Name none, standard, all, lexicon, or some of ${foldNames.join(', ')}.`,
      );
    }
    for (const each of set ?? (fold === undefined ? [] : [fold])) folds.add(each);
  }
  return foldNames.filter((name) => folds.has(name));
}

/** Reads the lexicons, or the starter packs where none is named. What is odd about them goes to stderr. */
export async function loadTerms(terminal: Terminal, files: readonly string[]): Promise<ScanTerms> {
  const all = createTerms();
  if (files.length === 0) {
    for (const pack of await readStarterPacks(resourcesDirectory())) all.add(pack.id, pack.terms, null);
  }
  for (const file of files) {
    const { terms, settings, warnings } = readLexiconFile(await readLexiconBytes(file), basename(file));
    for (const warning of warnings) {
      terminal.stderr.write(
        `${file}${warning.line === null ? '' : `:${warning.line}`}: ${describeWarning(warning)}\n`,
      );
    }
    all.add(file, terms, settings);
  }
  return all;
}

function createTerms() {
  const terms: ScanTerm[] = [];
  const entries: ScreenerEntry[] = [];
  return {
    terms,
    entries,
    add(name: string, read: readonly TermInput[], stated: LexiconSettings | null): void {
      const settings = stated ?? LexiconSettings.parse({});
      const enabled = read.filter((term) => term.enabled);
      refuseProblems(name, enabled, settings);
      for (const { text, category, severity, options } of enabled) {
        terms.push({ text, category, severity, rule: options.rule?.kind ?? null });
        entries.push({ text, options, settings });
      }
    },
  };
}

/** Most problems that one message names. */
const named = 5;

/** A rule that can never match would look like a lexicon that finds nothing. */
function refuseProblems(name: string, terms: readonly TermInput[], settings: LexiconSettings): void {
  const problems = checkEntries(terms, settings);
  if (problems.length === 0) return;
  const list = problems.slice(0, named).map(describeProblem);
  const more = problems.length > named ? ` and ${problems.length - named} more` : '';
  throw new AppError('lexicon-invalid', `${name}: some rules can't be used: ${list.join('; ')}${more}.`, {
    file: name,
  });
}
