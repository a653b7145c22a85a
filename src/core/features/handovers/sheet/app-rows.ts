import type { MaterialState } from '../../reviews/material/model.ts';
import type { RowSource, SheetRow } from '../model.ts';
import type { CaseRow, MaterialRow, ReviewRow } from './app-repository.ts';
import { compareTexts } from './balance/index.ts';
import type { AssignmentRow } from './repository.ts';

// Materials and cases lie in this app: they pass by being assigned here, and need nobody once they are retired or decided.

/** How a material has ended; null: somebody in this app has to go on with it. */
function endOf(state: MaterialState): 'rejected' | 'expired' | 'withdrawn' | 'retired' | null {
  switch (state) {
    case 'draft':
    case 'in-review':
    case 'returned':
    case 'approved':
      return null;
    case 'rejected':
    case 'expired':
    case 'withdrawn':
    case 'retired':
      return state;
  }
}

export type Assignments = ReadonlyMap<string, AssignmentRow>;

const source = (
  says: string,
  by: string | null,
  at: RowSource['at'],
  employee: string | null = null,
): RowSource => ({
  type: 'app',
  says,
  by: by ?? '',
  employee,
  at,
});

type AppVerdict = Pick<SheetRow, 'outcome' | 'why' | 'whyValue' | 'taker' | 'at'>;

function rowOf(id: string, name: string, verdict: AppVerdict, sources: readonly RowSource[]): SheetRow {
  return {
    id,
    name,
    ...verdict,
    conflict: false,
    late: false,
    sources: sources.toSorted((one, other) => one.at - other.at),
  };
}

function assigned(assignment: AssignmentRow | undefined): AppVerdict | null {
  if (assignment === undefined || assignment.taker === null) return null;
  return { outcome: 'takenOver', why: 'assigned', whyValue: '', taker: assignment.taker, at: assignment.at };
}

function assignmentSource(assignment: AssignmentRow | undefined): readonly RowSource[] {
  if (assignment === undefined || assignment.taker === null) return [];
  return [source('assigned', assignment.by, assignment.at, assignment.taker)];
}

/**
 * The materials that the leaver's account has made: drafts, those under review, and approved ones. What is retired, rejected or has
 * run out needs nobody; where it was so before the opening it isn't part of it.
 */
export function materialRows(
  materials: readonly MaterialRow[],
  assignments: Assignments,
  openingAt: number | null,
): readonly SheetRow[] {
  return materials
    .flatMap((material) => {
      const { id, state, updated_at, retired_at } = material;
      const end = endOf(state);
      const open = end === null || (end !== 'retired' && material.draft_differs === 1);
      const endedAt =
        retired_at ?? (end === 'rejected' ? updated_at : (material.approval_ended_at ?? updated_at));
      if (!open && (openingAt === null || endedAt < openingAt)) return [];
      const assignment = assignments.get(id);
      const sources = [source('material-created', material.created_by, material.created_at)];
      if (!open) sources.push(source(`material-${end}`, material.retired_by ?? '', endedAt));
      sources.push(...assignmentSource(assignment));
      const verdict: AppVerdict =
        assigned(assignment) ??
        (open
          ? { outcome: 'unexplained', why: 'not-assigned', whyValue: '', taker: null, at: null }
          : { outcome: 'invalid', why: `material-${end}`, whyValue: '', taker: null, at: endedAt });
      return [rowOf(id, material.title, verdict, sources)];
    })
    .toSorted((one, other) => compareTexts(one.id, other.id));
}

/**
 * Hits and findings on the leaver's messages that nobody has decided, and reviews that wait for the leaver. What has been decided since,
 * or waits for somebody else, needs nobody; where it was so before the opening it isn't part of it.
 */
export function caseRows(
  cases: readonly CaseRow[],
  reviews: readonly ReviewRow[],
  assignments: Assignments,
  openingAt: number | null,
): readonly SheetRow[] {
  const rows: SheetRow[] = [];
  for (const { id, name, state, arose_at, decided_at, decided_by } of cases) {
    const open = state === 'open' || state === 'escalated';
    if (!open && (openingAt === null || decided_at === null || decided_at < openingAt)) continue;
    const assignment = assignments.get(id);
    const kind = id.startsWith('hit:') ? 'hit' : 'finding';
    const sources = [source(`case-${kind}`, '', arose_at)];
    if (decided_at !== null) sources.push(source(`case-${state}`, decided_by, decided_at));
    sources.push(...assignmentSource(assignment));
    const verdict: AppVerdict =
      assigned(assignment) ??
      (open
        ? { outcome: 'unexplained', why: `case-${kind}-open`, whyValue: '', taker: null, at: null }
        : { outcome: 'invalid', why: 'case-decided', whyValue: '', taker: null, at: decided_at });
    rows.push(rowOf(id, name, verdict, sources));
  }
  for (const review of reviews) {
    const id = `review:${review.id}`;
    const { released_at } = review;
    if (released_at !== null && (openingAt === null || released_at < openingAt)) continue;
    const assignment = assignments.get(id);
    const asked = released_at === null ? (review.stage_opened_at ?? review.opened_at) : review.opened_at;
    const sources = [source('case-review', review.submitted_by, asked)];
    if (released_at !== null) sources.push(source('case-review-over', '', released_at));
    sources.push(...assignmentSource(assignment));
    const verdict: AppVerdict =
      assigned(assignment) ??
      (released_at === null
        ? { outcome: 'unexplained', why: 'case-review-open', whyValue: '', taker: null, at: null }
        : { outcome: 'invalid', why: 'case-review-over', whyValue: '', taker: null, at: released_at });
    rows.push(rowOf(id, review.name, verdict, sources));
  }
  return rows.toSorted((one, other) => compareTexts(one.id, other.id));
}
