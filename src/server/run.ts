import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { AppError } from '../core/contract/errors.ts';
import { systemRandom } from '../core/platform/ids.ts';
import { startRemoteApp } from '../core/platform/remote-app.ts';
import type { startServer } from './index.ts';

// The server as a program of its own: `node src/server/index.ts`, `node out/main/server.js`. scripts/start.mjs runs it
// where there is no Electron window, and the command line's `serve` for one workspace.

const usage = `Usage: server [--port N] [--host ADDRESS] [--workspace DIR | --home DIR]

Serves Countersign over HTTP and prints the link to open: it works once, unless a workspace is named, where accounts let in.

  --port N         the port to listen on; without it COUNTERSIGN_PORT, or a free one
  --host ADDRESS   the address to listen on (127.0.0.1)
  --workspace DIR  serve this one workspace
  --open           open the link in the browser
  --home DIR       the folder that holds the workspaces; without it COUNTERSIGN_HOME, or the user's data folder
`;

/** Signals this close together are one key press. */
const sameKeyPressMilliseconds = 2_000;

/** Sources and bundles lie equally deep below the project's folder: src/server/ and out/main/. */
const project = join(import.meta.dirname, '..', '..');

/** Where a user's programs keep their data, by the platform's convention. The desktop window uses the same folder. */
export function defaultHome(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32') {
    return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'countersign', 'workspaces');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'countersign', 'workspaces');
  return join(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'countersign', 'workspaces');
}

/** The port that the text names. Throws an error to show where it names none. */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535))
    throw new AppError('bad-input', `${text} is no port: give a number from 0 to 65535.`);
  return port;
}

/** A port that is taken, or an address that isn't this computer's, in words. */
function explain(error: unknown): string {
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'EADDRINUSE')
      return 'The port is in use. Give another one with --port or COUNTERSIGN_PORT.';
    if (error.code === 'EACCES') return 'This port may not be opened. Give one from 1024 on.';
    if (error.code === 'EADDRNOTAVAIL') return 'The address given with --host is not one of this computer.';
    if (error.code === 'ENOENT')
      return 'The screens are not built. Run "npm run build" in the project\'s folder.';
  }
  return error instanceof Error ? error.message : String(error);
}

async function serve(start: typeof startServer): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      workspace: { type: 'string' },
      home: { type: 'string' },
      open: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const environment = process.env;
  const port = parsePort(values.port ?? environment['COUNTERSIGN_PORT'] ?? '0');
  const { version }: { version: string } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
  const app = await startRemoteApp(
    {
      home:
        values.home ??
        environment['COUNTERSIGN_HOME'] ??
        defaultHome(process.platform, environment, homedir()),
      ...(values.workspace === undefined ? {} : { workspace: values.workspace }),
      resources: join(project, 'resources'),
      version,
      program: 'countersign serve',
    },
    () => {
      process.stderr.write(
        'countersign: the application stopped unexpectedly. Start it again; what was saved is safe.\n',
      );
      process.exit(1);
    },
  );

  let stoppingSince: number | null = null;
  let server: Awaited<ReturnType<typeof startServer>> | null = null;
  const stop = async () => {
    if (stoppingSince !== null) {
      // Another Ctrl-C means: at once. What was acknowledged is on the disk already. One key press may arrive several
      // times, from the terminal and from the processes above this one.
      if (performance.now() - stoppingSince > sameKeyPressMilliseconds) process.exit(130);
      return;
    }
    stoppingSince = performance.now();
    try {
      await server?.close();
    } finally {
      await app.close();
    }
  };
  const stopOrSay = () => stop().catch(fail);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopOrSay());

  try {
    server = await start({
      app,
      rendererDirectory: join(project, 'out', 'renderer'),
      port,
      ...(values.host === undefined ? {} : { host: values.host }),
      // A workspace that is named has accounts already: they are what lets in. Where the first screen can make one, the
      // link sees to it that whoever reaches the port is who started the program.
      accessKey: values.workspace === undefined ? Buffer.from(systemRandom(24)).toString('base64url') : null,
    });
  } catch (error) {
    await app.close();
    throw error;
  }
  // A signal came while it started: what came up must go down too.
  if (stoppingSince !== null) {
    await server.close();
    return;
  }
  const invitation =
    values.workspace === undefined ? 'Open this link, which works once:' : 'Open this address:';
  process.stdout.write(`Countersign is running. ${invitation}\n\n  ${server.link}\n\nCtrl-C stops it.\n`);
  if (values.open) openBrowser(server.link);
}

/**
 * Opens the link in the browser of whoever sits here. Other users could read it from the process list while it starts,
 * but it works only once: whoever used it first would lock the rightful one out, and be noticed.
 */
function openBrowser(link: string): void {
  const [program, ...words] =
    process.platform === 'win32'
      ? (['rundll32', 'url.dll,FileProtocolHandler', link] as const)
      : process.platform === 'darwin'
        ? (['open', link] as const)
        : (['xdg-open', link] as const);
  const child = spawn(program, words, { stdio: 'ignore', detached: true });
  // No such program: the link stands in the terminal.
  child.on('error', () => undefined);
  child.unref();
}

/** Runs until a signal comes; says in one line why it can't, and sets the exit code. */
export async function runServer(start: typeof startServer): Promise<void> {
  try {
    await serve(start);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  process.stderr.write(`countersign: ${explain(error)}\n`);
  process.exitCode = 2;
}
