import { resolve } from 'node:path';

import type { Command } from 'commander';

import { resourcesDirectory } from '../environment.ts';
import type { Run } from '../index.ts';
import { type Terminal, exitCode } from '../output.ts';
import { showProgress } from '../session.ts';

interface DemoOptions {
  readonly json: boolean;
}

export function registerDemo(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  const demo = program
    .command('demo')
    .description('The demo workspace: an invented bank with known violations.');
  demo
    .command('create')
    .description('Make a demo workspace: 20 employees, 300 customers, 20,000 messages over 90 days.')
    .argument('<dir>', 'a folder that is empty or does not exist yet')
    .option('--json', 'print one JSON object', false)
    .action((directory: string, options: DemoOptions) =>
      register(() => create(terminal, directory, options)),
    );
}

async function create(terminal: Terminal, directory: string, options: DemoOptions): Promise<number> {
  const target = resolve(directory);
  const { createDemoWorkspaceAt } = await import('../../core/app.ts');
  const accounts = await createDemoWorkspaceAt(target, { resources: resourcesDirectory() }, (job) =>
    showProgress(terminal, job),
  );
  if (terminal.stderr.isTTY === true) terminal.stderr.write('\r\u001B[K');
  if (options.json) terminal.stdout.write(`${JSON.stringify({ directory: target, accounts })}\n`);
  else {
    terminal.stdout.write(
      `Made the demo workspace in ${target}\n\nAccounts (they hold invented data only):\n`,
    );
    for (const { userName, role, password } of accounts) {
      terminal.stdout.write(`  ${userName.padEnd(12)}${role.padEnd(10)}${password}\n`);
    }
  }
  return exitCode.ok;
}
