import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import { invoke } from '../../api/client.ts';

type Page = ProcedureOutput<'materials.list'>;
export type MaterialRow = Page['materials'][number];
type Asked = Pick<ProcedureInput<'materials.list'>, 'filter' | 'sort'>;

const pageSize = 100;

/** The materials that a filter lets through, page after page as the reader comes near the end of the last one. */
export function useMaterialPages(asked: Asked) {
  const query = useInfiniteQuery({
    queryKey: ['materials', 'materials.list', asked],
    queryFn: ({ pageParam }): Promise<Page> =>
      invoke('materials.list', { ...asked, after: pageParam, limit: pageSize }),
    initialPageParam: null as Page['next'],
    getNextPageParam: (last: Page) => last.next,
    placeholderData: keepPreviousData,
  });
  const pages = query.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.materials);
  return {
    rows,
    total: pages[0]?.total ?? null,
    error: query.error,
    waiting: query.isPending,
    retry: () => void query.refetch(),
    /** The last row on screen: the next page is fetched before it is needed. */
    show(last: number) {
      if (last > rows.length - pageSize / 2 && query.hasNextPage && !query.isFetchingNextPage)
        void query.fetchNextPage();
    },
  };
}
