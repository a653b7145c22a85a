import { Alert } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { JobEnding } from '../../components/JobEnding.tsx';
import { SeverityTag } from '../../components/SeverityTag.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { VirtualTable, type VirtualColumn } from '../../components/VirtualTable.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useFormat } from '../../use-format.ts';
import { RunFilterWords } from '../hits/run-filter-words.tsx';
import { JobProgress } from '../imports/job-progress.tsx';
import { BacktestSamples } from './backtest-samples.tsx';
import { type BacktestTerm, useBacktestTerms } from './backtest-pages.ts';
import styles from './workbench.module.css';

type Backtest = ProcedureOutput<'lexicons.backtests'>[number];

/** One backtest: how far it is, or what it found, by entry with samples. */
export function BacktestResult({
  backtest,
  onEnded,
}: {
  readonly backtest: Backtest;
  readonly onEnded: () => void;
}) {
  const { t } = useTranslation('workbench');
  const format = useFormat();
  const facts = [
    t('backtest.by', { name: backtest.startedBy, time: format.dateTime(backtest.startedAt) }),
    ...(backtest.sample === null
      ? []
      : [t('backtest.sampleOf', { count: backtest.sample, number: format.number(backtest.sample) })]),
    t('backtest.looked', { count: backtest.messages, number: format.number(backtest.messages) }),
  ];
  return (
    <section className={styles['result']} aria-label={t('backtest.result')}>
      <p className={styles['facts']}>
        <StateTag state={backtest.state} />
        <span>{facts.join(' · ')}</span>
        <span>
          <RunFilterWords filter={backtest.filter} />
        </span>
      </p>
      {backtest.state === 'running' && (
        <JobProgress jobId={backtest.jobId} title={t('backtest.running')} onEnded={onEnded} />
      )}
      <JobEnding
        jobId={backtest.jobId}
        state={backtest.state}
        words={t(`backtest.ended.${backtest.state}`)}
      />
      {backtest.outdated && <Alert type="warning" showIcon role="status" title={t('backtest.outdated')} />}
      {backtest.state === 'done' && (
        <>
          <dl className={styles['totals']}>
            {(['added', 'removed', 'kept'] as const).map((key) => (
              <div key={key} data-change={key}>
                <dt>{t(`backtest.${key}`)}</dt>
                <dd>{format.number(backtest[key])}</dd>
              </div>
            ))}
          </dl>
          {backtest.cut > 0 && (
            <Alert
              type="info"
              showIcon
              role="status"
              title={t('backtest.cut', { count: backtest.cut, number: format.number(backtest.cut) })}
              description={t('backtest.cutHint')}
            />
          )}
          {backtest.against === null && <p className={styles['quiet']}>{t('backtest.against')}</p>}
          <TermChanges id={backtest.id} />
        </>
      )}
    </section>
  );
}

function TermChanges({ id }: { readonly id: Backtest['id'] }) {
  const { t } = useTranslation('workbench');
  const pages = useBacktestTerms(id);
  const [current, setCurrent] = useState<number | null>(null);
  const columns = useColumns();
  const term = current === null ? undefined : pages.getRow(current);
  if (pages.error) return <ErrorState error={pages.error} onRetry={pages.retry} />;
  if (pages.total === 0) return <p className={styles['quiet']}>{t('backtest.nothing')}</p>;
  return (
    <div className={styles['changes']}>
      <VirtualTable<BacktestTerm>
        label={t('backtest.terms')}
        columns={columns}
        rowCount={pages.total ?? 0}
        getRow={pages.getRow}
        onVisibleRange={pages.onVisibleRange}
        selectedIndex={current}
        onSelect={setCurrent}
      />
      <section className={styles['samples']} aria-label={t('backtest.samples')}>
        {term === undefined ? (
          <p className={styles['quiet']}>{t('backtest.chooseTerm')}</p>
        ) : (
          <BacktestSamples key={term.key} id={id} term={term} />
        )}
      </section>
    </div>
  );
}

function useColumns(): readonly VirtualColumn<BacktestTerm>[] {
  const { t } = useTranslation('workbench');
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'term',
        header: t('lexicons:term.text'),
        width: 130,
        grow: true,
        render: (row) => <OutsideText text={row.term} />,
      },
      { id: 'category', header: t('lexicons:term.category'), width: 90, render: (row) => row.category },
      {
        id: 'severity',
        header: t('lexicons:term.severity'),
        width: 92,
        render: (row) => <SeverityTag severity={row.severity} />,
      },
      ...(['added', 'removed', 'kept'] as const).map((key) => ({
        id: key,
        header: t(`backtest.${key}`),
        width: 76,
        align: 'end' as const,
        render: (row: BacktestTerm) =>
          row[key] === 0 ? (
            '–'
          ) : (
            <span data-change={key} className={styles['change']}>
              {format.number(row[key])}
            </span>
          ),
      })),
    ],
    [t, format],
  );
}
