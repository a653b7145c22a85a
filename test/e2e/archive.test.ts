import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { browserForTests } from '../support/browser.ts';
import { archiveText, everyKind, longChat } from './flows/chat-file.ts';
import { go } from './flows/steps.ts';
import { importText, signedIn } from './support/archive-data.ts';
import { type World, accessibilityProblems, accounts, startWorld } from './support/world.ts';

const roster = 'userid,name,branch,position\nluo.ming,罗明,城南支行,客户经理\n';

describe.skipIf(browserForTests().executable === null)('the archive', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(accounts);
    const client = await signedIn(world, 'reviewer');
    await importText(world, client, '员工.csv', roster);
    await importText(world, client, '各种消息.jsonl', archiveText(everyKind));
    // The same people in a conversation of 900 messages, told apart by their msgids.
    const long = longChat(900, 120, '只有这句提到了彩虹桥，电话 13800138000')
      .replaceAll('e2e-', 'long-')
      .replaceAll('wmChenJiaHe', 'wmZhouYi');
    await importText(world, client, '长谈.jsonl', long);
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  async function openConversation(page: Page, name: string): Promise<void> {
    await go(page, '/archive');
    await page
      .getByRole('listbox', { name: '会话列表' })
      .getByRole('option')
      .filter({ hasText: name })
      .first()
      .click();
    await page.locator('article').first().waitFor();
  }

  it('renders every kind of message in words', async () => {
    const page = await world.openAs('reviewer', { at: '/archive' });
    await openConversation(page, 'wmChenJiaHe');
    const log = page.getByRole('log');
    for (const text of [
      '资料这就发给您',
      '图片',
      '语音',
      '视频',
      '被撤回的消息不在存档中',
      '同意会话存档',
      '不同意会话存档',
      '名片',
      '滨江路一号',
      '240 × 240',
      '产品说明书.pdf',
      '三月财经早报',
      '预约网点',
      '里面说的是转发的旧话',
      '图文里的文字',
      '恭喜发财',
      '¥ 5.20',
      '资产配置沟通会',
      '会议十分钟后开始',
      '客户分层表',
      '**本周要点**',
      '理财月报',
      '拜访客户',
      '一分钟看市场',
      '路演材料.pptx',
      '待办：回访客户',
    ]) {
      await expect.poll(() => log.getByText(text).count(), { message: text }).toBeGreaterThan(0);
    }
    await page.context().close();
  });

  it('leads from a revoke to what it revoked, which is marked', async () => {
    const page = await world.openAs('reviewer', { at: '/archive' });
    await openConversation(page, 'wmChenJiaHe');
    await page.getByRole('button', { name: '查看被撤回的消息' }).click();
    await page.locator('article[data-current][data-revoked]', { hasText: '这条会被撤回' }).waitFor();
    expect(page.url()).toMatch(/#\/archive\/\d+\?message=\d+$/);
    await page.context().close();
  });

  it('finds a text, jumps to it in a long conversation, and loads more both ways', async () => {
    const page = await world.openAs('reviewer', { at: '/archive' });
    await page.getByText('搜索文字').click();
    await page.getByRole('searchbox', { name: '在全部消息中搜索文字' }).fill('彩虹桥');
    await page.keyboard.press('Enter');
    await page.getByText('找到 1 条').waitFor();
    const result = page.getByRole('listbox', { name: '搜索结果' }).getByRole('option');
    expect(await result.locator('mark').innerText()).toBe('彩虹桥');
    await result.click();
    const found = page.locator('article[data-current]', { hasText: '彩虹桥' });
    await found.waitFor();
    expect(await found.locator('mark').innerText()).toBe('彩虹桥');
    await expect.poll(() => found.evaluate((element) => element.getBoundingClientRect().top > 0)).toBe(true);
    const first = page.locator('article').first();
    const id = await first.getAttribute('data-message');
    await page.getByRole('log').evaluate((element) => element.scrollTo({ top: 0 }));
    await page.getByText('会话从这里开始').waitFor();
    // What the reader looked at stays in view, with 70 messages above it now.
    const kept = page.locator(`article[data-message="${id}"]`);
    expect(await first.getAttribute('data-message')).not.toBe(id);
    await expect.poll(async () => (await kept.boundingBox())?.y).toBeGreaterThan(0);
    expect((await kept.boundingBox())?.y).toBeLessThan(400);
    await page.context().close();
  });

  it('searches the conversations of one person, in messages of one kind', async () => {
    const page = await world.openAs('reviewer', { at: '/archive' });
    await page.getByText('搜索文字').click();
    await page.getByRole('searchbox', { name: '在全部消息中搜索文字' }).fill('第');
    await page.getByRole('combobox', { name: '会话成员' }).fill('wmZhouYi');
    await page.getByTitle('wmZhouYi', { exact: true }).click();
    await page.getByRole('combobox', { name: '消息类型' }).fill('文本');
    await page.getByTitle('文本', { exact: true }).click();
    await page.keyboard.press('Escape');
    const sent = page.waitForRequest((request) => request.url().endsWith('archive.search'));
    await page.getByRole('button', { name: '搜索', exact: true }).click();
    const { filter } = (await sent).postDataJSON();
    expect(filter).toMatchObject({ kinds: ['text'], branch: null, from: null, to: null });
    await page.getByText(/^找到 [1-9]\d* 条/).waitFor();
    const results = page.getByRole('listbox', { name: '搜索结果' }).getByRole('option');
    await results.first().click();
    await page.getByRole('heading', { level: 2, name: /wmZhouYi/ }).waitFor();
    await page.context().close();
  });

  it('stops a search, and says when nothing was found', async () => {
    const page = await world.openAs('reviewer', { at: '/archive' });
    await page.getByText('搜索文字').click();
    await page.getByRole('searchbox', { name: '在全部消息中搜索文字' }).fill('从来没有人说过的话');
    await page.keyboard.press('Enter');
    await page.getByText('没有消息包含“从来没有人说过的话”').waitFor();
    await page.context().close();
  });

  it('masks personal data until somebody asks for it with a reason, which is recorded', async () => {
    const page = await world.openAs('reviewer', { at: '/archive' });
    await page.getByText('搜索文字').click();
    await page.getByRole('searchbox', { name: '在全部消息中搜索文字' }).fill('彩虹桥');
    await page.keyboard.press('Enter');
    await page.getByRole('listbox', { name: '搜索结果' }).getByRole('option').click();
    const found = page.locator('article[data-current]');
    await found.waitFor();
    expect(await page.getByText('13800138000').count()).toBe(0);
    await found.getByRole('button', { name: '显示个人信息' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: '显示并记录' }).isDisabled()).toBe(true);
    await dialog.getByLabel('补充说明').fill('核对客户来电');
    await dialog.getByRole('button', { name: '显示并记录' }).click();
    await found.getByText('13800138000').waitFor();
    const auditor = await signedIn(world, 'auditor');
    const { events } = await auditor.call('audit.list', { filter: { action: 'archive.reveal' } });
    expect(events[0]).toMatchObject({ userName: 'reviewer', recordKind: 'message' });
    await page.context().close();
  });

  it('finds conversations by a name from the roster', async () => {
    const page = await world.openAs('auditor', { at: '/archive' });
    await page.getByRole('searchbox', { name: '查找姓名、账号或机构' }).fill('罗明');
    await page.getByRole('option').filter({ hasText: '罗明' }).first().waitFor();
    await page.getByRole('searchbox', { name: '查找姓名、账号或机构' }).fill('没有这个人');
    await page.getByText('没有符合条件的会话').waitFor();
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('has no accessibility violation in the %s theme', async (theme) => {
    const page = await world.openAs('reviewer', { at: '/archive', theme });
    await openConversation(page, 'wmChenJiaHe');
    expect(await accessibilityProblems(page, theme), 'conversation').toEqual([]);
    await go(page, '/');
    await page.getByRole('heading', { name: '未筛查的消息' }).waitFor();
    expect(await accessibilityProblems(page, theme), 'home').toEqual([]);
    await go(page, '/archive');
    await page.getByText('搜索文字').click();
    await page.getByRole('searchbox', { name: '在全部消息中搜索文字' }).fill('第');
    await page.keyboard.press('Enter');
    await page.getByRole('listbox', { name: '搜索结果' }).getByRole('option').first().waitFor();
    expect(await accessibilityProblems(page, theme), 'search').toEqual([]);
    await page.context().close();
  });
});
