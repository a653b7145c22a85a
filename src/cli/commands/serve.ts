import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { type Command, InvalidArgumentError } from 'commander';

import { AppError } from '../../core/contract/errors.ts';
import { rendererDirectory, serverEntry } from '../environment.ts';
import type { Run } from '../index.ts';
import { type Terminal, exitCode } from '../output.ts';

interface ServeOptions {
  readonly workspace: string;
  readonly port: number;
}

const defaultPort = 8377;

export function registerServe(program: Command, _terminal: Terminal, register: (run: Run) => void): void {
  program
    .command('serve')
    .description('Serve a workspace to browsers on this computer, until Ctrl-C.')
    .requiredOption('--workspace <dir>', 'the workspace')
    .option('--port <number>', 'the port on 127.0.0.1; 0 takes a free one', parsePort, defaultPort)
    .addHelpText(
      'after',
      '\nUsers sign in with their own accounts. Only this computer can reach the address.',
    )
    .action((options: ServeOptions) => register(() => serve(options)));
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
  }
  return port;
}

/** Runs the server as a process of its own: hosts don't import each other. */
async function serve(options: ServeOptions): Promise<number> {
  if (!existsSync(join(rendererDirectory(), 'index.html'))) {
    throw new AppError(
      'not-found',
      'The screens are not built yet: run "npm run build" once, then serve again.',
    );
  }
  const server = spawn(
    process.execPath,
    [serverEntry(), '--workspace', resolve(options.workspace), '--port', String(options.port)],
    { stdio: 'inherit' },
  );
  // A signal to this process alone must not leave the server behind. A terminal's Ctrl-C reaches both, which the server
  // takes for one.
  const forward = (signal: NodeJS.Signals) => void server.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, forward);
  try {
    const [code] = await once(server, 'exit');
    // No code: it was killed.
    return typeof code === 'number' ? code : exitCode.unusable;
  } finally {
    for (const signal of signals) process.removeListener(signal, forward);
  }
}
