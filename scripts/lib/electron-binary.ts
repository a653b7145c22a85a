// Electron has no install script: its binary is fetched when it is first wanted, from a server that not every machine
// reaches. Used by start.mjs, and by whatever else needs the window.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageFolder = fileURLToPath(new URL('../../node_modules/electron', import.meta.url));
/** A binary is some 120 MB: a minute is enough where a person would wait for it at all. */
const downloadMilliseconds = 60_000;

/** The path of Electron's program, or null where it isn't there. */
export function findElectron(): string | null {
  try {
    const name = readFileSync(join(packageFolder, 'path.txt'), 'utf8');
    const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packageFolder, 'dist');
    const file = join(folder, name);
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/** Fetches the binary, within a bounded time and without a word. Answers its path, or null. */
export async function fetchElectron(patience: number = downloadMilliseconds): Promise<string | null> {
  const program = join(packageFolder, 'install.js');
  if (!existsSync(program)) return null;
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [program], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    child.on('error', () => resolve());
    child.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  return findElectron();
}

/** Whether a window can be shown to anybody. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}
