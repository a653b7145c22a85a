import type { SheetQuery } from '../protocol.ts';
import type { ContinuityFilter } from './assess.ts';
import type { ContinuityView } from './contract.ts';

export interface ContinuityQuestions {
  continuity: {
    readonly request: {
      readonly query: SheetQuery;
      readonly workingDays: number;
      readonly filter: ContinuityFilter;
    };
    readonly answer: ContinuityView;
  };
}
