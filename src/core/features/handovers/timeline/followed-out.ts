import type { HandoverFinding } from '../model.ts';
import {
  type SignCase,
  type SourcedFact,
  factEvidence,
  finding,
  grown,
  isInside,
  isNear,
  messageEvidence,
  shown,
  stretchOf,
} from './case.ts';
import { divertedCustomers, isRefusal, isUnfollow } from './detect-facts.ts';
import { dayAt } from './window.ts';

/** So many customers leave a manager in a quarter without anybody's doing. */
const fewLeft = 5;

/** Customers who were led elsewhere and then left or refused the taker, one by one; and all others who left, together. */
export function detectFollowedOut(one: SignCase): HandoverFinding[] {
  const diverted = divertedCustomers(one);
  const followed = new Map<string, HandoverFinding>();
  const others: SourcedFact[] = [];
  for (const fact of one.facts) {
    const { item, at } = fact;
    if (item === null || !isInside(at, one) || !(isUnfollow(fact) || isRefusal(fact))) continue;
    const led = diverted.get(item);
    // Where only the day is known, it may be later on that day.
    const after = led !== undefined && at + (fact.wholeDay ? 86_400_000 : 0) > led.message.at;
    if (!after) {
      if (isUnfollow(fact) && isNear(at, one)) others.push(fact);
      continue;
    }
    if (followed.has(item)) continue;
    const left = isUnfollow(fact);
    followed.set(
      item,
      finding({
        kind: 'followed-out',
        about: item,
        at,
        score: (left ? 75 : 65) - (led.inGroup ? 20 : 0),
        values: {
          who: one.nameOf(item) || item,
          words: shown(led.words),
          said: dayAt(led.message.at, one.window),
          day: dayAt(at, one.window),
          how: left ? 'left' : 'refused',
        },
        evidence: [messageEvidence(led.message, led.excerpt, one), factEvidence(fact)],
      }),
    );
  }
  return [
    ...followed.values(),
    ...customersLeft(
      others.filter(({ item }) => !followed.has(item ?? '')),
      one,
    ),
  ];
}

function customersLeft(left: readonly SourcedFact[], one: SignCase): HandoverFinding[] {
  const count = new Set(left.map(({ item }) => item)).size;
  const first = left[0];
  if (first === undefined || count < fewLeft) return [];
  return [
    finding({
      kind: 'customers-left',
      at: first.at,
      score: grown(10, 6, count / fewLeft, 45),
      values: { count, ...stretchOf(left, one) },
      evidence: left.map(factEvidence),
    }),
  ];
}
