import { ReloadOutlined } from '@ant-design/icons';
import { Badge, Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import { DayRange } from '../../components/DayRange.tsx';
import { actionName, recordKindName } from './action-name.ts';
import styles from './audit.module.css';
import { noFilter, type AuditFilterInput } from './use-audit-events.ts';

export interface AuditFiltersProps {
  readonly filter: AuditFilterInput;
  readonly onChange: (filter: AuditFilterInput) => void;
  readonly onRefresh: () => void;
  readonly news: boolean;
}

export function AuditFilters({ filter, onChange, onRefresh, news }: AuditFiltersProps) {
  const { t } = useTranslation('audit');
  const facets = useProcedure('audit.facets', {});
  const set = (change: Partial<AuditFilterInput>) => onChange({ ...filter, ...change });

  return (
    <div role="search" aria-label={t('filters')} className={styles['filters']}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('user')}
        aria-label={t('user')}
        value={filter.userId}
        onChange={(userId: string | undefined) => set({ userId: userId ?? null })}
        options={(facets.data?.users ?? []).map((user) => ({
          value: user.id,
          label: `${user.displayName} (${user.userName})`,
        }))}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('action')}
        aria-label={t('action')}
        value={filter.action}
        onChange={(action: string | undefined) => set({ action: action ?? null })}
        options={(facets.data?.actions ?? []).map((action) => ({
          value: action,
          label: actionName(t, action),
        }))}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('recordKind')}
        aria-label={t('recordKind')}
        value={filter.recordKind}
        onChange={(recordKind: string | undefined) => set({ recordKind: recordKind ?? null })}
        options={(facets.data?.recordKinds ?? []).map((kind) => ({
          value: kind,
          label: recordKindName(t, kind),
        }))}
      />
      <Input
        key={filter.recordId ?? ''}
        allowClear
        maxLength={200}
        placeholder={t('recordId')}
        aria-label={t('recordId')}
        defaultValue={filter.recordId ?? ''}
        onPressEnter={(event) => set({ recordId: event.currentTarget.value.trim() || null })}
        onBlur={(event) => set({ recordId: event.currentTarget.value.trim() || null })}
        onClear={() => set({ recordId: null })}
      />
      <DayRange fromLabel={t('from')} toLabel={t('to')} value={filter} onChange={set} />
      <Button
        disabled={Object.values(filter).every((value) => value === null)}
        onClick={() => onChange(noFilter)}
      >
        {t('common:clear')}
      </Button>
      <Badge dot={news}>
        <Button
          icon={<ReloadOutlined />}
          aria-label={news ? t('refreshNews') : t('common:refresh')}
          title={news ? t('refreshNews') : t('common:refresh')}
          onClick={onRefresh}
        />
      </Badge>
    </div>
  );
}
