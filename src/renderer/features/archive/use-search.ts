import { useCallback, useEffect, useRef, useState } from 'react';

import { type ApiError, invoke, toApiError } from '../../api/client.ts';
import { useAppEvents } from '../../api/hooks.ts';
import type { AppEvent } from '../../../core/contract/events.ts';
import type { ProcedureInput } from '../../../core/contract/index.ts';

type SearchBatch = Extract<AppEvent, { type: 'search' }>['batch'];
export type SearchResult = SearchBatch['results'][number];

export interface SearchState {
  readonly status: 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly text: string;
  readonly results: readonly SearchResult[];
  readonly scanned: number;
  readonly total: number;
  readonly limited: boolean;
  readonly error: ApiError | null;
}

const idle: SearchState = {
  status: 'idle',
  text: '',
  results: [],
  scanned: 0,
  total: 0,
  limited: false,
  error: null,
};

/** A search through the archive's text whose results come in while it runs, newest first. */
export function useSearch() {
  const [state, setState] = useState(idle);
  const current = useRef<SearchBatch['searchId'] | null>(null);
  // Batches can overtake the answer that tells the search's id.
  const early = useRef<SearchBatch[]>([]);
  /** The attempt whose answer is awaited; a later one, a stop or leaving makes it stale. */
  const starting = useRef<object | null>(null);

  const take = (batch: SearchBatch) => {
    setState((before) =>
      before.status === 'running'
        ? {
            ...before,
            results: [...before.results, ...batch.results],
            scanned: batch.scanned,
            total: batch.total,
            limited: batch.limited,
            status: batch.done ? 'done' : 'running',
          }
        : before,
    );
  };
  useAppEvents((event) => {
    if (event.type !== 'search') return;
    if (event.batch.searchId === current.current) take(event.batch);
    else if (starting.current !== null) early.current.push(event.batch);
  });

  const start = async (input: ProcedureInput<'archive.search'>) => {
    const attempt = {};
    current.current = null;
    early.current = [];
    starting.current = attempt;
    setState({ ...idle, status: 'running', text: input.text.trim() });
    try {
      const { searchId } = await invoke('archive.search', input);
      if (starting.current !== attempt) {
        stop(searchId);
        return;
      }
      current.current = searchId;
      for (const batch of early.current) if (batch.searchId === searchId) take(batch);
    } catch (thrown) {
      if (starting.current !== attempt) return;
      setState({ ...idle, status: 'failed', text: input.text, error: toApiError(thrown) });
    }
    starting.current = null;
    early.current = [];
  };
  const abandon = useCallback(() => {
    if (current.current !== null) stop(current.current);
    current.current = null;
    starting.current = null;
    early.current = [];
  }, []);
  const cancel = () => {
    setState((before) => (before.status === 'running' ? { ...before, status: 'cancelled' } : before));
    abandon();
  };
  useEffect(() => abandon, [abandon]);
  return { state, start, cancel };
}

function stop(searchId: SearchBatch['searchId']): void {
  invoke('archive.cancelSearch', { searchId }).catch(() => undefined);
}
