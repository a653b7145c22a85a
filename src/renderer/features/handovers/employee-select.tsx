import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import { useSettled } from '../../components/use-settled.ts';
import { employeeWithBranch } from './names.ts';

export interface EmployeeSelectProps {
  readonly id?: string;
  readonly label?: string;
  /** A userid. */
  readonly value: string | null;
  /** The name that goes with `value`, where it is known before anybody searches. */
  readonly knownAs?: string;
  readonly disabled?: boolean;
  readonly status?: 'error';
  readonly onChange: (userid: string | null) => void;
}

/** One employee, found by name, userid or branch. A userid that no feed has named yet can be typed in full. */
export function EmployeeSelect({
  id,
  label,
  value,
  knownAs,
  disabled = false,
  status,
  onChange,
}: EmployeeSelectProps) {
  const { t } = useTranslation('handovers');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const query = useSettled(typed.trim());
  const found = useProcedure('handovers.employees', { query }, { keepPrevious: true });
  const options = (found.data ?? []).map((employee) => ({
    value: employee.userid,
    label: `${employeeWithBranch(employee)} (${employee.userid})`,
  }));
  const known = (userid: string) => options.some((option) => option.value === userid);
  if (value !== null && !known(value)) options.unshift({ value, label: chosen ?? knownAs ?? value });
  const unknown = typed.trim();
  if (unknown !== '' && !known(unknown))
    options.push({ value: unknown, label: t('open.asUserid', { userid: unknown }) });
  return (
    <Select<string>
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(status === undefined ? {} : { status })}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      disabled={disabled}
      placeholder={t('open.chooseEmployee')}
      value={value}
      options={options}
      notFoundContent={t(found.isPending ? 'open.searching' : 'open.nobodyFound')}
      onChange={(userid: string | undefined) => {
        setChosen(options.find((option) => option.value === userid)?.label ?? null);
        onChange(userid ?? null);
      }}
    />
  );
}
