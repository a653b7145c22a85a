import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';

import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import { type ApiError, invoke } from '../../api/client.ts';

type Page = ProcedureOutput<'lexicons.terms'>;
export type Term = Page['terms'][number];
export type TermFilter = Pick<
  ProcedureInput<'lexicons.terms'>,
  'versionId' | 'query' | 'category' | 'severity'
>;

const pageSize = 200;

/** The terms of a version, of which only the pages around the visible rows are loaded. */
export function useTermPages(filter: TermFilter) {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const from = Math.floor(range.first / pageSize);
  const to = Math.floor(range.last / pageSize);
  // Page 0 tells the total and the categories.
  const wanted = useMemo(
    () => [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, index) => from + index)])],
    [from, to],
  );
  const pages = useQueries({
    queries: wanted.map((page) => ({
      queryKey: ['lexicons', 'terms', filter, page],
      queryFn: (): Promise<Page> =>
        invoke('lexicons.terms', { ...filter, offset: page * pageSize, limit: pageSize }),
    })),
  });
  const byPage = new Map(wanted.map((page, index) => [page, pages[index]?.data]));
  const first = pages[0];
  return {
    total: first?.data?.total,
    categories: first?.data?.categories ?? [],
    error: (first?.error ?? null) as ApiError | null,
    retry: () => void first?.refetch(),
    getRow: (index: number): Term | undefined =>
      byPage.get(Math.floor(index / pageSize))?.terms[index % pageSize],
    onVisibleRange: useCallback((firstRow: number, lastRow: number) => {
      setRange((before) =>
        Math.floor(before.first / pageSize) === Math.floor(firstRow / pageSize) &&
        Math.floor(before.last / pageSize) === Math.floor(lastRow / pageSize)
          ? before
          : { first: firstRow, last: lastRow },
      );
    }, []),
  };
}
