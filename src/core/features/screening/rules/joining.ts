import type { Plan } from './plan.ts';
import { type ScreenerEntry, createResolver, operandsOf } from './references.ts';

/**
 * The entries without which a joined text can't be screened, ascending: those that may be split, rules over messages, and what
 * these refer to.
 */
export function joiningEntries(
  entries: readonly ScreenerEntry[],
  { rules }: Plan,
  { splits, counts }: { readonly splits: readonly boolean[]; readonly counts: readonly boolean[] },
): number[] {
  const taken = new Set(splits.flatMap((own, entry) => (own ? [entry] : [])));
  rules.forEach(({ entry }, rule) => {
    if (counts[rule] === true) taken.add(entry);
  });
  const resolve = createResolver(entries);
  // A set that grows while it is walked through is walked through to its new end.
  for (const entry of taken) {
    const rule = entries[entry]?.options.rule;
    if (rule === null || rule === undefined) continue;
    for (const operand of operandsOf(rule)) {
      const other = operand.kind === 'term' ? resolve(entry, operand.text) : undefined;
      if (other !== undefined) taken.add(other);
    }
  }
  return [...taken].toSorted((a, b) => a - b);
}
