import { useEffect, useRef, useState } from 'react';

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
  const starting = useRef(false);

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
    else if (starting.current) early.current.push(event.batch);
  });

  const start = async (input: ProcedureInput<'archive.search'>) => {
    current.current = null;
    early.current = [];
    starting.current = true;
    setState({ ...idle, status: 'running', text: input.text.trim() });
    try {
      const { searchId } = await invoke('archive.search', input);
      current.current = searchId;
      for (const batch of early.current) if (batch.searchId === searchId) take(batch);
    } catch (thrown) {
      setState({ ...idle, status: 'failed', text: input.text, error: toApiError(thrown) });
    } finally {
      starting.current = false;
      early.current = [];
    }
  };
  const cancel = () => {
    const searchId = current.current;
    setState((before) => (before.status === 'running' ? { ...before, status: 'cancelled' } : before));
    current.current = null;
    if (searchId !== null) invoke('archive.cancelSearch', { searchId }).catch(() => undefined);
  };
  useEffect(
    () => () => {
      const searchId = current.current;
      if (searchId !== null) invoke('archive.cancelSearch', { searchId }).catch(() => undefined);
    },
    [],
  );
  return { state, start, cancel, clear: () => setState(idle) };
}
