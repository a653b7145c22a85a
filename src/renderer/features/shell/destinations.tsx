import {
  AuditOutlined,
  BookOutlined,
  FileTextOutlined,
  FlagOutlined,
  HomeOutlined,
  ImportOutlined,
  MessageOutlined,
  SettingOutlined,
  ShopOutlined,
  SolutionOutlined,
  TeamOutlined,
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
  { id: 'hits', path: '/hits', permission: 'hits:read', icon: <FlagOutlined />, letter: 't' },
  { id: 'archive', path: '/archive', permission: 'archive:read', icon: <MessageOutlined />, letter: 'a' },
  { id: 'imports', path: '/imports', permission: 'archive:read', icon: <ImportOutlined />, letter: 'i' },
  { id: 'lexicons', path: '/lexicons', permission: 'lexicons:read', icon: <BookOutlined />, letter: 'l' },
  { id: 'products', path: '/products', permission: 'products:read', icon: <ShopOutlined />, letter: 'p' },
  { id: 'users', path: '/users', permission: 'users:read', icon: <TeamOutlined />, letter: 'u' },
  { id: 'audit', path: '/audit', permission: 'audit:read', icon: <AuditOutlined />, letter: 'o' },
  { id: 'settings', path: '/settings', permission: null, icon: <SettingOutlined />, letter: 's' },
];
