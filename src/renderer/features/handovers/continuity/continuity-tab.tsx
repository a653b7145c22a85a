import { Alert, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import {
  type ContinuityState,
  continuityStates,
} from '../../../../core/features/handovers/continuity/model.ts';
import { continuityTitle } from '../../../../core/features/handovers/timeline/model.ts';
import { invoke } from '../../../api/client.ts';
import { useCan } from '../../../api/hooks.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { useShortcuts } from '../../../components/shortcuts.ts';
import { usePages } from '../../../components/use-pages.ts';
import { useSettled } from '../../../components/use-settled.ts';
import { VirtualTable } from '../../../components/VirtualTable.tsx';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import styles from './continuity.module.css';
import { useContinuityColumns } from './use-continuity-columns.tsx';
import { WeeksTable } from './weeks-table.tsx';

export type ContinuityAnswer = ProcedureOutput<'handovers.continuity'>;
export type ContinuityRow = ContinuityAnswer['rows'][number];

const pageSize = 200;
/** As the contract has it: a week of work. */
const usualDays = 5;

/** Whether the takers reached the customers in time, and what became of them. */
export function ContinuityTab({ handover }: { readonly handover: ProcedureOutput<'handovers.get'> }) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const { language } = usePreferences();
  const navigate = useNavigate();
  const may = useCan();
  const readsArchive = may('archive:read');
  const mayImport = may('archive:import');
  const [workingDays, setWorkingDays] = useState(usualDays);
  const [states, setStates] = useState<readonly ContinuityState[]>([]);
  const [complained, setComplained] = useState(false);
  const [typed, setTyped] = useState('');
  const [current, setCurrent] = useState<number | null>(null);
  const asked = {
    id: handover.id,
    workingDays: useSettled(workingDays),
    states: [...states],
    complained,
    query: useSettled(typed.trim()),
  };
  const { first, ...pages } = usePages(
    ['handovers', 'handovers.continuity', asked],
    pageSize,
    (offset, limit): Promise<ContinuityAnswer> => invoke('handovers.continuity', { ...asked, offset, limit }),
    ({ rows }) => rows,
  );
  const columns = useContinuityColumns(handover);
  const open = (index: number) => {
    const row = pages.getRow(index);
    if (readsArchive && row !== undefined && row.conversationId !== null)
      void navigate(`/archive/${row.conversationId}`);
  };
  const step = (by: number) => {
    if (first !== undefined && first.total > 0)
      setCurrent(Math.min(first.total - 1, Math.max(0, (current ?? -1) + by)));
  };
  useShortcuts([
    { keys: 'j', label: t('rows.key.next'), run: () => step(1) },
    { keys: 'k', label: t('rows.key.previous'), run: () => step(-1) },
    {
      keys: 'o',
      label: t('continuity.open'),
      disabled: current === null || !readsArchive,
      run: () => current !== null && open(current),
    },
  ]);
  if (pages.error) return <ErrorState error={pages.error} onRetry={pages.retry} />;
  if (first === undefined) return <Loading />;
  const { totals } = first;
  if (totals.customers === 0)
    return (
      <EmptyState
        title={t('continuity.empty')}
        description={t('continuity.emptyHint')}
        action={<Link to={`/handovers/${handover.id}`}>{t('continuity.toSheet')}</Link>}
      />
    );
  const toggle = (state: ContinuityState) => {
    setCurrent(null);
    setStates(states.includes(state) ? states.filter((each) => each !== state) : [...states, state]);
  };
  return (
    <div className={styles['continuity']}>
      {first.assumedYears.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={t('continuity.assumed', { years: first.assumedYears.join(t('common:listSeparator')) })}
        />
      )}
      {first.unseenTakers.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('continuity.unseen', {
            takers: first.unseenTakers
              .map(({ id, name }) => (name === '' ? id : name))
              .join(t('common:listSeparator')),
            day: first.lastDay,
          })}
          action={mayImport && <Link to="/imports">{t('continuity.toImports')}</Link>}
        />
      )}
      <div className={styles['figures']} role="group" aria-label={t('continuity.states')}>
        {continuityStates.map((state) => (
          <button
            key={state}
            type="button"
            className={styles['figure']}
            data-urgent={((state === 'missed' || state === 'late') && totals[state] > 0) || undefined}
            aria-pressed={states.includes(state)}
            onClick={() => toggle(state)}
          >
            <strong>{format.number(totals[state])}</strong>
            <span>{continuityTitle(state, language)}</span>
            <span className={styles['quiet']}>{format.percent(totals[state] / totals.customers)}</span>
          </button>
        ))}
      </div>
      <WeeksTable weeks={first.weeks} />
      <div className={styles['filters']} role="search">
        <label className={styles['within']}>
          {t('continuity.within')}
          <InputNumber
            min={1}
            max={60}
            precision={0}
            value={workingDays}
            aria-label={t('continuity.withinLabel')}
            onChange={(value) => setWorkingDays(value ?? usualDays)}
          />
          {t('continuity.workingDays')}
        </label>
        <Select<ContinuityState[]>
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          maxTagCount="responsive"
          aria-label={t('continuity.states')}
          placeholder={t('continuity.anyState')}
          value={[...states]}
          options={continuityStates.map((state) => ({
            value: state,
            label: continuityTitle(state, language),
          }))}
          onChange={(chosen) => {
            setCurrent(null);
            setStates(chosen);
          }}
        />
        <Checkbox checked={complained} onChange={(event) => setComplained(event.target.checked)}>
          {t('continuity.complained', {
            count: totals.complained,
            number: format.number(totals.complained),
          })}
        </Checkbox>
        <Input
          type="search"
          aria-label={t('continuity.find')}
          placeholder={t('continuity.find')}
          value={typed}
          onChange={(event) => {
            setCurrent(null);
            setTyped(event.target.value);
          }}
        />
        <span className={styles['quiet']} role="status">
          {t('rows.total', { count: first.total, number: format.number(first.total) })}
        </span>
      </div>
      {first.total === 0 ? (
        <EmptyState title={t('continuity.none')} description={t('continuity.noneHint')} />
      ) : (
        <div className={styles['list']}>
          <VirtualTable<ContinuityRow>
            label={t('tab.continuity')}
            columns={columns}
            rowCount={first.total}
            getRow={pages.getRow}
            onVisibleRange={pages.onVisibleRange}
            selectedIndex={current}
            onSelect={setCurrent}
            onActivate={open}
          />
        </div>
      )}
    </div>
  );
}
