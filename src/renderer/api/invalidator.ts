import type { QueryClient } from '@tanstack/react-query';

import type { ChangedTopic } from '../../core/contract/events.ts';
import { familiesOf } from './families.ts';

/**
 * At most one refetch in this time, in milliseconds: eight reviewers at three decisions a second would otherwise ask for
 * 100,000 ids again 24 times a second, each time throwing away the answer that is under way.
 */
const gathering = 500;

/** Refetches what is on screen of the topics that changed and marks the rest stale: the first at once, then in batches. */
export function createInvalidator(client: QueryClient) {
  let gathered = new Set<ChangedTopic>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (gathered.size === 0) return;
    const topics = [...gathered];
    gathered = new Set();
    for (const family of familiesOf(topics)) void client.invalidateQueries({ queryKey: [family] });
    timer = setTimeout(flush, gathering);
  };
  return {
    add(topics: readonly ChangedTopic[]): void {
      for (const topic of topics) gathered.add(topic);
      if (timer === undefined) flush();
    },
    stop: () => clearTimeout(timer),
  };
}
