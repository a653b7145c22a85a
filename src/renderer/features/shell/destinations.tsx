import {
  AuditOutlined,
  BookOutlined,
  CalendarOutlined,
  FileTextOutlined,
  DiffOutlined,
  FileDoneOutlined,
  FlagOutlined,
  HomeOutlined,
  ImportOutlined,
  MessageOutlined,
  NodeIndexOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  ShopOutlined,
  SolutionOutlined,
  SwapOutlined,
  TeamOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

import type { Permission } from '../../../core/features/users/model.ts';

export interface Destination {
  /** A key below `nav.` in shell.json. */
  readonly id: string;
  readonly path: string;
  /** Null: for everybody. */
  readonly permission: Permission | null;
  readonly icon: ReactNode;
  /** The letter after `g`. */
  readonly letter: string;
  /** A command only: found in Settings or the account's menu, where it is seldom enough looked for. */
  readonly aside?: true;
}

/** The navigation, in its order. */
export const destinations: readonly Destination[] = [
  { id: 'home', path: '/', permission: null, icon: <HomeOutlined />, letter: 'h' },
  {
    id: 'materials',
    path: '/materials',
    permission: 'materials:read',
    icon: <FileTextOutlined />,
    letter: 'm',
  },
  { id: 'reviews', path: '/reviews', permission: 'materials:read', icon: <SolutionOutlined />, letter: 'r' },
  {
    id: 'approvals',
    path: '/approvals',
    permission: 'materials:read',
    icon: <SafetyCertificateOutlined />,
    letter: 'b',
  },
  {
    id: 'publication',
    path: '/publication',
    permission: 'materials:read',
    icon: <FileDoneOutlined />,
    letter: 'v',
  },
  { id: 'hits', path: '/hits', permission: 'hits:read', icon: <FlagOutlined />, letter: 't' },
  { id: 'findings', path: '/findings', permission: 'hits:read', icon: <DiffOutlined />, letter: 'f' },
  {
    id: 'handovers',
    path: '/handovers',
    permission: 'handovers:read',
    icon: <SwapOutlined />,
    letter: 'j',
  },
  { id: 'archive', path: '/archive', permission: 'archive:read', icon: <MessageOutlined />, letter: 'a' },
  { id: 'imports', path: '/imports', permission: 'archive:read', icon: <ImportOutlined />, letter: 'i' },
  { id: 'lexicons', path: '/lexicons', permission: 'lexicons:read', icon: <BookOutlined />, letter: 'l' },
  { id: 'products', path: '/products', permission: 'products:read', icon: <ShopOutlined />, letter: 'p' },
  {
    id: 'templates',
    path: '/templates',
    permission: 'materials:read',
    icon: <NodeIndexOutlined />,
    letter: 'w',
  },
  { id: 'users', path: '/users', permission: 'users:read', icon: <TeamOutlined />, letter: 'u' },
  { id: 'audit', path: '/audit', permission: 'audit:read', icon: <AuditOutlined />, letter: 'o' },
  { id: 'settings', path: '/settings', permission: null, icon: <SettingOutlined />, letter: 's' },
  {
    id: 'calendar',
    path: '/calendar',
    permission: 'settings:read',
    icon: <CalendarOutlined />,
    letter: 'c',
    aside: true,
  },
  {
    id: 'delegations',
    path: '/delegations',
    permission: 'materials:read',
    icon: <UserSwitchOutlined />,
    letter: 'e',
    aside: true,
  },
];
