import { Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';

import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import {
  type MaterialType,
  type Risk,
  materialTypes,
  risks,
} from '../../../core/features/reviews/material/model.ts';
import { invoke } from '../../api/client.ts';
import { useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { Page } from '../../components/Page.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { useSettled } from '../../components/use-settled.ts';
import { usePages } from '../../components/use-pages.ts';
import { type VirtualColumn, VirtualTable } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../use-format.ts';
import { DeadlineText } from './deadline-text.tsx';
import { ReviewStateTag } from './review-state-tag.tsx';
import styles from './reviews.module.css';

type Tab = ProcedureInput<'reviews.queue'>['tab'];
type Page_ = ProcedureOutput<'reviews.queue'>;
type Row = Page_['rows'][number];

const tabs = ['mine', 'overdue', 'waiting', 'all', 'done'] as const satisfies readonly Tab[];

/** Deadlines pass while somebody looks. */
const clockStep = 30_000;

/** What waits, for whom, since when and until when; the next deadline first. */
export function ReviewQueue() {
  const { t } = useTranslation('reviews');
  const format = useFormat();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const tab: Tab = tabs.find((each) => each === search.get('tab')) ?? 'mine';
  const [typed, setTyped] = useState('');
  const [types, setTypes] = useState<MaterialType[]>([]);
  const [chosenRisks, setRisks] = useState<Risk[]>([]);
  const [selected, setSelected] = useState<number | null>(null);
  const [now, setNow] = useState(() => Date.now());
  const text = useSettled(typed.trim());
  const filter = { text, types, risks: chosenRisks };
  const counts = useProcedure('reviews.counts', {});
  const { first, ...pages } = usePages(
    ['reviews', 'reviews.queue', { tab, filter }],
    100,
    (offset, limit): Promise<Page_> => invoke('reviews.queue', { tab, filter, offset, limit }),
    ({ rows }) => rows,
  );
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), clockStep);
    return () => window.clearInterval(timer);
  }, []);
  const open = (index: number | null, view: 'content' | 'changes' = 'content') => {
    const row = index === null ? undefined : pages.getRow(index);
    if (row !== undefined)
      void navigate(`/reviews/${row.id}?tab=${tab}${view === 'changes' ? '&view=changes' : ''}`);
  };
  useShortcuts([
    {
      keys: 'd',
      label: t('queue.changes'),
      disabled: selected === null,
      run: () => open(selected, 'changes'),
    },
  ]);

  const columns: readonly VirtualColumn<Row>[] = [
    {
      id: 'title',
      header: t('queue.material'),
      width: 190,
      grow: true,
      render: (row) => (row.title === '' ? t('materials:untitled') : <OutsideText text={row.title} />),
    },
    { id: 'type', header: t('queue.type'), width: 96, render: (row) => t(`materials:type.${row.type}`) },
    { id: 'risk', header: t('queue.risk'), width: 52, render: (row) => t(`materials:risk.${row.risk}`) },
    {
      id: 'version',
      header: t('queue.version'),
      width: 88,
      render: (row) => (
        <Link
          to={`/reviews/${row.id}?tab=${tab}&view=changes`}
          title={t('queue.changesHint')}
          aria-label={t('queue.changesOf', { number: row.versionNumber, title: row.title })}
          tabIndex={-1}
        >
          {t('materials:list.versionNumber', { number: row.versionNumber })}
        </Link>
      ),
    },
    {
      id: 'stage',
      header: t('queue.stage'),
      width: 110,
      render: (row) =>
        row.stageName === null ? (
          <ReviewStateTag state={row.state} />
        ) : row.stuck ? (
          t('queue.stuck', { stage: row.stageName })
        ) : (
          row.stageName
        ),
    },
    {
      id: 'deadline',
      header: t(tab === 'done' ? 'queue.closed' : 'queue.deadline'),
      width: 140,
      render: (row) =>
        tab === 'done' ? (
          row.closedAt !== null && format.dateTime(row.closedAt)
        ) : (
          <DeadlineText at={row.deadlineAt} overdue={row.overdue} now={now} />
        ),
    },
    { id: 'age', header: t('queue.age'), width: 88, render: (row) => format.age(row.openedAt, now) },
    {
      id: 'waitingFor',
      header: t('queue.waitingFor'),
      width: 120,
      render: (row) => row.waitingFor.map(({ name }) => name).join(t('common:listSeparator')),
    },
    {
      id: 'open',
      header: t('queue.open'),
      width: 92,
      render: (row) => t('queue.openCounts', { blocks: row.blocks, threads: row.openThreads }),
    },
    { id: 'submittedBy', header: t('queue.submittedBy'), width: 84, render: (row) => row.submittedBy.name },
  ];

  const filtered = text !== '' || types.length > 0 || chosenRisks.length > 0;
  return (
    <Page fill title={t('title')} description={t('description')}>
      <div className={styles['queue']}>
        <nav className={styles['tabs']} aria-label={t('queue.tabs')}>
          {tabs.map((each) => (
            <Link
              key={each}
              to={`/reviews?tab=${each}`}
              aria-current={each === tab ? 'page' : undefined}
              onClick={() => setSelected(null)}
            >
              {t(`queue.tab.${each}`)}
              {each !== 'done' && counts.data !== undefined && (
                <span className={styles['count']}>{format.number(counts.data[each])}</span>
              )}
            </Link>
          ))}
        </nav>
        <div className={styles['filters']} role="search">
          <Input
            type="search"
            aria-label={t('queue.find')}
            placeholder={t('queue.find')}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setSelected(null);
            }}
          />
          <Select<MaterialType[]>
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            maxTagCount="responsive"
            aria-label={t('queue.type')}
            placeholder={t('materials:list.anyType')}
            value={types}
            options={materialTypes.map((type) => ({ value: type, label: t(`materials:type.${type}`) }))}
            onChange={setTypes}
          />
          <Select<Risk[]>
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('queue.risk')}
            placeholder={t('queue.anyRisk')}
            value={chosenRisks}
            options={risks.map((risk) => ({ value: risk, label: t(`materials:risk.${risk}`) }))}
            onChange={setRisks}
          />
        </div>
        {pages.error ? (
          <ErrorState error={pages.error} onRetry={pages.retry} />
        ) : first === undefined ? (
          <Loading />
        ) : first.total === 0 ? (
          <EmptyState
            title={t(filtered ? 'queue.noneFound' : `queue.none.${tab}`)}
            description={t(filtered ? 'queue.noneFoundHint' : `queue.noneHint.${tab}`)}
            action={
              filtered || tab !== 'mine' ? undefined : <Link to="/reviews?tab=all">{t('queue.seeAll')}</Link>
            }
          />
        ) : (
          <VirtualTable<Row>
            label={t(`queue.tab.${tab}`)}
            columns={columns}
            rowCount={first.total}
            getRow={pages.getRow}
            onVisibleRange={pages.onVisibleRange}
            selectedIndex={selected}
            onSelect={setSelected}
            onActivate={(index) => open(index)}
          />
        )}
        <p className={styles['quiet']}>{t('queue.keys')}</p>
      </div>
    </Page>
  );
}
