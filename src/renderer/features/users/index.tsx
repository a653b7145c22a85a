import { PlusOutlined } from '@ant-design/icons';
import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan, useCurrentUser, useProcedure } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Page } from '../../components/Page.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import type { UserView } from '../../../core/features/users/contract.ts';
import { useFormat } from '../../use-format.ts';
import { CreateUserDrawer } from './create-user-drawer.tsx';
import { EditUserDrawer } from './edit-user-drawer.tsx';
import { ResetPasswordDialog } from './reset-password-dialog.tsx';
import { roleNames } from './role-names.ts';

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'create' }
  | { readonly kind: 'edit'; readonly user: UserView }
  | { readonly kind: 'reset'; readonly user: UserView };

/** The accounts of this workspace; those who manage them find the buttons. */
export function UsersScreen() {
  const { t } = useTranslation('users');
  const format = useFormat();
  const can = useCan();
  const me = useCurrentUser();
  const manages = can('users:manage');
  const users = useProcedure('users.list', {});
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const close = () => setOpen({ kind: 'none' });
  useShortcuts([
    { keys: 'n', label: t('create'), disabled: !manages, run: () => setOpen({ kind: 'create' }) },
  ]);

  const columns: TableColumnsType<UserView> = [
    {
      title: t('displayName'),
      dataIndex: 'displayName',
      sorter: (a, b) => a.displayName.localeCompare(b.displayName, 'zh-CN'),
      render: (_value, user) => (user.id === me.id ? t('you', { name: user.displayName }) : user.displayName),
    },
    {
      title: t('userName'),
      dataIndex: 'userName',
      sorter: (a, b) => a.userName.localeCompare(b.userName),
    },
    { title: t('roles'), render: (_value, user) => roleNames(t, user.roles) },
    { title: t('branch'), render: (_value, user) => (user.branch === '' ? t('headOffice') : user.branch) },
    { title: t('state'), render: (_value, user) => <StateTag state={user.state} /> },
    {
      title: t('lastSignIn'),
      sorter: (a, b) => (a.lastSignInAt ?? 0) - (b.lastSignInAt ?? 0),
      render: (_value, user) =>
        user.lastSignInAt === null ? t('never') : format.dateTime(user.lastSignInAt),
    },
    ...(manages
      ? [
          {
            title: t('actions'),
            render: (_value: unknown, user: UserView) => (
              <>
                <Button
                  type="link"
                  size="small"
                  aria-label={t('editNamed', { name: user.displayName })}
                  onClick={() => setOpen({ kind: 'edit', user })}
                >
                  {t('common:edit')}
                </Button>
                <Button
                  type="link"
                  size="small"
                  disabled={user.id === me.id}
                  aria-label={t('resetNamed', { name: user.displayName })}
                  onClick={() => setOpen({ kind: 'reset', user })}
                >
                  {t('reset')}
                </Button>
              </>
            ),
          },
        ]
      : []),
  ];

  return (
    <Page
      title={t('title')}
      description={t('description')}
      actions={
        manages && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ kind: 'create' })}>
            {t('create')}
          </Button>
        )
      }
    >
      {users.error && !users.data ? (
        <ErrorState error={users.error} onRetry={() => void users.refetch()} />
      ) : (
        <Table<UserView>
          rowKey="id"
          size="middle"
          loading={users.isPending}
          columns={columns}
          dataSource={users.data ?? []}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          scroll={{ x: 'max-content' }}
        />
      )}
      {open.kind === 'create' && <CreateUserDrawer onClose={close} />}
      {open.kind === 'edit' && (
        <EditUserDrawer
          key={open.user.id}
          user={open.user}
          newest={users.data?.find((user) => user.id === open.user.id) ?? open.user}
          onClose={close}
        />
      )}
      {open.kind === 'reset' && <ResetPasswordDialog user={open.user} onClose={close} />}
    </Page>
  );
}
