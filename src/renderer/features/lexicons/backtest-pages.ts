import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { invoke } from '../../api/client.ts';
import { usePages } from '../../components/use-pages.ts';

type Answer = ProcedureOutput<'lexicons.backtestTerms'>;
export type BacktestTerm = Answer['terms'][number];

/** What a backtest changed, by entry, the largest change first. */
export function useBacktestTerms(id: ProcedureOutput<'lexicons.backtests'>[number]['id']) {
  const { first, ...pages } = usePages(
    ['lexicons', 'backtestTerms', id],
    100,
    (offset, limit): Promise<Answer> => invoke('lexicons.backtestTerms', { id, offset, limit }),
    ({ terms }) => terms,
  );
  return { ...pages, total: first?.total };
}
