import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import { DayRange } from '../../components/DayRange.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { membersLine } from '../archive/people.ts';
import { PersonSelect } from '../archive/person-select.tsx';
import styles from './hits.module.css';
import type { RunFilterInput } from './run-filter.ts';

/** Which messages: a conversation, a person, a branch, days, kinds. */
export function PartOfArchive({
  filter,
  onChange,
}: {
  readonly filter: RunFilterInput;
  readonly onChange: (filter: RunFilterInput) => void;
}) {
  const { t } = useTranslation('hits');
  const summary = useProcedure('archive.summary', {});
  const [typed, setTyped] = useState('');
  const conversations = useProcedure(
    'archive.conversations',
    { query: useSettled(typed), limit: 50 },
    { keepPrevious: true },
  );
  const set = (change: Partial<RunFilterInput>) => onChange({ ...filter, ...change });
  const { branches = [], kinds = [] } = summary.data ?? {};
  return (
    <div className={styles['scope']} role="group" aria-label={t('scope.part')}>
      <Select
        allowClear
        showSearch={{ filterOption: false, onSearch: setTyped }}
        aria-label={t('scope.conversation')}
        placeholder={t('scope.conversation')}
        value={filter.conversationId}
        onChange={(id: number | null | undefined) => set({ conversationId: id ?? null })}
        options={(conversations.data?.conversations ?? []).map((conversation) => ({
          value: Number(conversation.id),
          label: membersLine(conversation.members, conversation.memberCount, t('common:listSeparator')).names,
        }))}
      />
      <PersonSelect
        label={t('scope.person')}
        personId={filter.personId}
        onChange={(personId) => set({ personId })}
      />
      <Select
        allowClear
        showSearch
        aria-label={t('filter.branch')}
        placeholder={t('filter.branch')}
        value={filter.branch}
        onChange={(branch: string | null | undefined) => set({ branch: branch ?? null })}
        options={branches.map((branch) => ({ value: branch, label: branch }))}
      />
      <DayRange
        fromLabel={t('filter.from')}
        toLabel={t('filter.to')}
        value={filter}
        onChange={({ from, to }) => set({ from, to })}
      />
      <Select
        mode="multiple"
        maxTagCount="responsive"
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('scope.kinds')}
        placeholder={t('scope.kinds')}
        value={filter.kinds ?? []}
        onChange={(chosen) => set({ kinds: chosen.length === 0 ? null : chosen })}
        options={kinds.map((kind) => ({
          value: kind,
          label: t(`archive:kind.${kind}`, { defaultValue: kind }),
        }))}
      />
    </div>
  );
}
