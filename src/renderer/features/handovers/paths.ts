import type { HandoverId } from '../../../core/contract/ids.ts';
import {
  type HandoverClass,
  type Outcome,
  handoverClasses,
  outcomes,
} from '../../../core/features/handovers/model.ts';
import type { Permission } from '../../../core/features/users/model.ts';

const isId = (text: string): text is HandoverId => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

/** The handover that `/handovers/<id>` names; null: the overview. */
export function readHandoverPath(pathname: string): HandoverId | null {
  const id = pathname.split('/')[2] ?? '';
  return isId(id) ? id : null;
}

export const handoverTabs = ['sheet', 'timeline', 'promises', 'continuity', 'signing', 'evidence'] as const;
export type HandoverTab = (typeof handoverTabs)[number];

/** What a number of the sheet counts: the rows with an outcome, or those with a mark. `opening` is all of them. */
export const rowFilters = ['opening', ...outcomes, 'conflicts', 'late', 'unwritten'] as const;
export type RowFilter = (typeof rowFilters)[number];

/** Which list of the sheet the address names: `?tab=sheet&class=customers&rows=waiting`. */
export interface SheetPlace {
  readonly class: HandoverClass;
  readonly rows: RowFilter;
}

export function readTab(search: URLSearchParams): HandoverTab {
  return handoverTabs.find((tab) => tab === search.get('tab')) ?? 'sheet';
}

export function readSheetPlace(search: URLSearchParams): SheetPlace | null {
  const chosen = handoverClasses.find((each) => each === search.get('class'));
  if (chosen === undefined) return null;
  return { class: chosen, rows: rowFilters.find((each) => each === search.get('rows')) ?? 'opening' };
}

export function tabAddress(id: HandoverId, tab: HandoverTab): string {
  return tab === 'sheet' ? `/handovers/${id}` : `/handovers/${id}?tab=${tab}`;
}

export function sheetAddress(id: HandoverId, place: SheetPlace): string {
  return `/handovers/${id}?class=${place.class}&rows=${place.rows}`;
}

/** Which condition of rows stands behind a number. */
export function outcomeOf(rows: RowFilter): Outcome | null {
  return outcomes.find((outcome) => outcome === rows) ?? null;
}

/** Where what lies in this app is dealt with, and who may go there; null for what lies in WeCom. */
export function recordOf(
  itemClass: HandoverClass,
  id: string,
): { readonly path: string; readonly permission: Permission } | null {
  if (itemClass === 'materials') return { path: `/materials/${id}`, permission: 'materials:read' };
  if (itemClass !== 'cases') return null;
  const [kind = '', own = ''] = id.split(':');
  switch (kind) {
    case 'hit':
      return { path: `/hits/triage?hit=${own}`, permission: 'hits:read' };
    case 'finding':
      return { path: '/findings', permission: 'hits:read' };
    case 'review':
      return { path: `/reviews/${own}`, permission: 'materials:read' };
    default:
      return null;
  }
}
