import type { Command } from 'commander';

import type { Run } from '../index.ts';
import { type Terminal, exitCode } from '../output.ts';
import { openSession } from '../session.ts';
import { accountHelp } from './import.ts';
import { type Scope, resolveScope } from './screen-scope.ts';

interface ScreenOptions extends Scope {
  readonly workspace: string;
  readonly all: boolean;
  readonly json: boolean;
}

export function registerScreen(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  program
    .command('screen')
    .description("Screen the workspace's archive with its published lexicons: what no run has seen yet.")
    .requiredOption('--workspace <dir>', 'the workspace')
    .option('--from <date>', "messages from this day on, YYYY-MM-DD in the workspace's time zone")
    .option('--to <date>', 'messages up to this day, the day included')
    .option('--conversation <id>', 'one conversation: its room id, or the key that hits and scan print')
    .option('--person <id>', 'the conversations of one person, by userid or external_userid')
    .option('--branch <name>', 'the conversations of one branch')
    .option('--kind <msgtype>', 'messages of this msgtype; may be given several times', collect)
    .option(
      '--lexicon <name>',
      'only this lexicon; may be given several times (default: all active ones)',
      collect,
    )
    .option('--all', 'look at every message again', false)
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', accountHelp)
    .action((options: ScreenOptions) => register(() => screen(terminal, options)));
}

function collect(value: string, list: readonly string[] | undefined): readonly string[] {
  return [...(list ?? []), value];
}

async function screen(terminal: Terminal, options: ScreenOptions): Promise<number> {
  const session = await openSession(terminal, options.workspace, 'exclusive', 'countersign screen');
  try {
    const started = await session.call('supervision.startScreening', {
      ...(await resolveScope(session, options)),
      onlyNew: !options.all,
    });
    await session.follow(started.jobId);
    const runs = await session.call('supervision.runs', {});
    const run = runs.find((candidate) => candidate.id === started.id) ?? started;
    const lexicons = run.lexicons.map((lexicon) => `${lexicon.name} ${lexicon.version}`);
    terminal.stdout.write(
      options.json
        ? `${JSON.stringify({ id: run.id, state: run.state, messages: run.messages, hits: run.hits, cut: run.cut, lexicons: run.lexicons.map(({ name, version }) => ({ name, version })) })}\n`
        : `screened ${run.messages} messages with ${lexicons.join(', ')}: ${run.hits} new hits\n`,
    );
    if (run.cut > 0 && !options.json)
      terminal.stderr.write(`countersign: ${run.cut} messages have more hits than are kept of one message\n`);
    return exitCode.ok;
  } finally {
    await session.close();
  }
}
