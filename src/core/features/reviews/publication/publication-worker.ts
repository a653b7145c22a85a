import { workerData } from 'node:worker_threads';

import { createBlobStore } from '../../../platform/blobs/index.ts';
import { systemClock } from '../../../platform/clock.ts';
import { openDatabase } from '../../../platform/database/connection.ts';
import { answerQuestions } from '../../../platform/threads/serve.ts';
import { compareTexts } from '../diff/index.ts';
import { createApprovedTexts } from './approved-texts.ts';
import { published } from './judge.ts';
import type { MatchAnswer, MatchQuestions, MatchRequest, MatchStart } from './protocol.ts';

// Looks up published texts beside the application's thread, one after another. Keeps the approved ones' keys in memory, and takes in
// what was approved since with each question.

const { database, blobs } = workerData as MatchStart;
const texts = createApprovedTexts({
  connection: openDatabase(database),
  blobs: createBlobStore(blobs),
  clock: systemClock,
});

async function match({ text, pieces, at }: MatchRequest): Promise<MatchAnswer> {
  await texts.refresh();
  const outcome = texts.settle(texts.judge(published(text, pieces)), at);
  const best = outcome.matches[0];
  if (best === undefined) return { ...outcome, compared: null };
  const approved = texts.textOf(best.text.id);
  return { ...outcome, compared: { approved, diff: compareTexts(approved, text) } };
}

answerQuestions<MatchQuestions>({ match });
