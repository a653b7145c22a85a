import type { Command } from 'commander';

import type { Run } from '../index.ts';
import { type Terminal, exitCode } from '../output.ts';
import { openSession } from '../session.ts';
import { accountHelp } from './import.ts';

interface VerifyOptions {
  readonly workspace: string;
  readonly json: boolean;
}

export function registerAudit(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  const audit = program.command('audit').description('The append-only audit log.');
  audit
    .command('verify')
    .description('Recompute every leaf and the root of the log, and compare them with what is stored.')
    .requiredOption('--workspace <dir>', 'the workspace')
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', `${accountHelp}\nExit code: 0 when the log is whole, 1 when it is not.`)
    .action((options: VerifyOptions) => register(() => verify(terminal, options)));
}

async function verify(terminal: Terminal, options: VerifyOptions): Promise<number> {
  const session = await openSession(terminal, options.workspace, 'shared');
  try {
    const result = await session.call('audit.verify', {});
    if (options.json) terminal.stdout.write(`${JSON.stringify(result)}\n`);
    else {
      for (const { sequence, problem } of result.problems) {
        terminal.stdout.write(`event ${sequence ?? '-'}: ${problem}\n`);
      }
      terminal.stdout.write(
        `${result.ok ? 'The audit log is whole' : 'The audit log has been changed'}: ${result.size} events, root ${result.rootHash}\n`,
      );
    }
    return result.ok ? exitCode.ok : exitCode.failed;
  } finally {
    await session.close();
  }
}
