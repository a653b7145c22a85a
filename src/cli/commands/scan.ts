import { basename } from 'node:path';

import { type Command, InvalidArgumentError, Option } from 'commander';

import {
  type ArchiveScan,
  type ScannedPiece,
  createArchiveScan,
  listedQuarantine,
  mostHitsPerMessage,
} from '../../core/features/archive/scan/index.ts';
import { type Severity, severities, severityRank } from '../../core/features/lexicons/model.ts';
import { foldSets, splitWindow } from '../../core/features/screening/model.ts';
import type { Run } from '../index.ts';
import { type Terminal, createPrinter, describeError, exitCode } from '../output.ts';
import { type Format, createSummary, formatHit, formats, heading } from './scan-print.ts';
import { type Folds, parseFolds } from './scan-folds.ts';
import type { ScanTerms } from './scan-terms.ts';

interface ScanOptions {
  readonly lexicon: readonly string[] | undefined;
  readonly folds: Folds;
  readonly splitMessages: number;
  readonly splitSeconds: number;
  readonly timeZone: string;
  readonly format: Format;
  readonly failOn: Severity | undefined;
}

export function registerScan(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  program
    .command('scan')
    .description('Screen chat archive files and print the hits. Needs no workspace.')
    .argument(
      '<file...>',
      'archive files: JSON lines, a JSON array, .gz or .zip of these; - reads standard input',
    )
    .option(
      '--lexicon <file>',
      'terms to look for: .txt, .csv or .json; may be given several times (default: the starter packs)',
      (value: string, list: readonly string[] | undefined) => [...(list ?? []), value],
    )
    .addOption(
      new Option(
        '--folds <folds>',
        'what disguises to see through, for every term: none, standard, all, some by name with commas between ' +
          'them, or lexicon: as each lexicon says of its terms',
      )
        .argParser(parseFolds)
        .default(foldSets.standard, 'standard'),
    )
    .addOption(
      new Option('--split-messages <count>', 'over how many messages of one sender a hit may be split')
        .argParser(parseWithin(2, 20))
        .default(splitWindow.messages),
    )
    .addOption(
      new Option('--split-seconds <seconds>', 'and how far the first of them may be from the last')
        .argParser(parseWithin(1, 86_400))
        .default(splitWindow.milliseconds / 1_000),
    )
    .addOption(
      new Option('--time-zone <zone>', 'where the hours of rules hold')
        .argParser(parseTimeZone)
        .default('Asia/Shanghai'),
    )
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default('jsonl'))
    .option(
      '--fail-on <severity>',
      `exit with 1 when a hit is at least this grave: ${severities.join(', ')}`,
      parseSeverity,
    )
    .addHelpText(
      'after',
      '\nExit code: 0; 1 when --fail-on was reached; 2 when an input could not be read or the usage was wrong.\n' +
        'start and end are UTF-16 offsets into the field; text is the exact slice of the original.\n' +
        `standard is ${foldSets.standard.join(', ')}; all adds ${foldSets.all
          .filter((name) => !foldSets.standard.some((known) => known === name))
          .join(', ')}.\n` +
        'A hit that is split across messages lists its parts; its own line is that of the last one.',
    )
    .action((files: string[], options: ScanOptions) => register(() => scan(terminal, files, options)));
}

function parseSeverity(value: string): Severity {
  const severity = severities.find((known) => known === value);
  if (severity === undefined) throw new InvalidArgumentError(`It must be one of ${severities.join(', ')}.`);
  return severity;
}

function parseWithin(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = /^\d{1,6}$/.test(value) ? Number(value) : -1;
    if (number < least || number > most)
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return number;
  };
}

function parseTimeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('It must be the name of a time zone, such as Asia/Shanghai.');
  }
}

async function scan(terminal: Terminal, files: readonly string[], options: ScanOptions): Promise<number> {
  const archives = createArchiveScan();
  try {
    // First of all: the threads get ready while this one loads and reads what to look for.
    await archives.warmUp(files.filter((file) => file !== '-'));
    const { loadTerms } = await import('./scan-terms.ts');
    const terms = await loadTerms(terminal, options.lexicon ?? []);
    const force = options.folds === 'lexicon' ? null : options.folds;
    archives.setUp({
      start: { entries: terms.entries, suppressions: [], force },
      timeZone: options.timeZone,
      window: { messages: options.splitMessages, milliseconds: options.splitSeconds * 1_000 },
    });
    terms.check();
    return await scanFiles(terminal, files, options, archives, terms);
  } finally {
    await archives.close();
  }
}

async function scanFiles(
  terminal: Terminal,
  files: readonly string[],
  options: ScanOptions,
  archives: ArchiveScan,
  { terms }: ScanTerms,
): Promise<number> {
  const printer = createPrinter(terminal.stdout);
  const summary = createSummary();
  printer.print(heading(options.format));
  let unreadable = false;
  for (const file of files) {
    const stderr = createReport(terminal, file);
    const source = file === '-' ? bytesOf(terminal.stdin) : file;
    try {
      for await (const piece of archives.scan(
        source,
        file === '-' ? 'stdin' : basename(file),
        stderr.passedOver,
      )) {
        summary.piece(piece);
        stderr.quarantined(piece.quarantine, piece.quarantined);
        stderr.cut(piece.cut);
        for (const hit of piece.hits) {
          const term = terms[hit.entry];
          if (term === undefined) continue;
          summary.hit(term);
          if (options.format !== 'summary') printer.print(formatHit(file, hit, term, options.format));
          if (printer.full()) await printer.flush();
        }
      }
    } catch (error) {
      unreadable = true;
      terminal.stderr.write(`countersign: ${file}: ${describeError(error)}\n`);
    }
    stderr.end();
  }
  if (options.format === 'summary') printer.print(summary.print());
  await printer.flush();
  if (unreadable) return exitCode.unusable;
  const worst = summary.worst();
  const failed = options.failOn !== undefined && worst !== null && worst >= severityRank(options.failOn);
  return failed ? exitCode.failed : exitCode.ok;
}

async function* bytesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** Messages beyond this many are not named one by one: nobody reads the rest. */
const listedCut = 100;

/** Why hits of a message were left out. */
const cutSentences = {
  hits:
    `it has more than the ${mostHitsPerMessage} hits that are given of one message; ` +
    'given are the first of each entry, then the gravest',
  work: 'finding its hits takes more work than is spent on one message; it may have more than are given',
} as const satisfies Record<ScannedPiece['cut'][number]['reasons'][number], string>;

/** What stderr says of one file. Never a message's text. */
function createReport(terminal: Terminal, file: string) {
  const write = (line: string) => terminal.stderr.write(`${line}\n`);
  let listed = 0;
  let unlisted = 0;
  let cutMessages = 0;
  return {
    passedOver(names: readonly string[], count: number): void {
      const more = count > names.length ? ` and ${count - names.length} more` : '';
      write(`${file}: passed over, no chat archive: ${names.join(', ')}${more}`);
    },
    quarantined(lines: readonly { line: number; reason: string; detail: string }[], count: number): void {
      const shown = lines.slice(0, listedQuarantine - listed);
      for (const { line, reason, detail } of shown)
        write(`${file}:${line}: quarantined: ${reason}: ${detail}`);
      listed += shown.length;
      unlisted += count - shown.length;
    },
    cut(messages: ScannedPiece['cut']): void {
      for (const { line, msgid, reasons } of messages) {
        cutMessages += 1;
        if (cutMessages <= listedCut)
          for (const reason of reasons)
            write(`${file}:${line}: message ${JSON.stringify(msgid)}: cut: ${cutSentences[reason]}`);
      }
    },
    end(): void {
      if (unlisted > 0) write(`${file}: ${unlisted} more quarantined lines are not listed`);
      if (cutMessages > listedCut)
        write(`${file}: ${cutMessages - listedCut} more messages were cut, and are not listed`);
    },
  };
}
