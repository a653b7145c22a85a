import { CalendarDay } from '../../../contract/ids.ts';
import type { DatabaseConnection } from '../../../platform/database/connection.ts';
import { localDay, momentOf } from '../../calendar/model.ts';
import { selectFactsOfEmployees, selectFactsOfKinds, selectFactsOfLeaver } from '../../feeds/index.ts';
import { type Evidence, sheetKinds } from './balance/index.ts';

/** Kinds whose names and takers stand in their `data`; customers' names stand among the people too. */
const dataOf: ReadonlySet<Evidence['kind']> = new Set(['group', 'live-code', 'task', 'departure']);

/** All facts that a leaver's balance may rest on, in no particular order. */
export function loadFacts(
  connection: DatabaseConnection,
  leaver: string,
  takers: readonly string[],
): readonly Evidence[] {
  const facts: Evidence[] = selectFactsOfLeaver(connection, leaver, [...sheetKinds, 'departure'], {
    ordered: false,
    dataOf,
  });
  // Lists name no items: which ones lack a customer is told from those of everybody who had one.
  const employees = new Set([leaver, ...takers]);
  for (const { kind, employee, taker } of facts) {
    if (kind === 'listed' && employee !== null) employees.add(employee);
    if (taker !== null) employees.add(taker);
  }
  const add = (more: readonly Evidence[]) => {
    for (const fact of more) facts.push(fact);
  };
  // The leaver's own came with the leaver.
  employees.delete(leaver);
  add(selectFactsOfEmployees(connection, [...employees], ['list']));
  add(
    selectFactsOfKinds(connection, ['group-list', 'live-code-list', 'task-list']).filter(
      ({ employee }) => employee === null,
    ),
  );
  return facts;
}

/** The last day that records name: of a departure list, else of the list of unassigned customers. Null: none does. */
export function lastDayOf(facts: readonly Evidence[], leaver: string, timeZone: string): CalendarDay | null {
  const latest = (kind: Evidence['kind']) =>
    facts.reduce<number | null>(
      (last, fact) =>
        fact.kind === kind && fact.employee === leaver && (last === null || fact.at > last) ? fact.at : last,
      null,
    );
  const at = latest('departure') ?? latest('unassigned');
  return at === null ? null : CalendarDay.parse(localDay(at, timeZone));
}

/** The midnight that ends a day. */
export function endOfDay(day: string, timeZone: string): number {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return momentOf(next, 0, timeZone);
}
