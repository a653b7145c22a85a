import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'out', 'build.json');
const lock = join(root, '.cache', 'build.lock');
const sources = ['src', 'resources', 'electron.vite.config.ts', 'package-lock.json'];
const products = ['out/main/index.js', 'out/main/server.js', 'out/main/cli.js', 'out/renderer/index.html'];

/** The latest change below a path; a folder's own time tells of files that were deleted. */
async function latestChange(path: string): Promise<number> {
  const facts = await stat(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  let latest = facts.mtimeMs;
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (/\.test\.tsx?$/.test(entry.name)) continue;
    latest = Math.max(latest, await latestChange(join(path, entry.name)));
  }
  return latest;
}

/** Whether the build lacks a file, or something changed since it began. */
export async function isStale(): Promise<boolean> {
  if (products.some((file) => !existsSync(join(root, file)))) return true;
  // No stamp: the last build failed, or was none of ours.
  const { startedAt }: { startedAt: number } = JSON.parse(
    await readFile(stamp, 'utf8').catch(() => '{"startedAt":0}'),
  );
  for (const path of sources) {
    if (existsSync(join(root, path)) && (await latestChange(join(root, path))) > startedAt) return true;
  }
  return false;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** One build at a time: the app and the tests may both find the build stale. */
async function withLock(work: () => Promise<void>): Promise<void> {
  await mkdir(dirname(lock), { recursive: true });
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
      // An empty file: its writer is between creating and writing it.
      if (holder !== 0 && !isAlive(holder)) await rm(lock, { force: true });
      else await pause(200);
    }
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Resolves with null, or with what the build printed when it failed. */
function runBuild(): Promise<string | null> {
  const program = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    const printed: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code === 0 ? null : Buffer.concat(printed).toString()));
  });
}

async function buildLocked(): Promise<void> {
  const startedAt = Date.now();
  await rm(stamp, { force: true });
  const failure = await runBuild();
  if (failure !== null) throw new Error(`The build failed:\n${failure}`);
  await writeFile(stamp, JSON.stringify({ startedAt }));
}

/** Builds when the build is missing or older than its sources. Throws an Error with the build's output. */
export async function ensureBuilt(): Promise<void> {
  if (!(await isStale())) return;
  await withLock(async () => {
    // Whoever held the lock may have built it.
    if (!(await isStale())) return;
    process.stderr.write('Building Countersign (once, until the sources change)…\n');
    await buildLocked();
  });
}

/** Builds in any case. Throws an Error with the build's output. */
export async function build(): Promise<void> {
  await withLock(buildLocked);
}
