import { basename, resolve } from 'node:path';

import type { Command } from 'commander';

import { AppError } from '../../core/contract/errors.ts';
import { resourcesDirectory } from '../environment.ts';
import type { Run } from '../index.ts';
import { type Terminal, exitCode } from '../output.ts';
import { askPassword } from '../password.ts';
import { openSession } from '../session.ts';
import { accountHelp } from './import.ts';

interface CreateOptions {
  readonly admin: string;
  readonly displayName: string | undefined;
  readonly title: string | undefined;
  readonly json: boolean;
}

interface JsonOption {
  readonly json: boolean;
}

export function registerWorkspace(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  const workspace = program.command('workspace').description('Make, describe, copy and check workspaces.');
  workspace
    .command('create')
    .description('Make a workspace with its first administrator.')
    .argument('<dir>', 'a folder that is empty or does not exist yet')
    .requiredOption('--admin <name>', "the first administrator's user name")
    .option('--display-name <name>', 'how the administrator is shown (default: the user name)')
    .option('--title <title>', "the workspace's title (default: the folder's name)")
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', "\nThe administrator's password is COUNTERSIGN_PASSWORD, or asked for.")
    .action((directory: string, options: CreateOptions) =>
      register(() => create(terminal, directory, options)),
    );
  workspace
    .command('info')
    .description('What a workspace is, what it holds, and who has it open.')
    .argument('<dir>', 'the workspace')
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', accountHelp)
    .action((directory: string, options: JsonOption) => register(() => info(terminal, directory, options)));
  workspace
    .command('backup')
    .description('Copy a workspace, also while it is in use.')
    .argument('<dir>', 'the workspace')
    .argument('<target>', 'a folder that is empty or does not exist yet')
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', accountHelp)
    .action((directory: string, target: string, options: JsonOption) =>
      register(() => backup(terminal, directory, target, options)),
    );
  workspace
    .command('check')
    .description('Check the database, the stored files and the audit log.')
    .argument('<dir>', 'the workspace')
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', `${accountHelp}\nExit code: 0 when everything is whole, 1 when something is not.`)
    .action((directory: string, options: JsonOption) => register(() => check(terminal, directory, options)));
}

async function create(terminal: Terminal, directory: string, options: CreateOptions): Promise<number> {
  const password = await askPassword(terminal, `New password of ${options.admin}: `);
  // A typing error in a password that nobody sees would lock its owner out: ask again where it was typed.
  if ((terminal.environment['COUNTERSIGN_PASSWORD'] ?? '') === '') {
    const again = await askPassword(terminal, 'The same again: ');
    if (again !== password)
      throw new AppError('bad-input', 'The two passwords differ. Nothing was made; try again.');
  }
  const target = resolve(directory);
  const title = options.title ?? basename(target);
  const { createWorkspaceAt } = await import('../../core/app.ts');
  await createWorkspaceAt(
    target,
    {
      title,
      admin: { userName: options.admin, displayName: options.displayName ?? options.admin, password },
    },
    { resources: resourcesDirectory() },
  );
  terminal.stdout.write(
    options.json
      ? `${JSON.stringify({ directory: target, title })}\n`
      : `Made the workspace ${title} in ${target}\n`,
  );
  return exitCode.ok;
}

async function info(terminal: Terminal, directory: string, options: JsonOption): Promise<number> {
  const session = await openSession(terminal, directory, 'shared');
  try {
    const facts = await session.app.info(session.caller);
    if (options.json) {
      terminal.stdout.write(`${JSON.stringify(facts)}\n`);
      return exitCode.ok;
    }
    const holder =
      facts.holder === null
        ? 'nobody'
        : `${facts.holder.userName} on ${facts.holder.hostName} (${facts.holder.program}, process ${facts.holder.processId})`;
    const rows: readonly (readonly [string, string])[] = [
      ['title', facts.title],
      ['made', new Date(facts.createdAt).toISOString()],
      ['schema', facts.schema],
      ['database', `${facts.databaseBytes} bytes`],
      ['stored files', `${facts.blobs} (${facts.blobBytes} bytes)`],
      ['users', String(facts.users)],
      ['messages', String(facts.messages)],
      ['hits', String(facts.hits)],
      ['audit events', String(facts.auditEvents)],
      ['open in', holder],
    ];
    terminal.stdout.write(rows.map(([name, value]) => `${name.padEnd(14)}${value}\n`).join(''));
    return exitCode.ok;
  } finally {
    await session.close();
  }
}

async function backup(
  terminal: Terminal,
  directory: string,
  target: string,
  options: JsonOption,
): Promise<number> {
  const session = await openSession(terminal, directory, 'shared');
  try {
    const report = await session.app.backup(session.caller, resolve(target));
    terminal.stdout.write(
      options.json
        ? `${JSON.stringify(report)}\n`
        : `Copied to ${report.directory}: database ${report.databaseBytes} bytes, ${report.blobs} files (${report.blobBytes} bytes)\n`,
    );
    return exitCode.ok;
  } finally {
    await session.close();
  }
}

async function check(terminal: Terminal, directory: string, options: JsonOption): Promise<number> {
  const report = await checkAsUser(terminal, directory).catch((error: unknown) => {
    // What can't be opened to sign in is the answer to the question.
    if (error instanceof AppError && error.code === 'workspace-damaged') return error;
    throw error;
  });
  if (report instanceof AppError) {
    terminal.stdout.write(
      options.json ? `${JSON.stringify({ ok: false, database: [report.message] })}\n` : `${report.message}\n`,
    );
    return exitCode.failed;
  }
  if (options.json) terminal.stdout.write(`${JSON.stringify(report)}\n`);
  else {
    const { audit, blobs } = report;
    const lines = [
      ...report.database.map((problem) => `database: ${problem}`),
      ...blobs.damaged.map((name) => `stored file ${name}: its bytes are not what its name says`),
      ...blobs.missing.map((name) => `stored file ${name}: missing`),
      ...audit.problems.map(({ sequence, problem }) => `audit event ${sequence ?? '-'}: ${problem}`),
      `${report.ok ? 'Everything is whole' : 'Something is not whole'}: database, ${blobs.count} stored files, ${audit.size} audit events (root ${audit.rootHash})`,
    ];
    terminal.stdout.write(`${lines.join('\n')}\n`);
  }
  return report.ok ? exitCode.ok : exitCode.failed;
}

async function checkAsUser(terminal: Terminal, directory: string) {
  const session = await openSession(terminal, directory, 'shared');
  try {
    return await session.app.check(session.caller);
  } finally {
    await session.close();
  }
}
