import { workerData } from 'node:worker_threads';

import { openDatabase } from '../../platform/database/connection.ts';
import { answerQuestions } from '../../platform/threads/serve.ts';
import { createContinuityHandlers } from './continuity/handlers.ts';
import { createEvidenceHandlers } from './evidence/handlers.ts';
import type { HandoverQuestions, HandoverWorkerStart } from './protocol.ts';
import { createRecordWorkerHandlers } from './record/handlers.ts';
import { createReportHandlers } from './report/handlers.ts';
import { createSheetHandlers } from './sheet/handlers.ts';
import { createSheets } from './sheet/sheets.ts';
import { createSigningHandlers } from './signing/handlers.ts';
import { createSignHandlers } from './timeline/handlers.ts';
import { createSignReaders } from './timeline/readers.ts';
import { createSignSource } from './timeline/signs.ts';
import type { WorkerContext } from './worker-context.ts';

// Works out sheets, timelines, promises and continuity beside the application's thread, one question after another, over a
// connection that only reads. It keeps what it worked out until the workspace's data have changed.

const { database, resources } = workerData as HandoverWorkerStart;
const context: WorkerContext = { connection: openDatabase(database, { readonly: true }), resources };

const readers = createSignReaders(context);
const sheets = createSheets(context.connection);
const signs = createSignHandlers(context, createSignSource(context, readers), {
  procedureOf: async (query) => (await sheets.load(query)).findings,
});
const sheet = createSheetHandlers(context, { sheets, riskOf: signs.risk });

answerQuestions<HandoverQuestions>({
  ...sheet,
  ...signs,
  ...createContinuityHandlers(context, sheet, readers),
  ...createRecordWorkerHandlers(context),
  ...createReportHandlers(context, { ...sheet, ...signs }),
  ...createEvidenceHandlers(context),
  ...createSigningHandlers(context, { ...sheet, ...signs }),
});
