import type { Role } from '../users/model.ts';

export interface DemoAccount {
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  /** Where they work; empty where the role says it all. Data, like the name: not translated. */
  readonly post: string;
  /** As a user's: empty is head office. */
  readonly branch: string;
  readonly password: string;
}

// One password for all: the demo workspace holds invented people only, and whoever opens it is meant to try every role.
export const demoPassword = 'huiqian-2026-yanshi';

const account = (userName: string, displayName: string, role: Role, post = '', branch = ''): DemoAccount => ({
  userName,
  displayName,
  role,
  post,
  branch,
  password: demoPassword,
});

/**
 * One account per role at least, and those without whom no material passes its stages: a second editor, reviewers of a branch
 * and of the brand, a second approver, and somebody who leaves. The first screen shows them while the demo workspace is open.
 */
export const demoAccounts: readonly DemoAccount[] = [
  account('reviewer', '沈知微', 'reviewer', '合规部'),
  account('branch', '周叙白', 'reviewer', '城东支行', '城东支行'),
  account('brand', '程若溪', 'reviewer', '品牌部'),
  account('approver', '顾衡之', 'approver', '合规部'),
  account('legal', '韩序', 'approver', '法务部'),
  account('editor', '许青禾', 'editor', '零售金融部'),
  account('editor2', '苏晚晴', 'editor', '财富管理部'),
  account('leaver', '程明轩', 'editor', '城东支行', '城东支行'),
  account('auditor', '陆明鉴', 'auditor'),
  account('admin', '管理员', 'admin'),
];

export const demoTitle = '演示工作区';

/** The domains that the demo's materials may link to. */
export const demoDomains: readonly string[] = ['www.anhe-bank.example'];

/** The demo's accounts are so much older than the day on which it is made, milliseconds: its reviews happened meanwhile. */
export const demoPast = 170 * 86_400_000;
