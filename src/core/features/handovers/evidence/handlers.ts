import type { WorkerContext } from '../worker-context.ts';
import type { EvidenceQuestions } from './questions.ts';
import { selectEvidenceFiles } from './repository.ts';

type EvidenceHandlers = {
  readonly [Kind in keyof EvidenceQuestions]: (
    request: EvidenceQuestions[Kind]['request'],
  ) => Promise<EvidenceQuestions[Kind]['answer']>;
};

/** Answers in the worker what a handover rests on: a leaver of 20,000 customers has a hundred thousand facts. */
export function createEvidenceHandlers({ connection }: WorkerContext): EvidenceHandlers {
  return { evidence: ({ leaver }) => selectEvidenceFiles(connection.query, leaver) };
}
