import type { ContinuityQuestions } from './continuity/questions.ts';
import type { EvidenceQuestions } from './evidence/questions.ts';
import type { RecordQuestions } from './record/questions.ts';
import type { ReportQuestions } from './report/questions.ts';
import type { SheetQuestions } from './sheet/questions.ts';
import type { SigningQuestions } from './signing/questions.ts';
import type { SignQuestions } from './timeline/questions.ts';

export type { SheetQuery, WholeSheet } from './sheet/questions.ts';

// What crosses between the application's thread and the one that works out sheets, timelines, promises and continuity. A part of
// the feature adds what it is asked as an interface of its own here (sheet/questions.ts is one), and its handlers to the table in
// handover-worker.ts. All of it is copied between threads: plain values only.

export interface HandoverWorkerStart {
  readonly database: string;
  readonly resources: string;
}

export type HandoverQuestions = RecordQuestions &
  ReportQuestions &
  SheetQuestions &
  EvidenceQuestions &
  SigningQuestions &
  SignQuestions &
  ContinuityQuestions;

export type QuestionKind = keyof HandoverQuestions;
export type RequestOf<Kind extends QuestionKind> = HandoverQuestions[Kind]['request'];
export type AnswerOf<Kind extends QuestionKind> = HandoverQuestions[Kind]['answer'];
