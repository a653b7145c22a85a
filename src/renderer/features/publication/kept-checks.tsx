import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './publication.module.css';

type Check = ProcedureOutput<'publication.checks'>[number];

/** The checks that somebody kept, the newest first. */
export function KeptChecks() {
  const { t } = useTranslation('publication');
  const format = useFormat();
  const checks = useProcedure('publication.checks', {});
  const columns: TableColumnsType<Check> = [
    { title: t('column.at'), render: (_value, check) => format.dateTime(check.at) },
    { title: t('column.by'), dataIndex: 'by' },
    {
      title: t('column.source'),
      render: (_value, check) => (
        <span title={`SHA-256 ${check.contentHash}`}>
          {check.name === '' ? t(`source.${check.source}`) : <OutsideText text={check.name} />}
        </span>
      ),
    },
    {
      title: t('column.verdict'),
      render: (_value, check) =>
        [t(`verdict.${check.verdict}`), check.standing === null ? null : t(`standing.${check.standing}`)]
          .filter(Boolean)
          .join(' · '),
    },
    {
      title: t('column.number'),
      render: (_value, check) =>
        check.approvalId === null ? '–' : <Link to={`/approvals/${check.approvalId}`}>{check.number}</Link>,
    },
    { title: t('column.note'), render: (_value, check) => <OutsideText text={check.note} /> },
  ];
  return (
    <section className={styles['section']} aria-label={t('kept')}>
      <h2>{t('kept')}</h2>
      {checks.isError ? (
        <ErrorState error={checks.error} onRetry={() => void checks.refetch()} />
      ) : checks.data?.length === 0 ? (
        <EmptyState title={t('keptNone')} description={t('keptNoneHint')} />
      ) : (
        <Table<Check>
          rowKey="id"
          size="small"
          loading={checks.isPending}
          columns={columns}
          dataSource={checks.data ?? []}
          scroll={{ x: 'max-content' }}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        />
      )}
    </section>
  );
}
