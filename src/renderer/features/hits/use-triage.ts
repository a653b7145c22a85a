import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';

import { type ApiError, invoke } from '../../api/client.ts';
import { noteSessionError } from '../../api/session.ts';
import { useHeldWindow } from '../../components/use-held-window.ts';
import type { HitState, ReasonCode } from '../../../core/features/supervision/model.ts';
import type { LoggedDecision, Verdict } from './decision-log.ts';
import { createHitDetails } from './hit-details.ts';
import { type HitQuery, searchFromQuery } from './hit-filter.ts';
import { type HitRow, createRows } from './hit-rows.ts';
import { useSessionDecisions } from './session-decisions.ts';
import { type TriageQueue, idsToPrefetch, isOpen, nextOpenIndex } from './triage-queue.ts';

type HitId = HitRow['id'];

/** The hits of a query in their order, frozen: what others decide meanwhile doesn't move them. */
export function useTriageQueue(query: HitQuery) {
  const address = searchFromQuery(query).toString();
  return useQuery<TriageQueue<HitId>, ApiError>({
    // Not of the family `hits`: a change of any hit would fetch 100,000 ids again.
    queryKey: ['triage', address],
    gcTime: 0,
    // After an unlock or a lost connection everything is asked for again; this would lose the reviewer's place.
    staleTime: 'static',
    queryFn: async () => {
      const { ids, total } = await invoke('supervision.hitIds', query);
      const { states } = query.filter;
      if (states?.length === 1 && states[0] === 'open') return { ids, total, openAtStart: new Set(ids) };
      if (states !== null && !states.includes('open')) return { ids, total, openAtStart: new Set() };
      const open = await invoke('supervision.hitIds', {
        ...query,
        filter: { ...query.filter, states: ['open'] },
      });
      return { ids, total, openAtStart: new Set(open.ids) };
    },
  });
}

interface TriageEvents {
  failed(decision: LoggedDecision, error: unknown, step: 'decide' | 'undo'): void;
}

/** Five hits are at hand before they are asked for: at three decisions a second that leaves 1.6 s to fetch one. */
const ahead = 5;

/** Where the reviewer is in the queue, what was decided, and the details around. */
export function useTriage(queue: TriageQueue<HitId>, start: number, events: TriageEvents) {
  const client = useQueryClient();
  const [index, setIndex] = useState(start);
  const [stores] = useState(() => {
    const rows = createRows<HitRow>(
      (ids) => invoke('supervision.hitRows', { ids }),
      (error) => noteSessionError(client, error),
    );
    const details = createHitDetails(async (id) => {
      const detail = await invoke('supervision.hit', { id, context: 10 });
      rows.put([detail.hit]);
      return detail;
    });
    return { rows, details };
  });
  const { rows, details } = stores;
  const log = useSessionDecisions({
    saved(hits) {
      rows.put(hits);
      for (const hit of hits) details.drop(hit.id);
    },
    failed: events.failed,
  });
  const changes = useSyncExternalStore(log.subscribe, log.changes);
  const pending = useSyncExternalStore(log.subscribe, log.pending);
  useSyncExternalStore(details.subscribe, details.version);

  const wanted = useMemo(() => idsToPrefetch(queue, changes, index, ahead), [queue, changes, index]);
  useEffect(() => details.want(wanted), [details, wanted]);
  // Closing the window now would lose the decisions that are still on their way.
  useHeldWindow(pending > 0);

  const id = queue.ids[index];
  const stateOf = (of: HitId): HitState =>
    changes.get(of) ?? rows.get(of)?.state ?? (isOpen(queue, changes, of) ? 'open' : 'dismissed');

  return {
    index,
    id,
    detail: id === undefined ? undefined : details.get(id),
    error: id === undefined ? undefined : details.error(id),
    rows,
    changes,
    pending,
    stateOf,
    canUndo: log.canUndo(),
    go(to: number) {
      setIndex(Math.min(queue.ids.length - 1, Math.max(0, to)));
    },
    retry: () => details.want(id === undefined ? [] : [id]),
    /** Decides the current hit and goes on to the next undecided one; answers its index, null when none is left. */
    decide(verdict: Verdict, extra: { reasonCode: ReasonCode | null; note: string }): number | null {
      if (id === undefined) return null;
      log.decide([id], verdict, stateOf, extra);
      const next = nextOpenIndex(queue, log.changes(), index);
      if (next !== null) setIndex(next);
      return next;
    },
    /** Takes the last decision back and returns to its hit, where that is in this list. */
    undo(): { readonly decision: LoggedDecision; readonly listed: boolean } | null {
      const undone = log.undo();
      if (undone === null) return null;
      const [first] = undone.hitIds;
      const at = first === undefined ? -1 : queue.ids.indexOf(first);
      if (at >= 0) setIndex(at);
      return { decision: undone, listed: at >= 0 };
    },
  };
}
