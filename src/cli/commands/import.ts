import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';

import { type Command, Option } from 'commander';

import { AppError } from '../../core/contract/errors.ts';
import type { ProcedureInput, ProcedureOutput } from '../../core/contract/index.ts';
import { createBlobStore } from '../../core/platform/blobs/index.ts';
import type { Run } from '../index.ts';
import { type Terminal, describeError, exitCode } from '../output.ts';
import { type Session, openSession } from '../session.ts';

const kinds = ['auto', 'chat', 'roster', 'customers'] as const;

interface ImportOptions {
  readonly workspace: string;
  readonly kind: (typeof kinds)[number];
  readonly json: boolean;
}

export function registerImport(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  program
    .command('import')
    .description('Import chat archives and rosters into a workspace.')
    .argument('<file...>', 'JSON lines, a JSON array, pull envelopes, .gz or .zip of these; roster CSV')
    .requiredOption('--workspace <dir>', 'the workspace')
    .addOption(new Option('--kind <kind>', 'what the files are').choices(kinds).default('auto'))
    .option('--json', 'print one JSON object with the counts', false)
    .addHelpText('after', accountHelp)
    .action((files: string[], options: ImportOptions) => register(() => runImport(terminal, files, options)));
}

/** Shown by every command that signs in. */
export const accountHelp =
  '\nActs as the user COUNTERSIGN_USER with COUNTERSIGN_PASSWORD, or asks for them; what it does is in the audit log.';

async function runImport(
  terminal: Terminal,
  files: readonly string[],
  options: ImportOptions,
): Promise<number> {
  // Before anything is stored: a mistyped name should not leave half an import.
  for (const file of files) await checkReadable(file);
  const session = await openSession(terminal, options.workspace, 'exclusive');
  try {
    const uploaded = await uploadAll(session, files);
    const started = await session.call('archive.startImport', { files: uploaded, kind: options.kind });
    let failure: unknown = null;
    await session.follow(started.jobId).catch((error: unknown) => {
      failure = error;
    });
    const result = await session.call('archive.import', { id: started.id });
    terminal.stdout.write(options.json ? `${JSON.stringify(toJson(result))}\n` : describe(result));
    for (const file of result.files) {
      if (file.error !== null) terminal.stderr.write(`countersign: ${file.name}: ${file.error.message}\n`);
    }
    if (failure !== null && result.files.every((file) => file.error === null)) {
      terminal.stderr.write(`countersign: ${describeError(failure)}\n`);
    }
    return failure === null && result.files.every((file) => file.error === null)
      ? exitCode.ok
      : exitCode.unusable;
  } finally {
    await session.close();
  }
}

async function checkReadable(file: string): Promise<void> {
  const facts = await stat(file).catch((error: unknown) => {
    throw new AppError(
      'file-unreadable',
      `${file}: there is no such file, or it can't be read.`,
      { file },
      error,
    );
  });
  if (facts.isDirectory()) {
    throw new AppError('file-is-directory', `${file} is a folder; name the files in it.`, { file });
  }
  if (facts.size === 0) throw new AppError('file-empty', `${file} is empty: nothing was imported.`, { file });
}

/** Brings the files' bytes into the workspace's blob store, as every host does. */
export async function uploadAll(
  session: Session,
  files: readonly string[],
): Promise<ProcedureInput<'archive.startImport'>['files']> {
  const { blobDirectory, limit } = await session.app.prepareUpload(session.caller);
  const store = createBlobStore(blobDirectory);
  const uploaded: ProcedureInput<'archive.startImport'>['files'] = [];
  for (const file of files) {
    const { id } = await store.write(createReadStream(file, { highWaterMark: 1 << 20 }), limit);
    uploaded.push({ blobId: id, name: basename(file) });
  }
  return uploaded;
}

type ImportResult = ProcedureOutput<'archive.import'>;

function toJson(result: ImportResult) {
  const counts = ({
    read,
    imported,
    duplicates,
    quarantined,
  }: ImportResult | ImportResult['files'][number]) => ({
    read,
    imported,
    duplicates,
    quarantined,
  });
  return {
    id: result.id,
    state: result.state,
    ...counts(result),
    files: result.files.map((file) => ({
      name: file.name,
      kind: file.kind,
      state: file.state,
      ...counts(file),
      error: file.error,
    })),
  };
}

function describe(result: ImportResult): string {
  const row = (
    name: string,
    counts: Pick<ImportResult, 'read' | 'imported' | 'duplicates' | 'quarantined'>,
  ) =>
    `${name}: read ${counts.read}, imported ${counts.imported}, duplicates ${counts.duplicates}, quarantined ${counts.quarantined}\n`;
  const files = result.files.map((file) => row(`${file.name} (${file.kind})`, file)).join('');
  return result.files.length > 1 ? `${files}${row('all', result)}` : files;
}
