import type { Role } from '../users/model.ts';

/**
 * One account per role, all with one password that the first screen shows: the demo workspace holds invented people
 * only, and whoever opens it is meant to try every role.
 */
export const demoPassword = 'huiqian-2026-yanshi';

export const demoAccounts: readonly {
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
}[] = [
  { userName: 'reviewer', displayName: '沈知微', role: 'reviewer' },
  { userName: 'approver', displayName: '顾衡之', role: 'approver' },
  { userName: 'editor', displayName: '许青禾', role: 'editor' },
  { userName: 'auditor', displayName: '陆明鉴', role: 'auditor' },
  { userName: 'admin', displayName: '管理员', role: 'admin' },
];

export const demoTitle = '演示工作区';
