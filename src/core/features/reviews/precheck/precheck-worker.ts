import { parentPort, workerData } from 'node:worker_threads';

import { AppError } from '../../../contract/errors.ts';
import { openDatabase } from '../../../platform/database/connection.ts';
import { createEngineLoader } from './load.ts';
import type { PrecheckReply, PrecheckRequest, PrecheckStart } from './protocol.ts';
import { subjectOfMaterial } from './subject.ts';

// Checks materials beside the app's thread, one after another, with a connection that only reads.

const { database } = workerData as PrecheckStart;
const load = createEngineLoader(openDatabase(database, { readonly: true }).query);

async function answer(id: number, request: PrecheckRequest): Promise<PrecheckReply> {
  try {
    const { engine, today } = await load(request.now);
    return { id, findings: engine.check(subjectOfMaterial(request.content, request.documents), today) };
  } catch (error) {
    if (error instanceof AppError) return { id, error: error.toBody() };
    throw error;
  }
}

let last = Promise.resolve();
parentPort?.on('message', ({ id, request }: { id: number; request: PrecheckRequest }) => {
  last = last.then(async () => parentPort?.postMessage(await answer(id, request)));
});
