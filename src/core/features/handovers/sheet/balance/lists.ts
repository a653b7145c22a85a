import { type Evidence, inOrder } from './evidence.ts';
import { type Span, isBefore, momentKey, spanOf } from './spans.ts';

const none: readonly Evidence[] = [];

/** When whose lists were exported: whoever isn't in a list was not there then. */
export class Lists {
  readonly #byEmployee: ReadonlyMap<string | null, readonly Evidence[]>;
  /** The moments of those that name something of the leaver's, once somebody asks. */
  #covering: ReadonlySet<string> | null = null;
  readonly #ofLeaver: readonly Evidence[];

  /** Takes facts of one kind of list, and the records of what is or was the leaver's in them. */
  constructor(facts: readonly Evidence[], ofLeaver: readonly Evidence[]) {
    this.#ofLeaver = ofLeaver;
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
    const named = new Set(present.map((fact) => momentKey(fact)));
    const without = [...own, ...general].filter((list) => !named.has(momentKey(list)));
    return general.length === 0 ? without : without.toSorted((one, other) => one.at - other.at);
  }

  /**
   * As `without`, but of the lists that cover everybody only those that name something that is or was the employee's: banks export by
   * branch, and a list of another branch lacks it whoever has it.
   */
  withoutCovering(employee: string, present: readonly Evidence[]): readonly Evidence[] {
    const covering = (this.#covering ??= new Set(this.#ofLeaver.map((fact) => momentKey(fact))));
    return this.without(employee, present).filter(
      (list) => list.employee !== null || covering.has(momentKey(list)),
    );
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
    const moment = momentKey(fact);
    if (seen.has(moment)) return false;
    seen.add(moment);
    return true;
  });
}
