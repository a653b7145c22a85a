import type { Fact, FeedKind } from '../model.ts';
import { type FeedRecord, type Reading, RecordRefusal } from '../records.ts';

/**
 * Makes each item of an answer's list a record. `whole` are the facts that the list as a whole states: they come with its first
 * record, and an empty list is one record of its own. An item that can't be read is refused and leaves the others as they are.
 */
export function readItems(
  items: readonly unknown[],
  feed: FeedKind,
  whole: readonly Fact[],
  read: (item: unknown) => Pick<FeedRecord, 'facts' | 'names'>,
  reading: Reading,
): void {
  let pending = whole;
  for (const item of items) {
    try {
      const { facts, names } = read(item);
      reading.records.push({ feed, facts: pending.length === 0 ? facts : [...pending, ...facts], names });
      pending = [];
    } catch (error) {
      if (!(error instanceof RecordRefusal)) throw error;
      reading.refused.push({ reason: error.reason, detail: error.message, value: item });
    }
  }
  if (pending.length > 0) reading.records.push({ feed, facts: pending, names: [] });
}
