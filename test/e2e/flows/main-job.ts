import type { Page } from 'playwright-core';

import { shortChat, violations } from './chat-file.ts';
import { assertEqual, currentHit, dropFile, fillSignIn, go, importCounts, signOut } from './steps.ts';

const administrator = { userName: 'lin.zhi', displayName: '林知', password: 'quiet-harbour-51-lamp' };
const reviewer = { userName: 'zhou.xiao', displayName: '周晓', password: 'second-harbour-57-cloud' };

/**
 * The main job from the first start: a workspace, a reviewer, an archive file dropped on the window, its import, the
 * screening, the triage by keyboard with an undo, and the audit log that names who decided.
 */
export async function mainJob(page: Page): Promise<void> {
  await createWorkspace(page);
  await addReviewer(page);
  await dropFile(page, shortChat.name, shortChat.text);
  await page
    .getByText('下一步')
    .or(page.getByRole('button', { name: '筛查新消息' }))
    .first()
    .waitFor();
  const { read, imported, duplicates, quarantined } = shortChat;
  assertEqual(
    await importCounts(page),
    { 读取: read, 导入: imported, 重复: duplicates, 隔离: quarantined },
    'the numbers of the import',
  );
  await page.getByRole('button', { name: '筛查新消息' }).click();
  await page.getByText('筛查完成').waitFor();
  await page.getByRole('link', { name: '查看命中' }).click();
  await triage(page);
  await signOut(page);
  await findInAuditLog(page);
}

async function createWorkspace(page: Page): Promise<void> {
  await page.getByLabel('工作区名称').fill('滨江分行合规部');
  await page.getByLabel('管理员用户名').fill(administrator.userName);
  await page.getByLabel('显示名称').fill(administrator.displayName);
  await page.getByLabel('密码', { exact: true }).fill(administrator.password);
  await page.getByLabel('再次输入密码').fill(administrator.password);
  await page.getByRole('button', { name: '新建工作区' }).click();
  // Whoever creates the workspace is signed in to it.
  await page.getByRole('navigation', { name: '主导航' }).waitFor();
}

async function addReviewer(page: Page): Promise<void> {
  const first = 'first-lantern-32-river';
  await go(page, '/users');
  await page.getByRole('button', { name: '新建用户' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('用户名').fill(reviewer.userName);
  await drawer.getByLabel('显示名称').fill(reviewer.displayName);
  await drawer.getByLabel('初始密码').fill(first);
  await drawer.getByLabel('再次输入新密码').fill(first);
  await drawer.getByRole('button', { name: '新建用户' }).click();
  await page.getByRole('cell', { name: reviewer.userName }).waitFor();
  await signOut(page);
  await fillSignIn(page, reviewer.userName, first);
  await page.getByLabel('当前密码').fill(first);
  await page.getByLabel('新密码', { exact: true }).fill(reviewer.password);
  await page.getByLabel('再次输入新密码').fill(reviewer.password);
  await page.getByRole('button', { name: '设置密码' }).click();
  await page.getByRole('navigation', { name: '主导航' }).waitFor();
}

/** Decides three hits with three keys, takes one back, and decides it again. */
async function triage(page: Page): Promise<void> {
  const rows = page.getByRole('grid', { name: '命中' }).getByRole('row');
  for (const text of violations) await rows.filter({ hasText: text }).first().waitFor();
  await page.getByRole('button', { name: '逐个处置' }).click();
  await page.locator('[data-current] mark[data-hit]').waitFor();
  const first = await currentHit(page);
  await page.keyboard.press('1');
  await page.waitForFunction(
    (id) => document.querySelector('[data-hit-id]')?.getAttribute('data-hit-id') !== id,
    first,
  );
  const second = await currentHit(page);
  await page.keyboard.press('2');
  await page.waitForFunction(
    (id) => document.querySelector('[data-hit-id]')?.getAttribute('data-hit-id') !== id,
    second,
  );
  await page.keyboard.press('u');
  await page.waitForFunction(
    (id) => document.querySelector('[data-hit-id]')?.getAttribute('data-hit-id') === id,
    second,
  );
  await page.keyboard.press('r');
  await page.getByRole('dialog').getByRole('button', { name: '客户的话' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('e');
  await decideTheRest(page);
}

async function decideTheRest(page: Page): Promise<void> {
  for (;;) {
    if ((await page.getByText('这一批都处置完了').count()) > 0) return;
    const left = await page.getByText(/^待处置 \d+$/).innerText();
    await page.keyboard.press('c');
    await page.getByText(left, { exact: true }).waitFor({ state: 'detached' });
  }
}

async function findInAuditLog(page: Page): Promise<void> {
  await fillSignIn(page, administrator.userName, administrator.password);
  await page.getByRole('navigation', { name: '主导航' }).waitFor();
  await go(page, '/audit');
  const rows = page.getByRole('grid', { name: '审计日志' }).getByRole('row');
  await rows.filter({ hasText: reviewer.displayName }).first().waitFor();
  for (const action of ['处置命中', '撤销处置', '开始筛查', '开始导入']) {
    await rows.filter({ hasText: reviewer.displayName }).filter({ hasText: action }).first().waitFor();
  }
  await page.getByRole('button', { name: '校验日志' }).click();
  await page.getByText('校验通过').waitFor();
}
