import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { HandoverId } from '../../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { useFormat } from '../../../use-format.ts';
import { employeeName } from '../names.ts';
import { RiskTag } from '../risk-tag.tsx';
import { HandoverStateTag } from '../state-tag.tsx';
import { useWords } from '../use-words.ts';
import styles from './overview.module.css';
import { ToExplain } from './to-explain.tsx';
import type { Figures } from './use-figures.ts';

type Handover = ProcedureOutput<'handovers.list'>['handovers'][number];

/** One line per handover; the columns that are numbers can be sorted by. */
export function HandoversTable({
  handovers,
  figures,
}: {
  readonly handovers: readonly Handover[];
  readonly figures: ReadonlyMap<HandoverId, Figures>;
}) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const format = useFormat();
  const left = (row: Handover) => {
    const own = figures.get(row.id);
    return own === undefined ? -1 : own.unexplained - own.explained;
  };
  const columns: TableColumnsType<Handover> = [
    {
      title: words.role.leaver,
      sorter: (a, b) => employeeName(a.leaver).localeCompare(employeeName(b.leaver)),
      render: (_value, row) => (
        <span className={styles['leaver']}>
          <Link to={`/handovers/${row.id}`}>{employeeName(row.leaver)}</Link>
          <span className={styles['quiet']}>{row.leaver.userid}</span>
        </span>
      ),
    },
    { title: t('overview.branch'), render: (_value, row) => row.leaver.branch || '–' },
    {
      title: t('overview.state'),
      render: (_value, row) => (
        <>
          <HandoverStateTag state={row.state} />{' '}
          {row.roles.map((role) => (
            <span key={role} className={styles['chip']}>
              {t(`overview.yourRole.${role}`)}
            </span>
          ))}
        </>
      ),
    },
    {
      title: t('overview.toExplain'),
      align: 'end',
      sorter: (a, b) => left(a) - left(b),
      render: (_value, row) => {
        const own = figures.get(row.id);
        if (own === undefined) return <Waiting />;
        return (
          <span className={styles['leaver']}>
            <ToExplain unexplained={own.unexplained} explained={own.explained} />
          </span>
        );
      },
    },
    {
      title: t('overview.waiting'),
      align: 'end',
      sorter: (a, b) => (figures.get(a.id)?.waiting ?? -1) - (figures.get(b.id)?.waiting ?? -1),
      render: (_value, row) => {
        const own = figures.get(row.id);
        if (own === undefined) return <Waiting />;
        return (
          <span className={styles['leaver']}>
            <span className={styles['number']}>{format.number(own.waiting)}</span>
            {own.late > 0 && (
              <span className={styles['urgent']}>
                {t('overview.late', { count: own.late, number: format.number(own.late) })}
              </span>
            )}
          </span>
        );
      },
    },
    {
      title: <span title={t('overview.risk')}>{t('overview.riskShort')}</span>,
      sorter: (a, b) => (figures.get(a.id)?.risk ?? -1) - (figures.get(b.id)?.risk ?? -1),
      render: (_value, row) => {
        const own = figures.get(row.id);
        if (own === undefined) return <Waiting />;
        return own.risk === null ? '–' : <RiskTag score={own.risk} />;
      },
    },
    {
      title: t('overview.lastDay'),
      sorter: (a, b) => a.lastDay.localeCompare(b.lastDay),
      render: (_value, row) => row.lastDay,
    },
    {
      title: t('overview.daysOpen'),
      align: 'end',
      sorter: (a, b) => a.daysOpen - b.daysOpen,
      render: (_value, row) => (
        <span className={styles['number']}>
          {t('overview.days', { count: row.daysOpen, number: format.number(row.daysOpen) })}
        </span>
      ),
    },
    {
      title: words.role.taker,
      render: (_value, row) =>
        row.takers.length === 0
          ? t('overview.notNamed')
          : row.takers.map(({ employee }) => employeeName(employee)).join(t('common:listSeparator')),
    },
    {
      title: words.role.supervisor,
      render: (_value, row) => row.supervisor?.displayName ?? t('overview.notNamed'),
    },
  ];
  return (
    <Table<Handover>
      rowKey="id"
      size="small"
      aria-label={t('title')}
      columns={columns}
      dataSource={handovers}
      scroll={{ x: 'max-content' }}
      showSorterTooltip={false}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}

/** The numbers of a sheet that is being worked out. */
function Waiting() {
  const { t } = useTranslation('handovers');
  return <span className={styles['quiet']}>{t('overview.computing')}</span>;
}
