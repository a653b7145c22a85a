import { Button, Input, Select } from 'antd';
import { useDeferredValue, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { severities } from '../../../core/features/lexicons/model.ts';
import { hitStates } from '../../../core/features/supervision/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import { endOfDay, startOfDay } from '../../format.ts';
import { useFormat, useTimeZone } from '../../use-format.ts';
import { personWithBranch } from '../archive/people.ts';
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
  const timeZone = useTimeZone();
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
      <PersonFilter personId={filter.personId} onChange={(personId) => set({ personId })} />
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
      <span className={styles['dates']}>
        <Input
          type="date"
          aria-label={t('filter.from')}
          value={filter.from === null ? '' : format.date(filter.from)}
          onChange={(event) =>
            set({ from: event.target.value === '' ? null : startOfDay(event.target.value, timeZone) })
          }
        />
        <span aria-hidden="true">–</span>
        <Input
          type="date"
          aria-label={t('filter.to')}
          value={filter.to === null ? '' : format.date(filter.to)}
          onChange={(event) =>
            set({ to: event.target.value === '' ? null : endOfDay(event.target.value, timeZone) })
          }
        />
      </span>
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

/** Wait after the last letter: each search orders up to 100,000 hits anew. */
const typingPause = 250;

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
  if (shown !== text) {
    // The address changed from elsewhere: a saved view, the back button.
    setShown(text);
    setTyped(text);
  }
  const tell = useEffectEvent((value: string) => onChange(value));
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = window.setTimeout(() => tell(typed), typingPause);
    return () => window.clearTimeout(timer);
  }, [typed, text]);
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

function PersonFilter({
  personId,
  onChange,
}: {
  readonly personId: number | null;
  readonly onChange: (id: number | null) => void;
}) {
  const { t } = useTranslation('hits');
  const [typed, setTyped] = useState('');
  const query = useDeferredValue(typed);
  const people = useProcedure('archive.people', { query, limit: 50 }, { keepPrevious: true });
  const options = (people.data ?? []).map((person) => ({
    value: Number(person.id),
    label: personWithBranch(person),
  }));
  if (personId !== null && !options.some((option) => option.value === personId)) {
    options.unshift({ value: personId, label: t('filter.chosenPerson', { id: personId }) });
  }
  return (
    <Select
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      className={styles['filter']}
      aria-label={t('filter.person')}
      placeholder={t('filter.person')}
      value={personId}
      onChange={(id: number | null | undefined) => onChange(id ?? null)}
      options={options}
    />
  );
}
