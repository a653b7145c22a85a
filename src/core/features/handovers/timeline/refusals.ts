import type { SourcedFact } from './case.ts';
import { isRefusal } from './detect-facts.ts';

const dayLength = 86_400_000;

/**
 * The records of customers who refused a taker, one for each refusal. transfer_fail tells of it as it happens, and every transfer_result
 * that is asked for afterwards says it again, until the customer is handed over anew (W/96333, W/96361): where both tell of one, it is the
 * event, which has the time. Facts come in order of time.
 */
export function refusalsOnce(facts: readonly SourcedFact[]): ReadonlySet<SourcedFact> {
  const refusals = facts.filter((fact) => isRefusal(fact) && fact.item !== null);
  const refused = new Set(refusals.map(({ item }) => item));
  const starts = Map.groupBy(
    facts.filter(({ kind, item }) => kind === 'transfer-start' && refused.has(item)),
    ({ item }) => item,
  );
  const told = new Map<string, SourcedFact[]>();
  const isEvent = ({ kind }: SourcedFact) => kind === 'contact-event';
  for (const fact of [
    ...refusals.filter((each) => isEvent(each)),
    ...refusals.filter((each) => !isEvent(each)),
  ]) {
    // Of what is known by the day only, the day may have begun before the start.
    const until = fact.wholeDay ? fact.at + dayLength - 1 : fact.at;
    const attempt = (starts.get(fact.item) ?? []).filter(({ at }) => at <= until).length;
    const key = `${attempt} ${fact.item}`;
    const known = told.get(key) ?? [];
    told.set(key, known);
    if (isEvent(fact) || !known.some((other) => mayBeSame(other.taker, fact.taker))) known.push(fact);
  }
  return new Set([...told.values()].flat());
}

/** A record that names no taker may mean any. */
function mayBeSame(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}
