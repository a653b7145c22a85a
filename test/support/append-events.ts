import { workerData } from 'node:worker_threads';

import { recordAudit, systemActor } from '../../src/core/features/audit/index.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';

// A worker thread that appends events with a connection of its own, as a job does.

const { file, name, count } = workerData as { file: string; name: string; count: number };
const connection = openDatabase(file);
for (let index = 0; index < count; index += 1) {
  await connection.query.transaction().execute((writer) =>
    recordAudit(writer, systemClock, systemActor, {
      action: `${name}.${index}`,
      recordKind: 'test',
      recordId: name,
    }),
  );
}
await connection.close();
