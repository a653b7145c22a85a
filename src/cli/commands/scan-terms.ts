import { basename } from 'node:path';

import { AppError } from '../../core/contract/errors.ts';
import { type TermInput } from '../../core/features/lexicons/contract.ts';
import { readLexiconFile, readStarterPacks } from '../../core/features/lexicons/files/index.ts';
import { type Severity, severityRank } from '../../core/features/lexicons/model.ts';
import { type ScreenerEntry, checkEntries } from '../../core/features/screening/index.ts';
import { LexiconSettings } from '../../core/features/screening/rules/model.ts';
import { resourcesDirectory } from '../environment.ts';
import { readLexiconBytes } from '../lexicon-bytes.ts';
import { describeFileWarning, describeProblem } from '../lexicon-sentences.ts';
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
  /** Throws AppError where some can't be used. Apart from reading them: the threads are told first, and get ready meanwhile. */
  check(): void;
}

/** Reads the lexicons, or the starter packs where none is named. What is odd about them goes to stderr. */
export async function loadTerms(terminal: Terminal, files: readonly string[]): Promise<ScanTerms> {
  const all = createTerms();
  if (files.length === 0) {
    for (const pack of await readStarterPacks(resourcesDirectory())) all.add(pack.id, pack.terms, null);
  }
  for (const file of files) {
    const { terms, settings, warnings } = readLexiconFile(await readLexiconBytes(file), basename(file));
    for (const warning of warnings) terminal.stderr.write(`${describeFileWarning(file, warning)}\n`);
    all.add(file, terms, settings);
  }
  return all;
}

function createTerms() {
  const terms: ScanTerm[] = [];
  const entries: ScreenerEntry[] = [];
  const checks: (() => void)[] = [];
  return {
    terms,
    entries,
    check: () => {
      for (const check of checks) check();
    },
    add(name: string, read: readonly TermInput[], stated: LexiconSettings | null): void {
      const settings = stated ?? LexiconSettings.parse({});
      const enabled = read.filter((term) => term.enabled);
      checks.push(() => refuseProblems(name, enabled, settings));
      for (const { text, category, severity, options } of enabled) {
        terms.push({ text, category, severity, rule: options.rule?.kind ?? null });
        entries.push({ text, options, settings, gravity: severityRank(severity) });
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
  // A problem of no entry is one of the lexicon's own tables.
  const what = problems.every(({ entry }) => entry === '') ? 'its settings' : 'some entries';
  throw new AppError('lexicon-invalid', `${name}: ${what} can't be used: ${list.join('; ')}${more}.`, {
    file: name,
  });
}
