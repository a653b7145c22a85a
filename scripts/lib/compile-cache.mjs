// Half of a short command's time goes into compiling what it loads. Node can keep what it compiled; by its own choice in the
// folder for temporary files, where others may write, and what lies there is run. So it is kept in the user's own folder.
import { mkdir, stat } from 'node:fs/promises';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Keeps compiled code in `~/.cache/countersign/compiled`, also of threads. Does without where that can't be. */
export async function keepCompiled() {
  if (process.env.NODE_COMPILE_CACHE !== undefined || process.env.NODE_DISABLE_COMPILE_CACHE === '1') return;
  const base = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(base, 'countersign', 'compiled');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = await stat(folder);
    const own = process.getuid === undefined || uid === process.getuid();
    if (!own || (process.platform !== 'win32' && (mode & 0o022) !== 0)) return;
    module.enableCompileCache(folder);
    // Threads ask for it by this.
    process.env.NODE_COMPILE_CACHE = folder;
  } catch {
    // A read-only home: everything works as before, only slower.
  }
}
