import type { Role } from '../users/model.ts';

export interface DemoAccount {
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly password: string;
}

// One password for all: the demo workspace holds invented people only, and whoever opens it is meant to try every role.
export const demoPassword = 'huiqian-2026-yanshi';

/** One account per role; the first screen shows them while the demo workspace is open. */
export const demoAccounts: readonly DemoAccount[] = [
  { userName: 'reviewer', displayName: '沈知微', role: 'reviewer', password: demoPassword },
  { userName: 'approver', displayName: '顾衡之', role: 'approver', password: demoPassword },
  { userName: 'editor', displayName: '许青禾', role: 'editor', password: demoPassword },
  { userName: 'auditor', displayName: '陆明鉴', role: 'auditor', password: demoPassword },
  { userName: 'admin', displayName: '管理员', role: 'admin', password: demoPassword },
];

export const demoTitle = '演示工作区';
