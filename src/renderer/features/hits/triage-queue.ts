import type { HitState } from '../../../core/features/supervision/model.ts';

/**
 * The order of hits that a reviewer walks through, frozen when triage starts: rows that change state stay where they
 * are, so that `k` leads back to what was just decided.
 */
export interface TriageQueue<Id extends number = number> {
  readonly ids: readonly Id[];
  /** How many there are in all: more than `ids` where the list is cut. */
  readonly total: number;
  /** Those that were undecided when triage started. */
  readonly openAtStart: ReadonlySet<number>;
}

/** States that this reviewer gave in this session, over what the server said at the start. */
export type StateChanges = ReadonlyMap<number, HitState>;

export function isOpen(queue: TriageQueue, changes: StateChanges, id: number): boolean {
  const changed = changes.get(id);
  return changed === undefined ? queue.openAtStart.has(id) : changed === 'open';
}

/** The next undecided hit after `index`, going round once; null when none is left. */
export function nextOpenIndex(queue: TriageQueue, changes: StateChanges, index: number): number | null {
  const count = queue.ids.length;
  for (let step = 1; step <= count; step++) {
    const candidate = (index + step) % count;
    const id = queue.ids[candidate];
    if (id !== undefined && isOpen(queue, changes, id)) return candidate;
  }
  return null;
}

/** How many still wait. */
export function openCount(queue: TriageQueue, changes: StateChanges): number {
  let count = queue.openAtStart.size;
  for (const [id, state] of changes) {
    if (queue.openAtStart.has(id)) count -= state === 'open' ? 0 : 1;
    // Taken back from another list, it is not one of these.
    else if (state === 'open' && queue.ids.includes(id)) count += 1;
  }
  return count;
}

/** The ids to have at hand: the one at `index`, then `ahead` more that come next, and the one before. */
export function idsToPrefetch<Id extends number>(
  queue: TriageQueue<Id>,
  changes: StateChanges,
  index: number,
  ahead: number,
): readonly Id[] {
  const wanted: Id[] = [];
  const add = (at: number) => {
    const id = queue.ids[at];
    if (id !== undefined && !wanted.includes(id)) wanted.push(id);
  };
  add(index);
  let open: number | null = index;
  for (let step = 0; step < ahead; step++) {
    open = open === null ? null : nextOpenIndex(queue, changes, open);
    if (open !== null) add(open);
    // `j` goes to the neighbour, decided or not.
    if (step < 2) add(index + step + 1);
  }
  add(index - 1);
  return wanted;
}
