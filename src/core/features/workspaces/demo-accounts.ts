import type { Role } from '../users/model.ts';

export interface DemoAccount {
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly password: string;
}

// One password for all: the demo workspace holds invented people only, and whoever opens it is meant to try every role.
const password = 'huiqian-2026-yanshi';

/** One account per role; the first screen shows them while the demo workspace is open. */
export const demoAccounts: readonly DemoAccount[] = [
  { userName: 'reviewer', displayName: '沈知微', role: 'reviewer', password },
  { userName: 'approver', displayName: '顾衡之', role: 'approver', password },
  { userName: 'editor', displayName: '许青禾', role: 'editor', password },
  { userName: 'auditor', displayName: '陆明鉴', role: 'auditor', password },
  { userName: 'admin', displayName: '管理员', role: 'admin', password },
];

export const demoTitle = '演示工作区';
