import type { PromisesView, PromiseView } from '../promises/contract.ts';
import type { SheetQuery } from '../protocol.ts';
import type { CalendarDay } from '../../../contract/ids.ts';
import type { FindingView, TimelineView } from './contract.ts';

/** A timeline; where nobody said the last day and no record names it, that around the last activity. */
export type TimelineAnswer = Omit<TimelineView, 'id' | 'lastDay' | 'from' | 'to'> & {
  readonly lastDay: CalendarDay | null;
  readonly from: CalendarDay | null;
  readonly to: CalendarDay | null;
};
export type PromisesAnswer = Omit<PromisesView, 'lastDay'> & { readonly lastDay: CalendarDay | null };

export interface SignQuestions {
  /** 0 to 100, of what is not dismissed; null: no last day is known. */
  risk: { readonly request: SheetQuery; readonly answer: number | null };
  timeline: { readonly request: SheetQuery; readonly answer: TimelineAnswer };
  /** A sign, or a finding of procedure of the sheet; null: there is none with this key. */
  finding: {
    readonly request: { readonly query: SheetQuery; readonly key: string };
    readonly answer: FindingView | null;
  };
  promises: { readonly request: SheetQuery; readonly answer: PromisesAnswer };
  promise: {
    readonly request: { readonly query: SheetQuery; readonly key: string };
    readonly answer: PromiseView | null;
  };
}
