import type { Entry } from '../screening/rules/model.ts';
import { namedEntries } from './rule-check.ts';

/** Most entries that are looked up for one: a rule of rules that needs more is nobody's work, and each takes memory. */
export const mostNamed = 1_000;

/**
 * An entry, and behind it those that its rule names, those that these name, and so on; at most `most` of those. `select`
 * answers the entries of these texts, leaving out what is not there.
 */
export async function withNamedEntries<Named extends Entry>(
  own: Named,
  select: (texts: readonly string[]) => Promise<readonly Named[]>,
  most = mostNamed,
): Promise<readonly [Named, ...Named[]]> {
  const others: Named[] = [];
  const known = new Set([own.text]);
  const unknownIn = (entries: readonly Named[]) => {
    const names = new Set(entries.flatMap(({ options }) => namedEntries(options.rule)));
    return [...names].filter((name) => !known.has(name)).slice(0, most - known.size + 1);
  };
  for (let wanted = unknownIn([own]); wanted.length > 0;) {
    for (const text of wanted) known.add(text);
    const found = await select(wanted);
    others.push(...found);
    wanted = unknownIn(found);
  }
  return [own, ...others];
}
