import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { UserId } from '../../../core/contract/ids.ts';
import { useProcedure } from '../../api/hooks.ts';

export interface AccountSelectProps {
  readonly id?: string;
  readonly label?: string;
  readonly value: UserId | null;
  /** What goes with `value` where the account is no longer active and so not in the list. */
  readonly knownAs?: string;
  readonly placeholder?: string;
  readonly onChange: (account: UserId | null) => void;
}

/** An account of this app, with which a party signs. */
export function AccountSelect({ id, label, value, knownAs, placeholder, onChange }: AccountSelectProps) {
  const { t } = useTranslation('handovers');
  const accounts = useProcedure('handovers.accounts', {});
  const options = (accounts.data ?? []).map((account) => ({
    value: account.userId,
    label: [account.displayName, account.branch, `(${account.userName})`]
      .filter((part) => part !== '')
      .join(' '),
  }));
  if (value !== null && accounts.data !== undefined && !options.some((option) => option.value === value))
    options.unshift({ value, label: knownAs ?? t('open.goneAccount') });
  return (
    <Select<UserId>
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={accounts.isPending}
      placeholder={placeholder ?? t('open.noAccount')}
      value={value}
      options={options}
      onChange={(account: UserId | undefined) => onChange(account ?? null)}
    />
  );
}
