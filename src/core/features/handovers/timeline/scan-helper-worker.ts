import { parentPort, workerData } from 'node:worker_threads';

import { openDatabase } from '../../../platform/database/connection.ts';
import { prepareHandoverMessages } from '../../../platform/database/sqlite/handover-messages.ts';
import { createSignReaders } from './readers.ts';
import type { ScanHelperAnswer, ScanHelperStart } from './scan-protocol.ts';
import { scanPart } from './scan.ts';

// Reads a part of a leaver's conversations beside the handover worker, which reads the others meanwhile.

const { database, resources, subject, conversations } = workerData as ScanHelperStart;
const connection = openDatabase(database, { readonly: true });
try {
  const readers = await createSignReaders({ resources })();
  const answer: ScanHelperAnswer = scanPart(
    prepareHandoverMessages(connection),
    readers,
    subject,
    conversations,
  );
  parentPort?.postMessage(answer);
} finally {
  await connection.close();
}
