import { Select } from 'antd';
import { useState } from 'react';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useProcedure } from '../../api/hooks.ts';
import { useSettled } from '../../components/use-settled.ts';
import { markedWrong } from './field-error.tsx';

/** Picks another entry of the same version by its text. */
export function EntryPicker({
  id,
  label,
  versionId,
  value,
  without,
  onChange,
  errorId,
}: {
  readonly id: string;
  readonly label: string;
  readonly versionId: ProcedureOutput<'lexicons.versions'>[number]['id'];
  readonly value: string;
  /** The entry that asks: a rule can't be made of itself. */
  readonly without: string;
  readonly onChange: (text: string) => void;
  readonly errorId: string | undefined;
}) {
  const [typed, setTyped] = useState('');
  const found = useProcedure(
    'lexicons.terms',
    { versionId, query: useSettled(typed.trim()), limit: 50 },
    { keepPrevious: true },
  );
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={value === '' ? null : value}
      onChange={(text: string | null) => onChange(text ?? '')}
      {...markedWrong(errorId)}
      options={(found.data?.terms ?? [])
        .filter(({ text }) => text !== without)
        .map(({ text, category }) => ({ value: text, label: `${text} · ${category}` }))}
      style={{ width: '100%' }}
    />
  );
}
