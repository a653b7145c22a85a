import { once } from 'node:events';

import { startServer } from '../../src/server/index.ts';
import { runServer } from '../../src/server/run.ts';

// The server's program, told to stop while it starts: its application is up, and its port is not.
await runServer(async (options) => {
  const told = once(process, 'SIGTERM');
  process.kill(process.pid, 'SIGTERM');
  await told;
  return startServer(options);
});
