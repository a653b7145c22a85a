import { workerData } from 'node:worker_threads';

import { openDatabase } from '../../../platform/database/connection.ts';
import { answerQuestions } from '../../../platform/threads/serve.ts';
import { createEngineLoader } from './load.ts';
import type { PrecheckQuestions, PrecheckStart } from './protocol.ts';
import { subjectOfMaterial } from './subject.ts';

// Checks materials beside the app's thread, one after another, with a connection that only reads.

const { database } = workerData as PrecheckStart;
const load = createEngineLoader(openDatabase(database, { readonly: true }).query);

answerQuestions<PrecheckQuestions>({
  async check({ content, documents, now }) {
    const { engine, today } = await load(now);
    return engine.check(subjectOfMaterial(content, documents), today);
  },
});
