import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { exitLike, passSignals } from '../node-version.mjs';
import { ensureBuilt } from './build.ts';
import { fetchElectron, findElectron, hasDisplay } from './electron-binary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A window that closes itself with an error this soon has never been usable: a library or a kernel feature is missing. */
const stillbornMilliseconds = 5_000;

type Window = { readonly program: string } | { readonly reason: string };

/** Electron's program, or the reason why there can be no window. */
async function findWindow(): Promise<Window> {
  if (!hasDisplay()) return { reason: 'there is no display' };
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    return { reason: "root can't run it in its sandbox; start as an ordinary user for the window" };
  }
  const present = findElectron();
  if (present !== null) return { program: present };
  process.stderr.write('Fetching the window program (once)…\n');
  const fetched = await fetchElectron();
  return fetched === null ? { reason: "Electron's binary could not be downloaded" } : { program: fetched };
}

/** Electron and Chromium talk to the terminal of things that concern nobody; our own log lines are JSON. */
function passOwnLines(stream: Readable): void {
  createInterface({ input: stream }).on('line', (line) => {
    if (line.startsWith('{') || line.startsWith('countersign:')) process.stderr.write(`${line}\n`);
  });
}

/** Runs the window until it is closed. Resolves false where it never came up. */
function runWindow(program: string): Promise<boolean> {
  const startedAt = performance.now();
  const environment = { ...process.env };
  delete environment['ELECTRON_RUN_AS_NODE'];
  return new Promise((resolve) => {
    const child = spawn(program, [root], { stdio: ['ignore', 'inherit', 'pipe'], env: environment });
    passOwnLines(child.stderr);
    passSignals(child);
    child.on('error', () => resolve(false));
    child.on('exit', (code, signal) => {
      if (code !== 0 && signal !== 'SIGTERM' && performance.now() - startedAt < stillbornMilliseconds)
        resolve(false);
      else exitLike(code, signal);
    });
  });
}

function runServer(): void {
  const program = join(root, 'out', 'main', 'server.js');
  const child = spawn(process.execPath, [program, ...(hasDisplay() ? ['--open'] : [])], { stdio: 'inherit' });
  passSignals(child);
  child.on('exit', exitLike);
}

function runDevelopment(): void {
  const program = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const child = spawn(process.execPath, [program, 'dev'], { cwd: root, stdio: 'inherit' });
  passSignals(child);
  child.on('exit', exitLike);
}

/** Runs the app as the command line's words ask. Throws an Error to show. */
export async function start(): Promise<void> {
  const { values } = parseArgs({ options: { dev: { type: 'boolean' }, browser: { type: 'boolean' } } });
  const window = values.browser ? { reason: 'you asked for the browser' } : await findWindow();
  if (values.dev && 'program' in window) {
    runDevelopment();
    return;
  }
  await ensureBuilt();
  let reason = 'Electron could not start on this machine';
  if ('reason' in window) reason = window.reason;
  else if (await runWindow(window.program)) return;
  process.stdout.write(`No window, because ${reason}: Countersign runs in the browser instead.\n`);
  runServer();
}
