import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';

import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import { invoke } from '../../api/client.ts';
import { useErrorToast } from '../../components/use-error-toast.ts';

export type FindingRow = ProcedureOutput<'findings.rows'>[number];
export type FindingId = FindingRow['id'];
export type Verdict = ProcedureInput<'findings.decide'>['decision'];
type DispositionId = ProcedureOutput<'findings.decide'>['dispositionIds'][number];

/** Decides findings one at a time and takes back what this screen decided, the newest first. */
export function useFindingDecisions(saved: (rows: readonly FindingRow[]) => void) {
  const client = useQueryClient();
  const showError = useErrorToast();
  const [made, setMade] = useState<readonly (readonly DispositionId[])[]>([]);
  const [busy, setBusy] = useState(false);

  async function run(work: () => Promise<readonly FindingRow[]>): Promise<readonly FindingRow[] | null> {
    setBusy(true);
    try {
      const rows = await work();
      saved(rows);
      void client.invalidateQueries({ queryKey: ['findings'] });
      return rows;
    } catch (error) {
      showError(error);
      return null;
    } finally {
      setBusy(false);
    }
  }

  return {
    busy,
    canUndo: made.length > 0,
    decide: (input: ProcedureInput<'findings.decide'>) =>
      run(async () => {
        const { findings, dispositionIds } = await invoke('findings.decide', input);
        setMade((before) => [...before, dispositionIds]);
        return findings;
      }),
    async undo() {
      const last = made.at(-1);
      if (last === undefined) return null;
      setMade((before) => before.slice(0, -1));
      return run(async () => (await invoke('findings.undo', { dispositionIds: [...last] })).findings);
    },
  };
}
