import { Command, CommanderError } from 'commander';

import { registerAudit } from './commands/audit.ts';
import { registerCheck } from './commands/check.ts';
import { registerDemo } from './commands/demo.ts';
import { registerHits } from './commands/hits.ts';
import { registerImport } from './commands/import.ts';
import { registerLexicon } from './commands/lexicon.ts';
import { registerScan } from './commands/scan.ts';
import { registerScreen } from './commands/screen.ts';
import { registerServe } from './commands/serve.ts';
import { registerWorkspace } from './commands/workspace.ts';
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
  registerScan(program, terminal, register);
  registerCheck(program, terminal, register);
  registerImport(program, terminal, register);
  registerScreen(program, terminal, register);
  registerHits(program, terminal, register);
  registerLexicon(program, terminal, register);
  registerServe(program, terminal, register);
  registerWorkspace(program, terminal, register);
  registerAudit(program, terminal, register);
  registerDemo(program, terminal, register);
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
