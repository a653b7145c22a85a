import type { ProcedureInput, ProcedureOutput } from '../../../../core/contract/index.ts';
import { invoke } from '../../../api/client.ts';
import { usePages } from '../../../components/use-pages.ts';
import type { RowFilterInput } from './row-filter.ts';

export type RowsAnswer = ProcedureOutput<'handovers.rows'>;
export type SheetRow = RowsAnswer['rows'][number];
type Target = ProcedureInput<'handovers.rows'>['target'];

/** Two screens of rows: what a page of the keyboard moves to is there or on its way. */
const pageSize = 100;

/** The rows behind a number, of which only those around the visible ones are loaded. */
export function useRows(target: Target, filter: RowFilterInput) {
  return usePages(
    ['handovers', 'handovers.rows', { target, filter }],
    pageSize,
    (offset, limit): Promise<RowsAnswer> => invoke('handovers.rows', { target, filter, offset, limit }),
    ({ rows }) => rows,
  );
}
