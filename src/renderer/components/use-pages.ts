import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';

import type { ApiError } from '../api/client.ts';

/** A long list of which only the pages around the visible rows are loaded. `key` names it in the cache. */
export function usePages<Answer, Row>(
  key: readonly unknown[],
  pageSize: number,
  load: (offset: number, limit: number) => Promise<Answer>,
  rowsOf: (answer: Answer) => readonly Row[],
) {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const from = Math.floor(range.first / pageSize);
  const to = Math.floor(range.last / pageSize);
  // Page 0 tells the total.
  const wanted = useMemo(
    () => [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, index) => from + index)])],
    [from, to],
  );
  const pages = useQueries({
    queries: wanted.map((page) => ({
      queryKey: [...key, page],
      queryFn: (): Promise<Answer> => load(page * pageSize, pageSize),
    })),
  });
  const byPage = new Map(wanted.map((page, index) => [page, pages[index]?.data]));
  const first = pages[0];
  return {
    /** The first page's answer, which tells the total and whatever else holds for all. */
    first: first?.data,
    error: (first?.error ?? null) as ApiError | null,
    retry: () => void first?.refetch(),
    getRow: (index: number): Row | undefined => {
      const answer = byPage.get(Math.floor(index / pageSize));
      return answer === undefined ? undefined : rowsOf(answer)[index % pageSize];
    },
    onVisibleRange: useCallback(
      (firstRow: number, lastRow: number) => {
        setRange((before) =>
          Math.floor(before.first / pageSize) === Math.floor(firstRow / pageSize) &&
          Math.floor(before.last / pageSize) === Math.floor(lastRow / pageSize)
            ? before
            : { first: firstRow, last: lastRow },
        );
      },
      [pageSize],
    ),
  };
}
