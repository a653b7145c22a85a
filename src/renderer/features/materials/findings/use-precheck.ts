import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { MaterialId } from '../../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import type { MaterialContent } from '../../../../core/features/reviews/material/contract.ts';
import { type ApiError, invoke } from '../../../api/client.ts';
import { useSettled } from '../../../components/use-settled.ts';

type Findings = ProcedureOutput<'materials.precheck'>['findings'];

const none: Findings = [];

/** What the pre-check says of the content as it stands on screen, asked again at each pause in the typing. */
export function usePrecheck(materialId: MaterialId, content: MaterialContent) {
  const settled = useSettled(content);
  const [count, setCount] = useState(0);
  const query = useQuery<{ readonly findings: Findings; readonly content: MaterialContent }, ApiError>({
    queryKey: ['materials', 'materials.precheck', materialId, settled, count],
    queryFn: async () => ({
      findings: (await invoke('materials.precheck', { id: materialId, content: settled })).findings,
      content: settled,
    }),
    placeholderData: keepPreviousData,
    // Each content is asked once; its answers are of no use when it has changed.
    gcTime: 0,
    retry: false,
  });
  return {
    findings: query.data?.findings ?? none,
    /** What the findings' places are in. */
    content: query.data?.content ?? null,
    checking: query.isFetching || settled !== content,
    error: query.error,
    retry: () => setCount(count + 1),
  };
}
