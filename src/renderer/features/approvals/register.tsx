import { Input, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import {
  type ApprovalState,
  approvalStates,
} from '../../../core/features/reviews/workflow/approvals/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { Page } from '../../components/Page.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { useFormat } from '../../use-format.ts';
import styles from './approvals.module.css';

type Row = ProcedureOutput<'approvals.list'>['rows'][number];

const pageSize = 50;
/** How far back the choice of years goes. */
const years = 10;

/** The register of approvals: found by number or title, by state and year. */
export function Register() {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  const [openedAt] = useState(() => Date.now());
  const [text, setText] = useState('');
  const [state, setState] = useState<ApprovalState | null>(null);
  const [year, setYear] = useState<number | null>(null);
  const [page, setPage] = useState(1);
  const query = useSettled(text.trim());
  const approvals = useProcedure(
    'approvals.list',
    {
      text: query,
      states: state === null ? [] : [state],
      year,
      offset: (page - 1) * pageSize,
      limit: pageSize,
    },
    { keepPrevious: true },
  );
  const thisYear = Number(format.date(openedAt).slice(0, 4));
  const filtered = query !== '' || state !== null || year !== null;

  const columns: TableColumnsType<Row> = [
    {
      title: t('number'),
      render: (_value, row) => (
        <Link to={`/approvals/${row.id}`} className={styles['number'] ?? ''}>
          {row.number}
        </Link>
      ),
    },
    {
      title: t('material'),
      render: (_value, row) => (
        <span className={styles['titleCell']}>
          <OutsideText text={row.title} />
        </span>
      ),
    },
    { title: t('type'), render: (_value, row) => t(`materials:type.${row.type}`) },
    { title: t('version'), align: 'end', render: (_value, row) => row.versionNumber },
    { title: t('state'), render: (_value, row) => <StateTag state={row.state} /> },
    { title: t('approvedAt'), render: (_value, row) => format.date(row.approvedAt) },
    { title: t('expiresAt'), render: (_value, row) => format.date(row.expiresAt - 1) },
    { title: t('hash'), render: (_value, row) => <code title={row.hash}>{row.hash.slice(0, 8)}</code> },
  ];

  return (
    <Page title={t('title')} description={t('description')}>
      <div className={styles['filters']} role="search">
        <Input.Search
          allowClear
          value={text}
          maxLength={100}
          aria-label={t('find')}
          placeholder={t('find')}
          onChange={(event) => {
            setText(event.target.value);
            setPage(1);
          }}
        />
        <Select<ApprovalState>
          allowClear
          aria-label={t('state')}
          placeholder={t('anyState')}
          value={state}
          options={approvalStates.map((each) => ({ value: each, label: t(`common:state.${each}`) }))}
          onChange={(chosen: ApprovalState | undefined) => {
            setState(chosen ?? null);
            setPage(1);
          }}
        />
        <Select<number>
          allowClear
          aria-label={t('year')}
          placeholder={t('anyYear')}
          value={year}
          options={Array.from({ length: years }, (_each, back) => ({
            value: thisYear - back,
            label: String(thisYear - back),
          }))}
          onChange={(chosen: number | undefined) => {
            setYear(chosen ?? null);
            setPage(1);
          }}
        />
        {approvals.data && (
          <span className={styles['total']} aria-live="polite">
            {t('total', { count: approvals.data.total, number: format.number(approvals.data.total) })}
          </span>
        )}
      </div>
      {approvals.isError ? (
        <ErrorState error={approvals.error} onRetry={() => void approvals.refetch()} />
      ) : approvals.data?.total === 0 ? (
        <EmptyState
          title={t(filtered ? 'noneFound' : 'empty')}
          description={t(filtered ? 'noneFoundHint' : 'emptyHint')}
        />
      ) : (
        <Table<Row>
          rowKey="id"
          size="small"
          loading={approvals.isPending}
          columns={columns}
          dataSource={approvals.data?.rows ?? []}
          scroll={{ x: 'max-content' }}
          pagination={{
            current: page,
            pageSize,
            total: approvals.data?.total ?? 0,
            hideOnSinglePage: true,
            showSizeChanger: false,
            onChange: setPage,
          }}
        />
      )}
    </Page>
  );
}
