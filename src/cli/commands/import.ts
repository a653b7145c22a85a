import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename } from 'node:path';

import { type Command, InvalidArgumentError, Option } from 'commander';

import { AppError } from '../../core/contract/errors.ts';
import type { ProcedureInput, ProcedureOutput } from '../../core/contract/index.ts';
import { CalendarDay, type ImportId } from '../../core/contract/ids.ts';
import { type ImportKind, importKinds } from '../../core/features/archive/model.ts';
import { createBlobStore } from '../../core/platform/blobs/index.ts';
import type { Run } from '../index.ts';
import { type Terminal, describeError, exitCode } from '../output.ts';
import { type Session, openSession } from '../session.ts';

interface ImportOptions {
  readonly workspace: string;
  readonly kind: ImportKind;
  readonly asOf?: CalendarDay;
  readonly mapping?: string;
  readonly json: boolean;
}

export function registerImport(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  program
    .command('import')
    .description('Import chat archives, rosters and what handovers are audited from into a workspace.')
    .argument(
      '<file...>',
      'chat archives, answers and events of WeCom’s API (JSON, XML), tables (CSV, XLSX); also .gz or .zip of these',
    )
    .requiredOption('--workspace <dir>', 'the workspace')
    .addOption(new Option('--kind <kind>', 'what the files are').choices(importKinds).default('auto'))
    .addOption(
      new Option(
        '--as-of <date>',
        'the day that lists and answers are of, YYYY-MM-DD (default: what they say, the day in the file’s name, today)',
      ).argParser(parseDay),
    )
    .option('--mapping <name>', 'a saved mapping of columns, by which tables are read')
    .option('--json', 'print one JSON object with the counts', false)
    .addHelpText('after', accountHelp)
    .action((files: string[], options: ImportOptions) => register(() => runImport(terminal, files, options)));
}

function parseDay(text: string): CalendarDay {
  const day = CalendarDay.safeParse(text);
  if (!day.success) throw new InvalidArgumentError('Give a day as YYYY-MM-DD, like 2026-03-31.');
  return day.data;
}

/** Shown by every command that signs in. */
export const accountHelp =
  '\nActs as the user COUNTERSIGN_USER with COUNTERSIGN_PASSWORD, or asks for them; what it does is in the audit log.';

async function runImport(
  terminal: Terminal,
  files: readonly string[],
  options: ImportOptions,
): Promise<number> {
  const session = await openSession(terminal, options.workspace, 'exclusive', 'countersign import');
  try {
    const { rows, started, failure } = await importAll(session, files, options);
    const report = { ...started, ...total(rows), files: rows };
    terminal.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describe(report));
    for (const { name, error, skipped } of rows) {
      if (error !== null) terminal.stderr.write(`countersign: ${name}: ${error.message}\n`);
      if (skipped !== null) {
        terminal.stderr.write(`${name}: passed over, not recognised: ${listNames(skipped)}\n`);
      }
    }
    for (const row of rows.filter(isEmpty)) {
      terminal.stderr.write(
        `${row.name}: read as ${row.kind}, and there is no record in it: nothing was imported. Unless an empty list was to be ` +
          'expected, get the file again, or say with --kind what it is.\n',
      );
    }
    if (started.id !== null) terminal.stderr.write(await describeQuarantine(session, started.id));
    if (rows.some((row) => row.error !== null)) return exitCode.unusable;
    if (failure === null) return exitCode.ok;
    terminal.stderr.write(`countersign: ${describeError(failure)}\n`);
    return exitCode.unusable;
  } finally {
    await session.close();
  }
}

type ImportResult = ProcedureOutput<'archive.import'>;
type FileRow = Pick<ImportResult['files'][number], 'name' | 'kind' | 'state' | 'error' | 'skipped' | Count>;
type Count = 'read' | 'imported' | 'duplicates' | 'quarantined';

/** Imports what can be read; what can't is in its place among the rows, with its error. */
async function importAll(session: Session, files: readonly string[], options: ImportOptions) {
  const prepared: (UploadedFile | FileRow)[] = [];
  for (const file of files) {
    prepared.push(
      await uploadOne(session, file).catch((error: unknown) => unreadable(file, error, options.kind)),
    );
  }
  const uploaded = prepared.filter((file) => 'blobId' in file);
  if (uploaded.length === 0) {
    return {
      rows: prepared.filter((file) => 'state' in file),
      started: { id: null, state: 'failed' as const },
      failure: null,
    };
  }
  const { id, jobId } = await session.call('archive.startImport', {
    files: uploaded,
    kind: options.kind,
    asOf: options.asOf ?? null,
    mapping: options.mapping ?? null,
  });
  const failure: unknown = await session.follow(jobId).then(
    () => null,
    (error: unknown) => error,
  );
  const result = await session.call('archive.import', { id });
  const imported = result.files.values();
  const rows = prepared.flatMap((file) => {
    if ('state' in file) return [file];
    const view = imported.next().value;
    return view === undefined ? [] : [toRow(view)];
  });
  return { rows, started: { id, state: result.state }, failure };
}

/** The row of a file that never got into the workspace. Throws what concerns the workspace rather than the file. */
function unreadable(file: string, error: unknown, kind: ImportKind): FileRow {
  if (!(error instanceof AppError) || !aboutFile.has(error.code)) throw error;
  return {
    name: basename(file),
    kind: kind === 'auto' ? 'unknown' : kind,
    state: 'failed',
    ...total([]),
    error: error.toBody(),
    skipped: null,
  };
}

const aboutFile: ReadonlySet<string> = new Set([
  'file-unreadable',
  'file-is-directory',
  'file-empty',
  'file-too-large',
]);

async function checkReadable(file: string): Promise<void> {
  const unusable = (error: unknown): never => {
    throw new AppError(
      'file-unreadable',
      `${file}: there is no such file, or it can't be read.`,
      { file: basename(file) },
      error,
    );
  };
  const facts = await stat(file).catch(unusable);
  const details = { file: basename(file) };
  if (facts.isDirectory()) {
    throw new AppError('file-is-directory', `${file} is a folder; name the files in it.`, details);
  }
  await access(file, constants.R_OK).catch(unusable);
  if (facts.size === 0) throw new AppError('file-empty', `${file} is empty: nothing was imported.`, details);
}

type UploadedFile = ProcedureInput<'archive.startImport'>['files'][number];

/** Brings a file's bytes into the workspace's blob store, as every host does. */
async function uploadOne(session: Session, file: string): Promise<UploadedFile> {
  await checkReadable(file);
  const { blobDirectory, limit } = await session.app.prepareUpload(session.caller);
  const source = createReadStream(file, { highWaterMark: 1 << 20 });
  const { id } = await createBlobStore(blobDirectory).write(source, limit);
  return { blobId: id, name: basename(file) };
}

function toRow(file: ImportResult['files'][number]): FileRow {
  const { name, kind, state, read, imported, duplicates, quarantined, error, skipped } = file;
  return { name, kind, state, read, imported, duplicates, quarantined, error, skipped };
}

/** The counts over all files: `read` is the sum of the others in each, and so in all. */
function total(rows: readonly FileRow[]): Record<Count, number> {
  const sum = (count: Count) => rows.reduce((all, row) => all + row[count], 0);
  return {
    read: sum('read'),
    imported: sum('imported'),
    duplicates: sum('duplicates'),
    quarantined: sum('quarantined'),
  };
}

/** True for a file that brought nothing, though nothing is wrong with it. */
function isEmpty({ state, read }: FileRow): boolean {
  return state === 'done' && read === 0;
}

/** So many entries in quarantine are named: enough to see what is wrong with a file. */
const namedEntries = 3;

/** What the first entries in quarantine lack, a line each; empty where there are none. */
async function describeQuarantine(session: Session, importId: ImportId): Promise<string> {
  const { entries, total } = await session.call('archive.quarantine', { importId, limit: namedEntries });
  // A detail may hold what an answer says of its error, and so anything.
  const lines = entries.map(
    ({ fileName, line, detail }) =>
      `${fileName}: line ${line} is in quarantine: ${detail.replaceAll(/\p{Cc}+/gu, ' ')}\n`,
  );
  if (total > entries.length) {
    lines.push(`${total - entries.length} more in quarantine: Imports in the app lists them all.\n`);
  }
  return lines.join('');
}

function listNames({ names, count }: NonNullable<FileRow['skipped']>): string {
  return `${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}`;
}

function describe(report: Record<Count, number> & { readonly files: readonly FileRow[] }): string {
  const row = (name: string, counts: Record<Count, number>) =>
    `${name}: read ${counts.read}, imported ${counts.imported}, duplicates ${counts.duplicates}, quarantined ${counts.quarantined}\n`;
  const files = report.files.map((file) => row(`${file.name} (${file.kind})`, file)).join('');
  return report.files.length > 1 ? `${files}${row('all', report)}` : files;
}
