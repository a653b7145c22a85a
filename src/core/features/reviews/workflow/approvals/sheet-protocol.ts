import type { Milliseconds } from '../../../../contract/ids.ts';
import type { ApprovalView } from './contract.ts';
import type { SheetLanguage } from './model.ts';

/** What a sheet is made from; crosses to the thread by structured clone. */
export interface SheetRequest {
  readonly approval: ApprovalView;
  readonly language: SheetLanguage;
  readonly timeZone: string;
  readonly workspaceTitle: string;
  readonly printedAt: Milliseconds;
}
