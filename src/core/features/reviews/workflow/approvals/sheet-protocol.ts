import type { Milliseconds } from '../../../../contract/ids.ts';
import type { Language } from '../../../../contract/language.ts';
import type { ApprovalView } from './contract.ts';

/** What a sheet is made from; crosses to the thread by structured clone. */
export interface SheetRequest {
  readonly approval: ApprovalView;
  readonly language: Language;
  readonly timeZone: string;
  readonly workspaceTitle: string;
  readonly printedAt: Milliseconds;
}
