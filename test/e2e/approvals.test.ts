import { readFile } from 'node:fs/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { browserForTests } from '../support/browser.ts';
import type { TestClient } from '../support/workspace.ts';
import { go } from './flows/steps.ts';
import { signedIn } from './support/archive-data.ts';
import { approvePost } from './support/review-data.ts';
import { type World, accessibilityProblems, accounts, startWorld } from './support/world.ts';

describe.skipIf(browserForTests().executable === null)('approvals', () => {
  let world: World;
  let editor: TestClient;
  let reviewers: readonly TestClient[];
  let summer: Awaited<ReturnType<typeof approvePost>>;
  beforeAll(async () => {
    world = await startWorld(accounts);
    const admin = await signedIn(world, 'admin');
    await admin.call('templates.addStarters', {});
    editor = await signedIn(world, 'editor');
    reviewers = [await signedIn(world, 'reviewer'), await signedIn(world, 'approver')];
    summer = await approvePost(world, editor, reviewers, '夏季延时服务');
    await approvePost(world, editor, reviewers, '国庆营业安排');
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  it('finds an approval by number, title, state and year', async () => {
    const page = await world.openAs('auditor', { at: '/approvals' });
    const rows = page.locator('tbody tr[data-row-key]');
    await page.getByText('共 2 条').waitFor();
    await page.getByRole('searchbox', { name: '按备案号或标题查找' }).fill('延时');
    await page.getByText('共 1 条').waitFor();
    expect(await rows.allInnerTexts()).toEqual([expect.stringContaining(summer.number)]);
    await page.getByRole('searchbox', { name: '按备案号或标题查找' }).fill('没有这样的');
    await page.getByText('没有符合条件的备案').waitFor();
    await page.getByRole('searchbox', { name: '按备案号或标题查找' }).fill(summer.number);
    await page.getByRole('link', { name: summer.number }).click();
    await page.getByRole('heading', { level: 1, name: `备案 ${summer.number}` }).waitFor();
    // An auditor reads, and changes nothing.
    for (const name of ['登记使用', '撤回备案'])
      expect(await page.getByRole('button', { name }).count(), name).toBe(0);
    await page.context().close();
  });

  it('shows the whole record with the words that were approved', async () => {
    const page = await world.openAs('reviewer', { at: `/approvals/${summer.approvalId}` });
    const main = page.getByRole('main');
    for (const text of [
      (await editor.call('approvals.get', { id: summer.approvalId })).hash,
      '本行统计，截至二〇二六年六月末',
      '引用的数据和观点是否都注明了来源？',
      '同意发布',
      '没有申请豁免。',
      '夏日好时光，网点晚间延时服务至二十点。',
    ])
      await main.getByText(text, { exact: true }).first().waitFor();
    expect(await main.locator('[contenteditable="true"]').count()).toBe(0);
    expect(await accessibilityProblems(page), 'light').toEqual([]);
    await page.context().close();
    const dark = await world.openAs('reviewer', { at: `/approvals/${summer.approvalId}`, theme: 'dark' });
    await dark.getByText('没有申请豁免。').waitFor();
    expect(await accessibilityProblems(dark, 'dark'), 'dark').toEqual([]);
    await dark.context().close();
  });

  it('hands out the approval sheet as a PDF, and prints without the shell', async () => {
    const page = await world.openAs('auditor', { at: `/approvals/${summer.approvalId}` });
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载审批表' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toMatch(/\.pdf$/);
    expect((await readFile(await file.path())).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    await page.getByRole('link', { name: '打印视图' }).click();
    await page.getByRole('heading', { level: 1, name: '宣传材料审批表' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false);
    // All of it goes on paper: nothing scrolls inside of something else.
    await page.waitForFunction(() => {
      const sheet = document.querySelector('article')?.getBoundingClientRect().height ?? 0;
      return sheet > 800 && document.documentElement.scrollHeight >= Math.floor(sheet);
    });
    await page.emulateMedia({ media: 'screen' });
    expect(await accessibilityProblems(page), 'print view').toEqual([]);
    // What is about to be printed says what others record meanwhile, and so does the screen behind.
    const place = '南湖支行门口';
    await editor.call('approvals.recordUse', {
      id: summer.approvalId,
      channel: 'branch-screen',
      place,
      usedAt: Date.now(),
    });
    await page.getByRole('cell', { name: place }).waitFor();
    await page.getByRole('link', { name: '返回备案' }).click();
    await page.getByRole('navigation').waitFor();
    await page.context().close();
  });

  it('records a use, withdraws with a reason, and tells who is concerned', async () => {
    const { approvalId, number } = await approvePost(world, editor, reviewers, '中秋提示');
    const hers = await world.openAs('editor', { at: `/approvals/${approvalId}` });
    await hers.getByRole('button', { name: '登记使用' }).click();
    const use = hers.getByRole('dialog', { name: '登记使用' });
    await use.getByRole('button', { name: '登记', exact: true }).click();
    await use.getByText('必填').first().waitFor();
    await use.getByLabel('渠道').click();
    await hers.getByTitle('朋友圈', { exact: true }).click();
    await use.getByLabel('位置').fill('杭州分行客户经理');
    expect(await accessibilityProblems(hers), 'use').toEqual([]);
    await use.getByRole('button', { name: '登记', exact: true }).click();
    await hers.getByRole('cell', { name: '杭州分行客户经理' }).waitFor();

    const his = await world.openAs('approver', { at: `/approvals/${approvalId}` });
    await his.getByRole('button', { name: '撤回备案' }).click();
    const dialog = his.getByRole('dialog', { name: `撤回备案 ${number}` });
    await dialog.getByText('杭州分行客户经理').waitFor();
    await dialog.getByRole('button', { name: '撤回备案' }).click();
    await dialog.getByText('必填').waitFor();
    await dialog.getByLabel('撤回原因').fill('日期有误');
    await dialog.getByRole('button', { name: '撤回备案' }).click();
    await his.getByText('editor、reviewer、approver').waitFor();
    expect(await accessibilityProblems(his), 'withdrawn').toEqual([]);
    await his.context().close();

    // The editor's own window knows by itself, and the bell leads there; all by keyboard.
    await hers.getByText('日期有误').first().waitFor();
    await go(hers, '/products');
    await hers.getByRole('heading', { level: 1, name: '产品登记簿' }).waitFor();
    await hers.keyboard.press('g');
    await hers.keyboard.press('n');
    const notices = hers.getByRole('region', { name: '通知' });
    await notices.getByRole('link', { name: /备案已撤回，请停止使用 中秋提示/ }).waitFor();
    expect(await accessibilityProblems(hers), 'notices').toEqual([]);
    await hers.keyboard.press('Tab');
    await hers.keyboard.press('Tab');
    await hers.keyboard.press('Enter');
    await hers.getByRole('heading', { level: 1, name: `备案 ${number}` }).waitFor();
    await hers.getByRole('button', { name: /^通知/ }).click();
    await notices.getByRole('button', { name: '全部标为已读' }).click();
    await hers.getByRole('button', { name: '通知', exact: true }).waitFor();
    expect((await editor.call('notices.list', {})).unread).toBe(0);
    await hers.keyboard.press('Escape');
    await notices.waitFor({ state: 'hidden' });
    await hers.context().close();
  });
});
