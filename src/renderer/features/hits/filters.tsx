import { Button, Input, Select } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { severities } from '../../../core/features/lexicons/model.ts';
import { hitStates } from '../../../core/features/supervision/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import { DayRange } from '../../components/DayRange.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { useFormat } from '../../use-format.ts';
import { PersonSelect } from '../archive/person-select.tsx';
import { type FilterInput, conditionCount, defaultQuery } from './hit-filter.ts';
import styles from './hits.module.css';

interface FiltersProps {
  readonly filter: FilterInput;
  readonly onChange: (filter: FilterInput) => void;
}

function orNull<T>(values: T[]): T[] | null {
  return values.length === 0 ? null : values;
}

/** Everything that narrows the list of hits. The address holds it, so that a link leads to the same list. */
export function HitFilters({ filter, onChange }: FiltersProps) {
  const { t } = useTranslation('hits');
  const format = useFormat();
  const facets = useProcedure('supervision.facets', {});
  const set = (change: Partial<FilterInput>) => onChange({ ...filter, ...change });
  const counted = (counts: readonly { key: string; count: number }[] | undefined) =>
    (counts ?? []).map(({ key, count }) => ({ value: key, label: `${key} (${format.number(count)})` }));
  return (
    <div className={styles['filters']} role="search" aria-label={t('filter.label')}>
      <Select
        mode="multiple"
        maxTagCount="responsive"
        className={styles['filter']}
        aria-label={t('filter.state')}
        placeholder={t('filter.anyState')}
        value={filter.states ?? []}
        onChange={(states) => set({ states: orNull(states) })}
        options={hitStates.map((state) => ({ value: state, label: t(`common:state.${state}`) }))}
      />
      <Select
        mode="multiple"
        maxTagCount="responsive"
        className={styles['filter']}
        aria-label={t('filter.severity')}
        placeholder={t('filter.severity')}
        value={filter.severities ?? []}
        onChange={(chosen) => set({ severities: orNull(chosen) })}
        options={severities
          .toReversed()
          .map((name) => ({ value: name, label: t(`common:severity.${name}`) }))}
      />
      <Select
        mode="multiple"
        maxTagCount="responsive"
        className={styles['filter']}
        aria-label={t('filter.category')}
        placeholder={t('filter.category')}
        value={filter.categories ?? []}
        onChange={(categories) => set({ categories: orNull(categories) })}
        options={counted(facets.data?.categories)}
      />
      <Select
        mode="multiple"
        maxTagCount="responsive"
        className={styles['filter']}
        aria-label={t('filter.term')}
        placeholder={t('filter.term')}
        value={filter.terms ?? []}
        onChange={(terms) => set({ terms: orNull(terms) })}
        options={counted(facets.data?.terms)}
      />
      <PersonSelect
        className={styles['filter']}
        label={t('filter.person')}
        personId={filter.personId}
        onChange={(personId) => set({ personId })}
      />
      <Select
        allowClear
        showSearch
        className={styles['filter']}
        aria-label={t('filter.branch')}
        placeholder={t('filter.branch')}
        value={filter.branch}
        onChange={(branch: string | null | undefined) => set({ branch: branch ?? null })}
        options={(facets.data?.branches ?? []).map((branch) => ({ value: branch, label: branch }))}
      />
      <DayRange
        className={styles['days']}
        fromLabel={t('filter.from')}
        toLabel={t('filter.to')}
        value={filter}
        onChange={set}
      />
      <TextFilter text={filter.query} onChange={(query) => set({ query })} />
      {filter.conversationId !== null && (
        <Button size="small" onClick={() => set({ conversationId: null })}>
          {t('filter.oneConversation')} ×
        </Button>
      )}
      {filter.runId !== null && (
        <Button size="small" onClick={() => set({ runId: null })}>
          {t('filter.oneRun')} ×
        </Button>
      )}
      {conditionCount(filter) > 0 && (
        <Button type="link" size="small" onClick={() => onChange(defaultQuery.filter)}>
          {t('filter.reset')}
        </Button>
      )}
    </div>
  );
}

/** Told after a pause: each search orders up to 100,000 hits anew. */
function TextFilter({
  text,
  onChange,
}: {
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const { t } = useTranslation('hits');
  const [typed, setTyped] = useState(text);
  const [shown, setShown] = useState(text);
  const settled = useSettled(typed);
  if (shown !== text) {
    // The address changed from elsewhere: a saved view, the back button.
    setShown(text);
    setTyped(text);
  }
  const tell = useEffectEvent((value: string) => {
    if (value === typed && value !== text) onChange(value);
  });
  useEffect(() => tell(settled), [settled, text]);
  return (
    <Input
      type="search"
      className={styles['filter']}
      aria-label={t('filter.text')}
      placeholder={t('filter.text')}
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
