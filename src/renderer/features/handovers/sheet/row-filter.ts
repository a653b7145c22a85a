import type { ProcedureInput } from '../../../../core/contract/index.ts';
import { outcomeOf, type SheetPlace } from '../paths.ts';

export type RowFilterInput = ProcedureInput<'handovers.rows'>['filter'];

/** The condition that a number of the sheet stands for, with the words that are looked for. */
export function rowFilterInput(place: SheetPlace, query: string): RowFilterInput {
  const outcome = outcomeOf(place.rows);
  return {
    class: place.class,
    outcomes: outcome === null ? [] : [outcome],
    conflictsOnly: place.rows === 'conflicts',
    lateOnly: place.rows === 'late',
    unexplainedOnly: place.rows === 'unwritten',
    query,
  };
}
