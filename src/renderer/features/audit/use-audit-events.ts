import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { invoke, type ApiError } from '../../api/client.ts';
import { useAppEvents } from '../../api/hooks.ts';
import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import type { AuditEventView } from '../../../core/features/audit/contract.ts';

export type AuditFilterInput = Required<NonNullable<ProcedureInput<'audit.list'>['filter']>>;

export const noFilter: AuditFilterInput = {
  userId: null,
  action: null,
  recordKind: null,
  recordId: null,
  from: null,
  to: null,
};

const pageSize = 200;
/** Grey rows below the last one that is loaded, so that one can scroll on while the next page comes. */
const ahead = 20;

export interface AuditEvents {
  readonly rowCount: number;
  readonly total: number | null;
  readonly loading: boolean;
  readonly error: ApiError | null;
  /** True when events came that the list doesn't show yet. */
  readonly news: boolean;
  readonly get: (index: number) => AuditEventView | undefined;
  /** Loads on when the last row shown comes near the end. */
  readonly show: (first: number, last: number) => void;
  readonly refresh: () => void;
}

/**
 * The log page by page, newest first. New events wait behind "refresh": a list that moves under the reader's eyes, or
 * that reads all its pages again at every event, is worse than one that is a minute old.
 */
export function useAuditEvents(filter: AuditFilterInput): AuditEvents {
  const client = useQueryClient();
  const [news, setNews] = useState(false);
  // Its own family: `changed` events must not refetch every page that was read.
  const queryKey = ['audit-pages', filter];
  const query = useInfiniteQuery<
    ProcedureOutput<'audit.list'>,
    ApiError,
    { pages: ProcedureOutput<'audit.list'>[] },
    typeof queryKey,
    number | null
  >({
    queryKey,
    initialPageParam: null,
    queryFn: ({ pageParam }) => invoke('audit.list', { filter, before: pageParam, limit: pageSize }),
    getNextPageParam: (page) => (page.more ? (page.events.at(-1)?.sequence ?? null) : null),
    gcTime: 0,
  });
  useAppEvents((event) => {
    if (event.type === 'changed') setNews(true);
  });

  const pages = query.data?.pages ?? [];
  const loaded = pages.reduce((sum, page) => sum + page.events.length, 0);
  return {
    rowCount: query.hasNextPage ? loaded + ahead : loaded,
    total: pages[0]?.total ?? null,
    loading: query.isPending,
    error: query.data ? null : query.error,
    news,
    // Every page but the last is full.
    get: (index) => pages[Math.floor(index / pageSize)]?.events[index % pageSize],
    show(_first, last) {
      if (last >= loaded - ahead && query.hasNextPage && !query.isFetchingNextPage)
        void query.fetchNextPage();
    },
    refresh() {
      setNews(false);
      void client.resetQueries({ queryKey });
    },
  };
}
