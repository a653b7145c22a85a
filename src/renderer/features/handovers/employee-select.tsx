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
  /** A userid that can't be chosen here. */
  readonly without?: string | null;
  readonly disabled?: boolean;
  readonly status?: 'error';
  readonly onChange: (userid: string | null) => void;
}

/**
 * One employee, found by name, userid or branch. A userid that no feed has named yet can be typed in full. Only what has the typed words
 * is offered, whatever is chosen now and however late the answer is: Enter takes the first.
 */
export function EmployeeSelect({
  id,
  label,
  value,
  knownAs,
  without = null,
  disabled = false,
  status,
  onChange,
}: EmployeeSelectProps) {
  const { t } = useTranslation('handovers');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = typed.trim();
  const query = useSettled(wanted);
  const found = useProcedure('handovers.employees', { query }, { keepPrevious: true });
  const options = (found.data ?? [])
    .filter((employee) => employee.userid !== without && hasWords(employee, wanted))
    .map((employee) => ({
      value: employee.userid,
      label: `${employeeWithBranch(employee)} (${employee.userid})`,
    }));
  const known = (userid: string) => options.some((option) => option.value === userid);
  if (wanted === '' && value !== null && !known(value))
    options.unshift({ value, label: chosen ?? knownAs ?? value });
  // Only once everybody who has the words is in the list: Enter must not make a name into a userid.
  const answered = found.isSuccess && !found.isPlaceholderData && query === wanted;
  if (answered && wanted !== '' && wanted !== without && !known(wanted))
    options.push({ value: wanted, label: t('open.asUserid', { userid: wanted }) });
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
      notFoundContent={t(answered ? 'open.nobodyFound' : 'open.searching')}
      onChange={(userid: string | undefined) => {
        setChosen(options.find((option) => option.value === userid)?.label ?? null);
        onChange(userid ?? null);
      }}
    />
  );
}

/** As the host looks for them, among those of the answer before while the next is on its way. */
function hasWords(
  { userid, name, branch }: { readonly userid: string; readonly name: string; readonly branch: string },
  wanted: string,
): boolean {
  const text = [userid, name, branch].join('\n').toLowerCase();
  return text.includes(wanted.toLowerCase());
}
