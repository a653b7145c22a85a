import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { VirtualTable, type VirtualColumn } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../use-format.ts';
import { personName } from '../archive/people.ts';
import styles from './imports.module.css';

type Report = ProcedureOutput<'archive.completeness'>;
type Row = Report['rows'][number];

/** What the archive lacks: gaps in its sequence, revokes of nothing, what could not be decrypted, missing consent. */
export function Completeness({ importId }: { readonly importId: Report['importId'] }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const report = useProcedure('archive.completeness', { importId });
  const columns = useColumns();
  if (report.isError) return <ErrorState error={report.error} onRetry={() => void report.refetch()} />;
  if (!report.data) return <Loading />;
  const { data } = report;
  const withoutConsent = data.rows.reduce((sum, row) => sum + row.customersWithoutConsent, 0);
  const facts = [
    {
      key: 'gaps',
      value: data.hasSequences ? format.number(data.missingSequences) : '–',
      bad: data.missingSequences > 0,
      hint: data.hasSequences ? null : t('completeness.noSequences'),
    },
    { key: 'revokes', value: format.number(data.danglingRevokes), bad: data.danglingRevokes > 0, hint: null },
    {
      key: 'undecryptable',
      value: format.number(data.undecryptable),
      bad: data.undecryptable > 0,
      hint: null,
    },
    { key: 'consent', value: format.number(withoutConsent), bad: withoutConsent > 0, hint: null },
  ];
  return (
    <div className={styles['completeness']}>
      <dl className={styles['facts']}>
        {facts.map((fact) => (
          <div key={fact.key} data-bad={fact.bad || undefined}>
            <dt>{t(`completeness.${fact.key}`)}</dt>
            <dd>{fact.value}</dd>
            <dd className={styles['quiet']}>{fact.hint ?? t(`completeness.${fact.key}Hint`)}</dd>
          </div>
        ))}
      </dl>
      {data.sequenceGaps.length > 0 && (
        <details className={styles['gaps']}>
          <summary>{t('completeness.showGaps', { count: data.sequenceGaps.length })}</summary>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
          <ul tabIndex={0} aria-label={t('completeness.gaps')}>
            {data.sequenceGaps.map((gap) => (
              <li key={gap.from}>
                <code>{gap.from === gap.to ? gap.from : `${gap.from} – ${gap.to}`}</code>{' '}
                {t('completeness.gap', { count: gap.count, number: format.number(gap.count) })}
                {gap.employee &&
                  ` · ${t('completeness.after', { name: personName(gap.employee), day: gap.day ?? '–' })}`}
              </li>
            ))}
          </ul>
        </details>
      )}
      <h3>{t('completeness.perDay')}</h3>
      {data.rows.length === 0 ? (
        <EmptyState title={t('completeness.noRows')} />
      ) : (
        <VirtualTable<Row>
          label={t('completeness.perDay')}
          columns={columns}
          rowCount={data.rows.length}
          getRow={(index) => data.rows[index]}
          selectedIndex={null}
          onSelect={() => undefined}
        />
      )}
    </div>
  );
}

function useColumns(): readonly VirtualColumn<Row>[] {
  const { t } = useTranslation('imports');
  const format = useFormat();
  return useMemo(() => {
    const number = (
      id: 'messages' | 'danglingRevokes' | 'undecryptable' | 'customersWithoutConsent',
    ): VirtualColumn<Row> => ({
      id,
      header: t(`completeness.column.${id}`),
      width: 92,
      align: 'end',
      render: (row) => (row[id] === 0 ? '–' : format.number(row[id])),
    });
    return [
      {
        id: 'employee',
        header: t('completeness.column.employee'),
        width: 100,
        grow: true,
        render: (row) => (row.employee ? personName(row.employee) : t('completeness.nobody')),
      },
      {
        id: 'branch',
        header: t('completeness.column.branch'),
        width: 96,
        render: (row) => row.employee?.branch ?? '–',
      },
      {
        id: 'day',
        header: t('completeness.column.day'),
        width: 100,
        render: (row) => row.day ?? t('completeness.noDay'),
      },
      number('messages'),
      number('danglingRevokes'),
      number('undecryptable'),
      number('customersWithoutConsent'),
    ];
  }, [t, format]);
}
