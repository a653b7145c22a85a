import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import { useSettled } from '../../components/use-settled.ts';
import { personWithBranch } from './people.ts';

export interface PersonSelectProps {
  readonly label: string;
  readonly personId: number | null;
  readonly onChange: (id: number | null) => void;
  readonly className?: string | undefined;
}

/** One person of the archive, found by name, id or branch as one types. */
export function PersonSelect({ label, personId, onChange, className }: PersonSelectProps) {
  const { t } = useTranslation('archive');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<{ readonly value: number; readonly label: string } | null>(null);
  const people = useProcedure(
    'archive.people',
    { query: useSettled(typed), limit: 50 },
    { keepPrevious: true },
  );
  const options = (people.data ?? []).map((person) => ({
    value: Number(person.id),
    label: personWithBranch(person),
  }));
  if (personId !== null && !options.some((option) => option.value === personId)) {
    // An address may name somebody who is not among those listed now.
    options.unshift(
      chosen?.value === personId ? chosen : { value: personId, label: t('chosenPerson', { id: personId }) },
    );
  }
  return (
    <Select
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      {...(className === undefined ? {} : { className })}
      aria-label={label}
      placeholder={label}
      value={personId}
      onChange={(id: number | null | undefined) => {
        setChosen(options.find((option) => option.value === id) ?? null);
        onChange(id ?? null);
      }}
      options={options}
    />
  );
}
