// Every entry point starts here, before it loads anything else. better-sqlite3 crashes under Node 20, so an entry point
// never goes on with a Node that is too old: it runs again under the project's own Node 24 (an optional dependency), or
// says in one line what to do. Entry points import nothing else at their top, since an old Node may not even load it; this
// file itself loads under Node 14.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** 24.2 is the first with `import.meta.main`; type stripping came before it. */
const oldest = [24, 2];

/** A child that was told with the rest of its group has ended by then, or is still closing its files. */
const toldByGroupMilliseconds = 500;

/** @param {string} version */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

function ownNode() {
  const windows = process.platform === 'win32';
  const folder = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const path = `../node_modules/${folder}/bin/node${windows ? '.exe' : ''}`;
  const file = fileURLToPath(new URL(path, import.meta.url));
  return existsSync(file) ? file : null;
}

/**
 * `await` it: resolves where this process is new enough. Otherwise runs the same command under the project's own Node,
 * passes signals on to it, exits with its code, and never resolves.
 * @returns {Promise<void>}
 */
export async function requireNode() {
  if (isNewEnough(process.versions.node)) return;
  const own = ownNode();
  if (own === null || process.env.COUNTERSIGN_NODE_CHECKED === '1') {
    process.stderr.write(
      `Countersign needs Node ${oldest.join('.')} or newer, and this is ${process.versions.node}: run "npm ci" in the project's folder, or install Node ${oldest[0]}.\n`,
    );
    process.exit(2);
  }
  const child = spawn(own, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, COUNTERSIGN_NODE_CHECKED: '1' },
  });
  passSignals(child);
  await new Promise(() => {
    child.on('error', (error) => {
      process.stderr.write(`Countersign could not run its own Node: ${error.message}\n`);
      process.exit(2);
    });
    child.on('exit', exitLike);
  });
}

/**
 * Lets a child process end in its own time: signals are handed on, and Ctrl-C, which a terminal sends to both, does not
 * end this process before the child has closed its files.
 * @param {import('node:child_process').ChildProcess} child
 */
export function passSignals(child) {
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => {
    if (process.stdin.isTTY) return;
    // A signal to the whole group has reached the child by itself. One more, while the child ends and Node has let go of its
    // handlers, would kill it: only a child that is still there a moment later was not told.
    const timer = setTimeout(() => child.kill('SIGINT'), toldByGroupMilliseconds);
    child.once('exit', () => clearTimeout(timer));
  });
}

/**
 * Ends this process as its child ended: with its code, or 128 and the signal's number as a shell does.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitLike(code, signal) {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
  process.exit(code ?? 128 + (numbers[signal] ?? 0));
}
