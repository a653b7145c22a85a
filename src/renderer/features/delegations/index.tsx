import { PlusOutlined } from '@ant-design/icons';
import { Button, Popconfirm, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useCurrentUser, useMutate, useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Page } from '../../components/Page.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { useFormat } from '../../use-format.ts';
import { AddDelegationDialog } from './add-delegation-dialog.tsx';

type Delegation = ProcedureOutput<'delegations.list'>[number];

/** Who decides in whose place, and when: one's own absences and those one stands in for; all of them for managers. */
export function DelegationsScreen() {
  const { t } = useTranslation('delegations');
  const format = useFormat();
  const can = useCan();
  const me = useCurrentUser();
  const mayAdd = can('reviews:decide');
  const delegations = useProcedure('delegations.list', {});
  const end = useMutate('delegations.end');
  const [adding, setAdding] = useState(false);
  useShortcuts([{ keys: 'n', label: t('add'), disabled: !mayAdd, run: () => setAdding(true) }]);
  const named = ({ id, name }: Delegation['from']) => (id === me.id ? t('me', { name }) : name);
  const isMine = ({ from, to }: Delegation) => from.id === me.id || to.id === me.id;

  const columns: TableColumnsType<Delegation> = [
    { title: t('from'), render: (_value, each) => named(each.from) },
    { title: t('to'), render: (_value, each) => named(each.to) },
    {
      title: t('period'),
      render: (_value, each) =>
        // The moment at which it ends is the first of the day after.
        t('fromUntil', { from: format.date(each.beginsAt), until: format.date(each.endsAt - 1) }),
    },
    { title: t('reason'), dataIndex: 'reason' },
    {
      title: t('state'),
      render: (_value, each) => (
        <>
          <StateTag state={each.state === 'active' ? 'inForce' : each.state} />{' '}
          {each.endedAt !== null && t('endedAt', { time: format.dateTime(each.endedAt) })}
        </>
      ),
    },
    {
      title: t('actions'),
      render: (_value, each) =>
        mayAdd && isMine(each) && (each.state === 'active' || each.state === 'planned') ? (
          <Popconfirm
            title={t('endQuestion')}
            description={t('endHint')}
            okText={t('end')}
            styles={{ root: { maxWidth: 360 } }}
            onConfirm={() => end.mutate({ id: each.id })}
          >
            <Button
              type="link"
              size="small"
              aria-label={t('endNamed', { from: each.from.name, to: each.to.name })}
            >
              {t('end')}
            </Button>
          </Popconfirm>
        ) : null,
    },
  ];

  const add = mayAdd && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      description={t(can('reviews:manage') ? 'descriptionAll' : 'description')}
      actions={add}
    >
      {delegations.isError ? (
        <ErrorState error={delegations.error} onRetry={() => void delegations.refetch()} />
      ) : delegations.data?.length === 0 ? (
        <EmptyState title={t('empty')} description={t(mayAdd ? 'emptyHint' : 'emptyHintRead')} />
      ) : (
        <Table<Delegation>
          rowKey="id"
          size="small"
          loading={delegations.isPending}
          columns={columns}
          dataSource={delegations.data ?? []}
          scroll={{ x: 'max-content' }}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
        />
      )}
      {adding && <AddDelegationDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
