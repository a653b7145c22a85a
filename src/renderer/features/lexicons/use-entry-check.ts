import { useMemo } from 'react';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { EntryOptions } from '../../../core/features/screening/rules/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import { useSettled } from '../../components/use-settled.ts';
import { plainOptions } from './entry-options.ts';
import type { VersionId } from './operand-field.tsx';
import type { Term } from './term-pages.ts';

type Problem = ProcedureOutput<'lexicons.checkDraft'>['problems'][number];
const none: readonly Problem[] = [];

/** What would keep an entry, as it is being edited, from being published: asked of the host while somebody types. */
export function useEntryCheck(
  versionId: VersionId,
  id: Term['id'] | null,
  text: string,
  options: EntryOptions,
  complete: boolean,
): readonly Problem[] {
  // Compared as text: the objects are new at each key.
  const asked = useSettled(JSON.stringify({ text: text.trim(), options }));
  const entry = useMemo(() => {
    const { text: name, options: settled } = JSON.parse(asked) as { text: string; options: EntryOptions };
    return { name, settled, plain: JSON.stringify(settled) === JSON.stringify(plainOptions) };
  }, [asked]);
  const enabled = complete && entry.name !== '' && !entry.plain;
  const answer = useProcedure(
    'lexicons.tryText',
    {
      versionId,
      texts: [''],
      entry: { id, term: { text: entry.name, category: '-', severity: 'info', options: entry.settled } },
    },
    { enabled, keepPrevious: true },
  );
  const problems = answer.data?.problems;
  return useMemo(
    () => (enabled ? (problems ?? none).filter((problem) => problem.entry === entry.name) : none),
    [enabled, problems, entry.name],
  );
}
