import { answerQuestions } from '../../../platform/threads/serve.ts';
import { compareContents } from './compare-contents.ts';
import { compareTexts } from './compare-texts.ts';
import type { DiffQuestions } from './diff-protocol.ts';
import { driftsOf } from './drift.ts';

// Compares beside the application's thread, one request after another. It opens nothing and knows no workspace.

answerQuestions<DiffQuestions>({
  contents: ({ older, newer }) => compareContents(older, newer),
  texts: ({ older, newer }) => compareTexts(older, newer),
  drifts: driftsOf,
});
