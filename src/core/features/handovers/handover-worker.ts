import { parentPort, workerData } from 'node:worker_threads';

import { AppError } from '../../contract/errors.ts';
import { openDatabase } from '../../platform/database/connection.ts';
import type { HandlerTable, WorkerContext } from './worker-context.ts';
import type { HandoverReply, HandoverRequest, HandoverWorkerStart, QuestionKind } from './protocol.ts';
import { createContinuityHandlers } from './continuity/handlers.ts';
import { createEvidenceHandlers } from './evidence/handlers.ts';
import { createRecordWorkerHandlers } from './record/handlers.ts';
import { createReportHandlers } from './report/handlers.ts';
import { createSheetHandlers } from './sheet/handlers.ts';
import { createSheets } from './sheet/sheets.ts';
import { createSigningHandlers } from './signing/handlers.ts';
import { createSignHandlers } from './timeline/handlers.ts';
import { createSignReaders } from './timeline/readers.ts';
import { createSignSource } from './timeline/signs.ts';

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
/** A handler for each kind of question. */
const handlers: HandlerTable = {
  ...sheet,
  ...signs,
  ...createContinuityHandlers(context, sheet, readers),
  ...createRecordWorkerHandlers(context),
  ...createReportHandlers(context, { ...sheet, ...signs }),
  ...createEvidenceHandlers(context),
  ...createSigningHandlers(context, { ...sheet, ...signs }),
};

async function reply<Kind extends QuestionKind>({
  id,
  kind,
  request,
}: HandoverRequest<Kind>): Promise<HandoverReply> {
  try {
    return { id, answer: await handlers[kind](request) };
  } catch (error) {
    if (error instanceof AppError) return { id, error: error.toBody() };
    // The thread goes on: whoever asks for something else needn't wait for a new one.
    return { id, failed: error instanceof Error ? error.name : 'unknown' };
  }
}

let last = Promise.resolve();
parentPort?.on('message', (request: HandoverRequest) => {
  last = last.then(async () => parentPort?.postMessage(await reply(request)));
});
