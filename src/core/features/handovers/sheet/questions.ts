import type { CalendarDay, HandoverId, Milliseconds, UserId } from '../../../contract/ids.ts';
import type { HandoverClass } from '../model.ts';
import type { HandoverFiguresView } from '../record/contract.ts';
import type { RowFilter, SheetRowView, SheetView } from './contract.ts';

/** Whose sheet is asked for: an opened handover, or a leaver for whom there is none. */
export interface SheetQuery {
  readonly handoverId: HandoverId | null;
  readonly leaver: string;
  /** Null: whoever has the leaver's userid as the user name, if there is such an account. */
  readonly leaverUser: UserId | null;
  /** Null: nobody said it; the records may. */
  readonly lastDay: CalendarDay | null;
  readonly openingDay: CalendarDay | null;
  /** Of the leaver's handover before this one; null: there is none. */
  readonly previousLastDay: CalendarDay | null;
  /** Whether the leaver has a handover after this one. */
  readonly leavesAgain: boolean;
  readonly takers: readonly string[];
  readonly now: Milliseconds;
}

export interface RowPage {
  readonly rows: SheetRowView[];
  readonly total: number;
  readonly names: Record<string, string>;
}

/** The whole sheet, as it is frozen and reported. */
export interface WholeSheet {
  readonly view: SheetView;
  readonly rows: Readonly<Record<HandoverClass, readonly SheetRowView[]>>;
}

export interface SheetQuestions {
  sheet: { readonly request: SheetQuery; readonly answer: SheetView };
  wholeSheet: { readonly request: SheetQuery; readonly answer: WholeSheet };
  rows: {
    readonly request: {
      readonly query: SheetQuery;
      readonly filter: RowFilter;
      readonly offset: number;
      readonly limit: number;
    };
    readonly answer: RowPage;
  };
  rowIds: {
    readonly request: { readonly query: SheetQuery; readonly filter: RowFilter };
    readonly answer: string[];
  };
  figures: { readonly request: readonly SheetQuery[]; readonly answer: Omit<HandoverFiguresView, 'id'>[] };
}
