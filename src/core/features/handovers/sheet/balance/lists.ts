import { type Evidence, inOrder } from './evidence.ts';
import { type Span, isBefore, spanOf } from './spans.ts';

const none: readonly Evidence[] = [];
const momentOf = ({ at, wholeDay }: Evidence) => `${at}${wholeDay ? 'd' : ''}`;

/** When whose lists were exported: whoever isn't in a list was not there then. */
export class Lists {
  readonly #byEmployee: ReadonlyMap<string | null, readonly Evidence[]>;

  /** Takes facts of one kind of list. */
  constructor(facts: readonly Evidence[]) {
    this.#byEmployee = new Map(
      [...Map.groupBy(facts, (fact) => fact.employee)].map(([employee, lists]) => [
        employee,
        onePerMoment(inOrder(lists)),
      ]),
    );
  }

  /**
   * The employee's lists, of those that cover everybody too, in which the item isn't, in order of time. `present`: the records that
   * name it in some list of that kind.
   */
  without(employee: string, present: readonly Evidence[]): readonly Evidence[] {
    const own = this.#byEmployee.get(employee) ?? none;
    const general = this.#byEmployee.get(null) ?? none;
    if (own.length === 0 && general.length === 0) return none;
    const named = new Set(present.map((fact) => momentOf(fact)));
    const without = [...own, ...general].filter((list) => !named.has(momentOf(list)));
    return general.length === 0 ? without : without.toSorted((one, other) => one.at - other.at);
  }

  /** As `without`, those that are certainly after the span. */
  withoutAfter(employee: string, present: readonly Evidence[], after: Span): readonly Evidence[] {
    return this.without(employee, present).filter((list) => isBefore(after, spanOf(list)));
  }
}

/** Pages of one list are one: the first of them in order stands for it. */
function onePerMoment(facts: readonly Evidence[]): readonly Evidence[] {
  const seen = new Set<string>();
  return facts.filter((fact) => {
    const moment = momentOf(fact);
    if (seen.has(moment)) return false;
    seen.add(moment);
    return true;
  });
}
