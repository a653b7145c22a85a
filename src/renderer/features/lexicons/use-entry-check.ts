import { useMemo } from 'react';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { EntryOptions } from '../../../core/features/screening/rules/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import { useSettled } from '../../components/use-settled.ts';
import { plainOptions } from './entry-options.ts';
import { formProblems } from './entry-problems.ts';
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
): readonly Problem[] {
  const entry = useSettled(useMemo(() => ({ name: text.trim(), options }), [text, options]));
  const plain = JSON.stringify(entry.options) === JSON.stringify(plainOptions);
  // Of what settled, not of what stands there now: that is ahead by a moment, and the host refuses what has blanks.
  const complete = useMemo(() => formProblems(entry.options).size === 0, [entry]);
  const enabled = complete && entry.name !== '' && !plain;
  const answer = useProcedure(
    'lexicons.tryText',
    {
      versionId,
      texts: [''],
      entry: { id, term: { text: entry.name, category: '-', severity: 'info', options: entry.options } },
    },
    { enabled, keepPrevious: true },
  );
  const problems = answer.data?.problems;
  return useMemo(
    () => (enabled ? (problems ?? none).filter((problem) => problem.entry === entry.name) : none),
    [enabled, problems, entry.name],
  );
}
