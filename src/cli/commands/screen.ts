import type { Command } from 'commander';

import type { Run } from '../index.ts';
import { type Terminal, exitCode } from '../output.ts';
import { openSession } from '../session.ts';
import { accountHelp } from './import.ts';

interface ScreenOptions {
  readonly workspace: string;
  readonly all: boolean;
  readonly json: boolean;
}

export function registerScreen(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  program
    .command('screen')
    .description("Screen the workspace's archive with its published lexicons: what no run has seen yet.")
    .requiredOption('--workspace <dir>', 'the workspace')
    .option('--all', 'look at every message again', false)
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', accountHelp)
    .action((options: ScreenOptions) => register(() => screen(terminal, options)));
}

async function screen(terminal: Terminal, options: ScreenOptions): Promise<number> {
  const session = await openSession(terminal, options.workspace, 'exclusive');
  try {
    const started = await session.call('supervision.startScreening', { onlyNew: !options.all });
    await session.follow(started.jobId);
    const runs = await session.call('supervision.runs', {});
    const run = runs.find((candidate) => candidate.id === started.id) ?? started;
    const lexicons = run.lexicons.map((lexicon) => `${lexicon.name} ${lexicon.version}`);
    terminal.stdout.write(
      options.json
        ? `${JSON.stringify({ id: run.id, state: run.state, messages: run.messages, hits: run.hits, lexicons: run.lexicons.map(({ name, version }) => ({ name, version })) })}\n`
        : `screened ${run.messages} messages with ${lexicons.join(', ')}: ${run.hits} new hits\n`,
    );
    return exitCode.ok;
  } finally {
    await session.close();
  }
}
