import { type ClassFigures, type HandoverClass, type SheetRow, outcomes } from '../model.ts';

/** Pieces of evidence that a screen gets of a finding; whoever wants all has the report. */
export const shownEvidence = 200;

type Counts = { -readonly [Name in keyof ClassFigures]: number };

/** A class with nothing in it. */
export function emptyFigures(): Counts {
  return {
    opening: 0,
    takenOver: 0,
    waiting: 0,
    refused: 0,
    takerAtLimit: 0,
    deletedByCustomer: 0,
    deletedByLeaver: 0,
    invalid: 0,
    unexplained: 0,
    conflicts: 0,
    late: 0,
    explained: 0,
  };
}

/** Counts a class's rows. The opening is how many there are, and so the sum of the outcomes: each row has one. */
export function figuresOf(
  rows: readonly Pick<SheetRow, 'id' | 'outcome' | 'conflict' | 'late'>[],
  isExplained: (id: string) => boolean,
): ClassFigures {
  const figures = emptyFigures();
  figures.opening = rows.length;
  for (const row of rows) {
    figures[row.outcome] += 1;
    if (row.conflict) figures.conflicts += 1;
    if (row.late) figures.late += 1;
    if (row.outcome === 'unexplained' && isExplained(row.id)) figures.explained += 1;
  }
  return figures;
}

/** Whether a class balances: a check on ourselves before anything is frozen or printed. */
export function balances(figures: ClassFigures): boolean {
  return figures.opening === outcomes.reduce((sum, outcome) => sum + figures[outcome], 0);
}

/** The same for each class. */
export function perClass<Value>(of: (name: HandoverClass) => Value): Record<HandoverClass, Value> {
  return {
    customers: of('customers'),
    groups: of('groups'),
    liveCodes: of('liveCodes'),
    tasks: of('tasks'),
    materials: of('materials'),
    cases: of('cases'),
  };
}
