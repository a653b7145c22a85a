import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';

import { type Command, InvalidArgumentError, Option } from 'commander';

import { AppError } from '../../core/contract/errors.ts';
import { type ArchiveEntry, readMessages } from '../../core/features/archive/index.ts';
import { readLexiconFile, readStarterPacks } from '../../core/features/lexicons/index.ts';
import { type Severity, severities, severityRank } from '../../core/features/lexicons/model.ts';
import { compileMatcher } from '../../core/features/screening/index.ts';
import { resourcesDirectory } from '../environment.ts';
import type { Run } from '../index.ts';
import { type Terminal, createPrinter, csvRow, describeError, exitCode } from '../output.ts';

interface ScanTerm {
  readonly text: string;
  readonly category: string;
  readonly severity: Severity;
}

/** One line of the output; its keys are stable. */
interface ScanHit {
  readonly file: string;
  readonly line: number;
  readonly msgid: string;
  readonly conversation: string | null;
  readonly from: string | null;
  readonly msgtime: number;
  readonly field: string;
  readonly term: string;
  readonly category: string;
  readonly severity: Severity;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly folds: readonly string[];
}

const formats = ['jsonl', 'csv', 'summary'] as const;
type Format = (typeof formats)[number];

/** More than this many quarantined lines of one file are counted, not listed: nobody reads the rest. */
const listedQuarantine = 1_000;

interface ScanOptions {
  readonly lexicon: readonly string[] | undefined;
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
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default('jsonl'))
    .option(
      '--fail-on <severity>',
      `exit with 1 when a hit is at least this grave: ${severities.join(', ')}`,
      parseSeverity,
    )
    .addHelpText(
      'after',
      '\nExit code: 0; 1 when --fail-on was reached; 2 when an input could not be read or the usage was wrong.\n' +
        'start and end are UTF-16 offsets into the field; text is the exact slice of the original.',
    )
    .action((files: string[], options: ScanOptions) => register(() => scan(terminal, files, options)));
}

function parseSeverity(value: string): Severity {
  const severity = severities.find((known) => known === value);
  if (severity === undefined) throw new InvalidArgumentError(`It must be one of ${severities.join(', ')}.`);
  return severity;
}

async function scan(terminal: Terminal, files: readonly string[], options: ScanOptions): Promise<number> {
  const terms = await loadTerms(terminal, options.lexicon ?? []);
  const matcher = compileMatcher(terms);
  const printer = createPrinter(terminal.stdout);
  const summary = createSummary();
  if (options.format === 'csv') printer.print(csvRow(hitKeys));
  let unreadable = false;
  for (const file of files) {
    let listed = 0;
    try {
      for await (const batch of readMessages(
        sourceOf(terminal, file),
        file === '-' ? 'stdin' : basename(file),
        (names, count) =>
          terminal.stderr.write(
            `${file}: passed over, no chat archive: ${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}\n`,
          ),
      )) {
        for (const entry of batch) {
          summary.entry(entry);
          if (entry.kind === 'quarantined') {
            listed += 1;
            if (listed <= listedQuarantine) {
              terminal.stderr.write(`${file}:${entry.line}: quarantined: ${entry.reason}: ${entry.detail}\n`);
            }
            continue;
          }
          for (const hit of hitsOf(file, entry, terms, matcher)) {
            summary.hit(hit);
            if (options.format !== 'summary') printer.print(format(hit, options.format));
          }
          if (printer.full()) await printer.flush();
        }
      }
    } catch (error) {
      unreadable = true;
      terminal.stderr.write(`countersign: ${file}: ${describeError(error)}\n`);
    }
    if (listed > listedQuarantine) {
      terminal.stderr.write(`${file}: ${listed - listedQuarantine} more quarantined lines are not listed\n`);
    }
  }
  if (options.format === 'summary') printer.print(summary.print());
  await printer.flush();
  if (unreadable) return exitCode.unusable;
  const worst = summary.worst();
  const failed = options.failOn !== undefined && worst !== null && worst >= severityRank(options.failOn);
  return failed ? exitCode.failed : exitCode.ok;
}

function sourceOf(terminal: Terminal, file: string): string | AsyncIterable<Uint8Array> {
  return file === '-' ? bytesOf(terminal.stdin) : file;
}

async function* bytesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function loadTerms(terminal: Terminal, files: readonly string[]): Promise<readonly ScanTerm[]> {
  if (files.length === 0) {
    const packs = await readStarterPacks(resourcesDirectory());
    return packs.flatMap((pack) => pack.terms.filter((term) => term.enabled));
  }
  const terms: ScanTerm[] = [];
  for (const file of files) {
    const { terms: read, warnings } = readLexiconFile(await readBytes(file), basename(file));
    for (const warning of warnings) {
      terminal.stderr.write(
        `${file}${warning.line === null ? '' : `:${warning.line}`}: ${warning.kind}: ${warning.text}\n`,
      );
    }
    terms.push(...read.filter((term) => term.enabled));
  }
  return terms;
}

/** A lexicon of 200,000 terms is some 20 MB; what is larger is no lexicon. */
const largestLexicon = 256 * 2 ** 20;

async function readBytes(file: string): Promise<Uint8Array> {
  const facts = await stat(file).catch((error: unknown) => {
    throw new AppError(
      'file-unreadable',
      `${file}: there is no such file, or it can't be read.`,
      { file },
      error,
    );
  });
  if (facts.isDirectory())
    throw new AppError('file-is-directory', `${file} is a folder; name a lexicon file.`, { file });
  if (facts.size > largestLexicon) {
    throw new AppError(
      'file-too-large',
      `${file} is too large for a lexicon (at most ${largestLexicon} bytes).`,
      { file },
    );
  }
  return readFile(file);
}

function* hitsOf(
  file: string,
  entry: Extract<ArchiveEntry, { kind: 'message' }>,
  terms: readonly ScanTerm[],
  matcher: ReturnType<typeof compileMatcher>,
): Generator<ScanHit> {
  const { message } = entry;
  for (const field of message.fields) {
    for (const match of matcher.scan(field.text)) {
      const term = terms[match.term];
      if (term === undefined) continue;
      yield {
        file,
        line: entry.line,
        msgid: message.msgid,
        conversation: message.conversationKey,
        from: message.from,
        msgtime: message.msgtime,
        field: field.path,
        term: term.text,
        category: term.category,
        severity: term.severity,
        start: match.start,
        end: match.end,
        text: field.text.slice(match.start, match.end),
        folds: match.folds,
      };
    }
  }
}

const hitKeys = [
  'file', 'line', 'msgid', 'conversation', 'from', 'msgtime', 'field', 'term', 'category', 'severity', 'start', 'end',
  'text', 'folds',
] as const satisfies readonly (keyof ScanHit)[]; // prettier-ignore

function format(hit: ScanHit, format: Exclude<Format, 'summary'>): string {
  if (format === 'jsonl') return `${JSON.stringify(hit)}\n`;
  return csvRow(hitKeys.map((key) => (key === 'folds' ? hit.folds.join(' ') : hit[key])));
}

function createSummary() {
  const counts = { entries: 0, messages: 0, quarantined: 0, hits: 0 };
  const bySeverity = new Map<Severity, number>();
  const byCategory = new Map<string, number>();
  const byTerm = new Map<string, number>();
  const add = <Key>(map: Map<Key, number>, key: Key) => map.set(key, (map.get(key) ?? 0) + 1);
  const top = (map: ReadonlyMap<string, number>, most: number) =>
    [...map]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([key, count]) => `  ${String(count).padStart(8)}  ${key}\n`)
      .join('');
  return {
    entry(entry: ArchiveEntry): void {
      counts.entries += 1;
      if (entry.kind === 'message') counts.messages += 1;
      else counts.quarantined += 1;
    },
    hit(hit: ScanHit): void {
      counts.hits += 1;
      add(bySeverity, hit.severity);
      add(byCategory, hit.category);
      add(byTerm, hit.term);
    },
    /** The rank of the gravest hit, null without hits. */
    worst(): number | null {
      return bySeverity.size === 0 ? null : Math.max(...[...bySeverity.keys()].map(severityRank));
    },
    print(): string {
      const severityLines = severities
        .toReversed()
        .map((severity) => `  ${String(bySeverity.get(severity) ?? 0).padStart(8)}  ${severity}\n`)
        .join('');
      return (
        `entries      ${counts.entries}\nmessages     ${counts.messages}\nquarantined  ${counts.quarantined}\n` +
        `hits         ${counts.hits}\n\nby severity\n${severityLines}\nby category\n${top(byCategory, 20)}` +
        `\nmost frequent terms\n${top(byTerm, 20)}`
      );
    },
  };
}
