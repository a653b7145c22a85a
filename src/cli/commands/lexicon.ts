import { basename } from 'node:path';

import type { Command } from 'commander';

import {
  type FailedExample,
  type LexiconFile,
  newSettings,
  readLexiconFile,
  readStarterPacks,
  testLexicon,
} from '../../core/features/lexicons/index.ts';
import { resourcesDirectory } from '../environment.ts';
import { readLexiconBytes } from '../lexicon-bytes.ts';
import { describeFileWarning, describeProblem } from '../lexicon-sentences.ts';
import type { Run } from '../index.ts';
import { type Terminal, createPrinter, describeError, exitCode } from '../output.ts';

export function registerLexicon(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  const lexicon = program.command('lexicon').description('Work on lexicon files. Needs no workspace.');
  lexicon
    .command('test')
    .description('Check the rules of lexicon files and run their examples.')
    .argument('[file...]', 'lexicons: .json, .csv or .txt (which has no examples)')
    .option('--pack', 'test the built-in packs')
    .addHelpText(
      'after',
      '\nPrints each example that fails: a text that has to hit and does not, or the other way round.\n' +
        'Exit code: 0; 1 when an example fails; 2 when a file could not be read or a rule can not work.',
    )
    .action((files: string[], options: { readonly pack?: boolean }) => {
      register(() => test(terminal, files, options.pack === true));
    });
}

type Tested = Pick<LexiconFile, 'terms' | 'settings'> & { readonly name: string };

async function test(terminal: Terminal, files: readonly string[], packs: boolean): Promise<number> {
  if (files.length === 0 && !packs) {
    terminal.stderr.write('countersign: name a lexicon file, or use --pack for the built-in packs\n');
    return exitCode.unusable;
  }
  const printer = createPrinter(terminal.stdout);
  const total = { lexicons: 0, entries: 0, examples: 0, failed: 0 };
  let broken = 0;
  /** Files of which nothing could be tested: stderr has said why. */
  let unread = 0;
  const run = async ({ name, terms, settings }: Tested) => {
    const result = testLexicon(terms, settings ?? newSettings);
    if (result.problems.length > 0) broken += 1;
    for (const problem of result.problems) terminal.stderr.write(`${name}: ${describeProblem(problem)}\n`);
    for (const failure of result.failures) printer.print(`${name}: ${describeFailure(failure)}\n`);
    total.lexicons += 1;
    total.entries += result.entries;
    total.examples += result.examples;
    total.failed += result.failures.length;
    await printer.flush();
  };

  for (const file of files) {
    try {
      const { terms, settings, warnings } = readLexiconFile(await readLexiconBytes(file), basename(file));
      for (const warning of warnings) terminal.stderr.write(`${describeFileWarning(file, warning)}\n`);
      await run({ name: file, terms, settings });
    } catch (error) {
      unread += 1;
      terminal.stderr.write(`countersign: ${describeError(error)}\n`);
    }
  }
  if (packs) {
    for (const pack of await readStarterPacks(resourcesDirectory())) {
      await run({ name: pack.id, terms: pack.terms, settings: null });
    }
  }
  const tested =
    total.lexicons === 0
      ? 'nothing was tested'
      : `${count(total.examples, 'example')} of ${count(total.entries, 'entry', 'entries')} in ${count(total.lexicons, 'lexicon')}: ` +
        outcome(total.failed, broken);
  const left = unread === 0 ? '' : `; ${count(unread, 'file')} could not be used`;
  printer.print(`${tested}${left}\n`);
  await printer.flush();
  if (broken > 0 || unread > 0) return exitCode.unusable;
  return total.failed > 0 ? exitCode.failed : exitCode.ok;
}

/** How the examples went, and whether there were lexicons that could not be tested, or not wholly. */
function outcome(failed: number, broken: number): string {
  const problems = count(broken, 'lexicon has problems', 'lexicons have problems');
  if (failed === 0) return broken === 0 ? 'none fails' : `no example fails, but ${problems}`;
  const fails = `${failed} ${failed === 1 ? 'fails' : 'fail'}`;
  return broken === 0 ? fails : `${fails}; ${problems}`;
}

function describeFailure({ entry, expect, text, followedBy, found }: FailedExample): string {
  const sample = [text, ...followedBy].map((message) => JSON.stringify(message)).join(' followed by ');
  if (expect === 'hit') return `${entry}: has to hit ${sample}, but does not`;
  const places = found.map(({ parts, folds }) => {
    const where = parts.map(
      ({ message, start, end, written }) =>
        `${JSON.stringify(written)} at ${start} to ${end}${followedBy.length === 0 ? '' : ` of message ${message + 1}`}`,
    );
    return `${where.join(' and ')}${folds.length === 0 ? '' : ` (${folds.join(', ')})`}`;
  });
  return `${entry}: must not hit ${sample}, but finds ${places.join('; ')}`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
