import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import { invoke } from '../../api/client.ts';
import { usePages } from '../../components/use-pages.ts';

type Page = ProcedureOutput<'lexicons.terms'>;
export type Term = Page['terms'][number];
export type TermFilter = Pick<
  ProcedureInput<'lexicons.terms'>,
  'versionId' | 'query' | 'category' | 'severity'
>;

export const pageSize = 200;

/** The terms of a version that a filter lets through. */
export function useTermPages(filter: TermFilter) {
  const { first, ...pages } = usePages(
    ['lexicons', 'terms', filter],
    pageSize,
    (offset, limit): Promise<Page> => invoke('lexicons.terms', { ...filter, offset, limit }),
    ({ terms }) => terms,
  );
  return { ...pages, total: first?.total, categories: first?.categories ?? [] };
}
