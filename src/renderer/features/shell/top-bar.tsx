import {
  LockOutlined,
  LogoutOutlined,
  KeyOutlined,
  UserOutlined,
  UserSwitchOutlined,
  FolderOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { MenuButton } from '../../components/MenuButton.tsx';
import { useCan, useCurrentUser, useMutate, useProcedure } from '../../api/hooks.ts';
import { NoticeBell } from '../notices/notice-bell.tsx';
import { ChangePasswordDialog } from '../session/change-password-dialog.tsx';
import { roleNames } from '../users/role-names.ts';
import { LanguageMenu, ThemeMenu } from './appearance-menus.tsx';
import { JobIndicator } from './job-indicator.tsx';
import styles from './shell.module.css';

export function TopBar({
  onCommands,
  onLock,
}: {
  readonly onCommands: () => void;
  readonly onLock: () => void;
}) {
  const { t } = useTranslation('shell');
  const workspace = useProcedure('workspaces.status', {}).data?.open?.title;
  return (
    <header className={styles['bar']}>
      <div className={styles['brand']}>
        <img src="./icon.svg" alt={t('common:productName')} />
        <span className={styles['workspace']}>{workspace}</span>
      </div>
      <NoticeBell />
      <JobIndicator />
      <Button
        type="text"
        aria-label={t('commands')}
        aria-keyshortcuts="?"
        title={t('commands')}
        icon={<span aria-hidden="true">?</span>}
        onClick={onCommands}
      />
      <LanguageMenu />
      <ThemeMenu />
      <UserMenu onLock={onLock} />
    </header>
  );
}

function UserMenu({ onLock }: { readonly onLock: () => void }) {
  const { t } = useTranslation('shell');
  const user = useCurrentUser();
  const canSwitch = useProcedure('workspaces.status', {}).data?.canSwitch ?? false;
  const [changing, setChanging] = useState(false);
  const can = useCan();
  const navigate = useNavigate();
  const signOut = useMutate('users.signOut');
  const close = useMutate('workspaces.close');
  // A fresh page forgets every answer of the user who left, and every word that was typed.
  const leave = { onSuccess: () => window.location.replace('./') };

  return (
    <>
      <MenuButton
        type="text"
        icon={<UserOutlined />}
        aria-label={t('user', { name: user.displayName })}
        menu={{
          items: [
            {
              key: 'who',
              type: 'group',
              label: `${user.displayName} · ${roleNames(t, user.roles)}`,
              children: [
                { key: 'lock', icon: <LockOutlined />, label: t('lock'), onClick: onLock },
                ...(can('materials:read')
                  ? [
                      {
                        key: 'delegations',
                        icon: <UserSwitchOutlined />,
                        label: t('nav.delegations'),
                        onClick: () => void navigate('/delegations'),
                      },
                    ]
                  : []),
                {
                  key: 'password',
                  icon: <KeyOutlined />,
                  label: t('changePassword'),
                  onClick: () => setChanging(true),
                },
                {
                  key: 'signOut',
                  icon: <LogoutOutlined />,
                  label: t('signOut'),
                  onClick: () => signOut.mutate({}, leave),
                },
                ...(canSwitch
                  ? [
                      {
                        key: 'close',
                        icon: <FolderOutlined />,
                        label: t('closeWorkspace'),
                        onClick: () => close.mutate({}, leave),
                      },
                    ]
                  : []),
              ],
            },
          ],
        }}
      >
        {user.displayName}
      </MenuButton>
      {changing && <ChangePasswordDialog onClose={() => setChanging(false)} />}
    </>
  );
}
