import type { DatabaseConnection } from '../../platform/database/connection.ts';
import type { AnswerOf, QuestionKind, RequestOf } from './protocol.ts';

/** What the handlers of the worker are made from. */
export interface WorkerContext {
  /** Only reads. */
  readonly connection: DatabaseConnection;
  /** The folder of starter packs and other files that ship with the app. */
  readonly resources: string;
}

export type HandlerTable = {
  readonly [Kind in QuestionKind]: (request: RequestOf<Kind>) => Promise<AnswerOf<Kind>>;
};
