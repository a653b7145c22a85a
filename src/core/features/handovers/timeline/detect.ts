import type { HandoverFinding } from '../model.ts';
import type { SignCase } from './case.ts';
import { detectInFacts } from './detect-facts.ts';
import { detectInMessages } from './detect-messages.ts';
import { detectFollowedOut } from './followed-out.ts';

/**
 * All signs that customers are carried away, the strongest first. A pure function of what the archive and the feeds show: the
 * same in whatever order they were imported.
 */
export function detectSigns(one: SignCase): HandoverFinding[] {
  return [...detectInMessages(one), ...detectInFacts(one), ...detectFollowedOut(one)].toSorted(
    (a, b) => b.score - a.score || (a.at ?? 0) - (b.at ?? 0) || (a.key < b.key ? -1 : 1),
  );
}
