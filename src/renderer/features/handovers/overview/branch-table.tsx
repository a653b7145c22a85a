import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { HandoverId } from '../../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { useFormat } from '../../../use-format.ts';
import { RiskTag } from '../risk-tag.tsx';
import { useWords } from '../use-words.ts';
import styles from './overview.module.css';
import { ToExplain } from './to-explain.tsx';
import type { Figures } from './use-figures.ts';

type Handover = ProcedureOutput<'handovers.list'>['handovers'][number];

interface BranchRow {
  readonly branch: string;
  readonly open: number;
  readonly signing: number;
  readonly signed: number;
  readonly unexplained: number;
  /** How many of the unexplained rows somebody has explained in writing. */
  readonly explained: number;
  readonly late: number;
  readonly risk: number | null;
  /** Of those that are not signed. */
  readonly longest: number | null;
  /** How many of its handovers the numbers are still awaited of. */
  readonly awaited: number;
}

/** How the branches stand: one line each, the one with most left to explain first. */
export function BranchTable({
  handovers,
  figures,
}: {
  readonly handovers: readonly Handover[];
  readonly figures: ReadonlyMap<HandoverId, Figures>;
}) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const format = useFormat();
  const rows = branchRows(handovers, figures);
  const number = (value: number, urgent = false) => (
    <span className={urgent && value > 0 ? styles['urgent'] : styles['number']}>{format.number(value)}</span>
  );
  const columns: TableColumnsType<BranchRow> = [
    {
      title: t('overview.branch'),
      sorter: (a, b) => a.branch.localeCompare(b.branch),
      render: (_value, row) => (
        <Link to={`/handovers?branch=${encodeURIComponent(row.branch)}`}>
          {row.branch === '' ? t('overview.noBranch') : row.branch}
        </Link>
      ),
    },
    ...(['open', 'signing', 'signed'] as const).map((state) => ({
      title: t(`state.${state}`),
      align: 'end' as const,
      sorter: (a: BranchRow, b: BranchRow) => a[state] - b[state],
      render: (_value: unknown, row: BranchRow) => number(row[state]),
    })),
    {
      title: t('overview.toExplain'),
      align: 'end',
      sorter: (a, b) => left(a) - left(b),
      render: (_value, row) => (
        <span className={styles['leaver']}>
          <ToExplain unexplained={row.unexplained} explained={row.explained} />
          {row.awaited > 0 && <span className={styles['quiet']}>{t('overview.computing')}</span>}
        </span>
      ),
    },
    {
      title: words.figure.late,
      align: 'end',
      sorter: (a, b) => a.late - b.late,
      render: (_value, row) => number(row.late, true),
    },
    {
      title: t('overview.highestRisk'),
      sorter: (a, b) => (a.risk ?? -1) - (b.risk ?? -1),
      render: (_value, row) => (row.risk === null ? '–' : <RiskTag score={row.risk} />),
    },
    {
      title: t('overview.longest'),
      align: 'end',
      sorter: (a, b) => (a.longest ?? -1) - (b.longest ?? -1),
      render: (_value, row) =>
        row.longest === null
          ? '–'
          : t('overview.days', { count: row.longest, number: format.number(row.longest) }),
    },
  ];
  return (
    <Table<BranchRow>
      rowKey="branch"
      size="small"
      aria-label={t('overview.views.branches')}
      columns={columns}
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      showSorterTooltip={false}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}

const left = ({ unexplained, explained }: BranchRow) => unexplained - explained;

function branchRows(
  handovers: readonly Handover[],
  figures: ReadonlyMap<HandoverId, Figures>,
): readonly BranchRow[] {
  const byBranch = Map.groupBy(handovers, ({ leaver }) => leaver.branch);
  return [...byBranch]
    .map(([branch, own]): BranchRow => {
      const known = own.map(({ id }) => figures.get(id)).filter((each) => each !== undefined);
      const unsigned = own.filter(({ state }) => state !== 'signed');
      const risks = known.map(({ risk }) => risk).filter((risk) => risk !== null);
      const count = (state: Handover['state']) => own.filter((each) => each.state === state).length;
      return {
        branch,
        open: count('open'),
        signing: count('signing'),
        signed: count('signed'),
        unexplained: known.reduce((sum, each) => sum + each.unexplained, 0),
        explained: known.reduce((sum, each) => sum + each.explained, 0),
        late: known.reduce((sum, each) => sum + each.late, 0),
        risk: risks.length === 0 ? null : Math.max(...risks),
        longest: unsigned.length === 0 ? null : Math.max(...unsigned.map(({ daysOpen }) => daysOpen)),
        awaited: own.length - known.length,
      };
    })
    .toSorted((a, b) => left(b) - left(a) || a.branch.localeCompare(b.branch));
}
