import { parentPort } from 'node:worker_threads';

import { compareContents } from './compare-contents.ts';
import { compareTexts } from './compare-texts.ts';
import type { DiffAnswers, DiffReply, DiffRequest } from './diff-protocol.ts';
import { driftsOf } from './drift.ts';

// Compares beside the application's thread, one request after another. It opens nothing and knows no workspace.

function answer(request: DiffRequest): DiffAnswers[keyof DiffAnswers] {
  switch (request.kind) {
    case 'contents':
      return compareContents(request.question.older, request.question.newer);
    case 'texts':
      return compareTexts(request.question.older, request.question.newer);
    case 'drifts':
      return driftsOf(request.question.content);
  }
}

parentPort?.on('message', (request: DiffRequest) => {
  parentPort?.postMessage({ id: request.id, answer: answer(request) } satisfies DiffReply);
});
