import type { ErrorBody } from '../../contract/errors.ts';
import type { ContinuityQuestions } from './continuity/questions.ts';
import type { EvidenceQuestions } from './evidence/questions.ts';
import type { RecordQuestions } from './record/questions.ts';
import type { ReportQuestions } from './report/questions.ts';
import type { SheetQuestions } from './sheet/questions.ts';
import type { SigningQuestions } from './signing/questions.ts';
import type { SignQuestions } from './timeline/questions.ts';

export type { SheetQuery, WholeSheet } from './sheet/questions.ts';

// What crosses between the application's thread and the one that works out sheets, timelines, promises and continuity. A part of
// the feature adds what it is asked as an interface of its own here (sheet/questions.ts is one), and its handlers to the table in handover-worker.ts.

export interface HandoverWorkerStart {
  readonly database: string;
  readonly resources: string;
}

/** One kind of question: what is asked, and what is answered. Both are copied between threads: plain values only. */
export interface Question {
  readonly request: unknown;
  readonly answer: unknown;
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

/** What crosses to the worker. */
export interface HandoverRequest<Kind extends QuestionKind = QuestionKind> {
  readonly id: number;
  readonly kind: Kind;
  readonly request: RequestOf<Kind>;
}

export type HandoverReply =
  | { readonly id: number; readonly answer: AnswerOf<QuestionKind> }
  | { readonly id: number; readonly error: ErrorBody }
  /** A mistake of ours; the error's name only: a message may quote what somebody wrote. */
  | { readonly id: number; readonly failed: string };
