import { useQueries } from '@tanstack/react-query';

import type { HandoverId } from '../../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { invoke } from '../../../api/client.ts';
import { procedureKey } from '../../../api/hooks.ts';

export type Figures = ProcedureOutput<'handovers.figures'>[number];

/** Asked in one call: the numbers of a large sheet take a second, and those above are shown while it is worked out. */
const perCall = 4;

/** The numbers of these handovers, as they come. */
export function useFigures(ids: readonly HandoverId[]): ReadonlyMap<HandoverId, Figures> {
  const calls = Array.from({ length: Math.ceil(ids.length / perCall) }, (_each, call) =>
    ids.slice(call * perCall, (call + 1) * perCall),
  );
  return useQueries({
    queries: calls.map((wanted) => ({
      queryKey: procedureKey('handovers.figures', { ids: wanted }),
      queryFn: () => invoke('handovers.figures', { ids: wanted }),
    })),
    combine: (answers) =>
      new Map(answers.flatMap(({ data }) => data ?? []).map((figures) => [figures.id, figures])),
  });
}
