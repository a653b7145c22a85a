import { Command, CommanderError } from 'commander';

import { version } from './environment.ts';
import { type Terminal, describeError, exitCode, processTerminal } from './output.ts';

/** What a command answers: its exit code. */
export type Run = () => Promise<number>;

/**
 * Runs the command line and answers the exit code (output.ts says what each means). `arguments_` are those after the
 * program's name.
 */
export async function main(
  arguments_: readonly string[],
  terminal: Terminal = processTerminal,
): Promise<number> {
  let run: Run | null = null;
  const program = new Command('countersign')
    .description('Countersign 会签台: screen chat archives and work on workspaces from the command line.')
    .version(version())
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
    })
    .showHelpAfterError('Add --help to see how the command is used.');
  const register = (made: Run) => {
    run = made;
  };
  if (arguments_[0] === 'scan') {
    // It needs no workspace, and whoever scans one file should not wait for all that the others load.
    (await import('./commands/scan.ts')).registerScan(program, terminal, register);
  } else (await import('./commands/index.ts')).registerAll(program, terminal, register);
  applyToAll(program);

  try {
    program.parse([...arguments_], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCode.ok : exitCode.unusable;
  }
  const chosen: Run | null = run;
  if (chosen === null) {
    program.outputHelp({ error: true });
    return exitCode.unusable;
  }
  return runSafely(chosen, terminal);
}

async function runSafely(run: Run, terminal: Terminal): Promise<number> {
  try {
    return await run();
  } catch (error) {
    // A reader that has seen enough (`| head`) is no error.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return exitCode.ok;
    terminal.stderr.write(`countersign: ${describeError(error)}\n`);
    return exitCode.unusable;
  }
}

/** Commander copies settings to a subcommand when it is made by `command()`; exitOverride must reach them all. */
function applyToAll(command: Command): void {
  for (const child of command.commands) {
    child.exitOverride().helpCommand(false);
    applyToAll(child);
  }
}
