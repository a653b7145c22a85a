import { systemClock } from '../../src/core/platform/clock.ts';
import { openWorkspace } from '../../src/core/platform/workspace.ts';
import { AppError } from '../../src/core/contract/errors.ts';

// A process that opens a workspace and keeps it, or says why it can't.

const [directory = '', mode = 'exclusive'] = process.argv.slice(2);
try {
  const workspace = await openWorkspace(directory, {
    mode: mode === 'shared' ? 'shared' : 'exclusive',
    clock: systemClock,
  });
  const row = workspace.connection.handle
    .prepare<[], { count: number }>('SELECT COUNT(*) AS count FROM users')
    .get();
  process.stdout.write(`open ${row?.count ?? '?'} users, writable ${workspace.writable}\n`);
  if (process.argv.includes('--once')) await workspace.close();
  else setInterval(() => {}, 1_000);
} catch (error) {
  process.stdout.write(`${error instanceof AppError ? error.code : String(error)}\n`);
}
