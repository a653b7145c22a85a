import { readFile } from 'node:fs/promises';

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { CalendarDay, type HandoverId } from '../../src/core/contract/ids.ts';
import type { ProcedureInput } from '../../src/core/contract/index.ts';
import { browserForTests } from '../support/browser.ts';
import { type TestClient, testPassword } from '../support/workspace.ts';
import { importText, signedIn } from './support/archive-data.ts';
import { departure, departureChat, lastDay, leaver } from './support/handover-data.ts';
import { tabTo } from './support/review-hands.ts';
import { type World, accessibilityProblems, startWorld } from './support/world.ts';

describe.skipIf(browserForTests().executable === null)('handovers', () => {
  let world: World;
  let reviewer: TestClient;
  let accounts: ReadonlyMap<string, string>;
  beforeAll(async () => {
    world = await startWorld({ workspace: departure(200) });
    reviewer = await signedIn(world, 'reviewer');
    await importText(world, reviewer, '会话存档.jsonl', departureChat());
    const all = await reviewer.call('handovers.accounts', {});
    accounts = new Map(all.map(({ userName, userId }) => [userName, userId]));
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  const account = (userName: string): string => {
    const id = accounts.get(userName);
    if (id === undefined) throw new Error(`no account ${userName}`);
    return id;
  };
  const open = async (more: Partial<ProcedureInput<'handovers.open'>> = {}): Promise<HandoverId> => {
    const { id } = await reviewer.call('handovers.open', {
      leaver,
      lastDay: CalendarDay.parse(lastDay),
      takers: [{ taker: 'lin.xiaoyu', userId: account('editor') }],
      supervisorUser: account('approver'),
      ...more,
    });
    return id;
  };
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

  it('opens one from what the data suggest, and drops what is no departure with a reason', async () => {
    const page = await world.openAs('reviewer', { at: '/handovers' });
    const suggested = page.getByRole('region', { name: '疑似离职' });
    const item = suggested.getByRole('listitem').filter({ hasText: '高维' });
    await item.getByText('离职名单列出，最后工作日 2026-11-25。').waitFor();
    expect(await accessibilityProblems(page), 'suggested').toEqual([]);
    await item.getByRole('button', { name: '新建交接' }).click();
    const form = page.getByRole('dialog', { name: '新建离职交接' });
    await expect.poll(() => form.getByLabel('最后工作日').inputValue()).toBe('2026-11-25');
    expect(await accessibilityProblems(page), 'form').toEqual([]);
    await form.getByRole('combobox', { name: '接交人 1', exact: true }).fill('林');
    await page.getByTitle('林晓雨 · 城南支行 (lin.xiaoyu)').click();
    await form.getByRole('combobox', { name: '监交人' }).click();
    await page.getByTitle('approver (approver)').last().click();
    await form.getByRole('button', { name: '新建', exact: true }).click();
    await heading(page, '高维的离职交接').waitFor();

    await page.getByRole('link', { name: '离职交接' }).last().click();
    const other = suggested.getByRole('listitem').filter({ hasText: '唐磊' });
    await other.getByText('1 个客户群的群主状态为已离职').waitFor();
    await other.getByRole('button', { name: '不是离职' }).click();
    const reason = page.getByRole('dialog', { name: '唐磊' });
    await reason.getByRole('button', { name: '不是离职' }).click();
    await reason.getByText('必填').waitFor();
    await reason.getByLabel('原因').fill('岗位调整，仍在职');
    await reason.getByRole('button', { name: '不是离职' }).click();
    await other.waitFor({ state: 'hidden' });
    await page.context().close();
  });

  it('says in the form what can not be', async () => {
    const page = await world.openAs('reviewer', { at: '/handovers' });
    await heading(page, '离职交接').waitFor();
    await page.keyboard.press('n');
    const form = page.getByRole('dialog', { name: '新建离职交接' });
    await form.getByRole('button', { name: '新建', exact: true }).click();
    expect(await form.getByText('必填').count()).toBe(2);
    // Somebody whom no feed has named yet.
    await form.getByRole('combobox', { name: '* 移交人' }).fill('xin.ren');
    await page.getByTitle('使用账号“xin.ren”').click();
    // The leaver is not offered as a taker, and can still be made one the other way round.
    const taker = form.getByRole('combobox', { name: '接交人 1', exact: true });
    await taker.fill('xin.ren');
    await page.getByText('没有找到。可输入完整的企业微信账号。').waitFor();
    const highlighted = page.locator(
      '.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active',
    );
    // Whoever has the words is highlighted, whoever was chosen before: Enter takes them.
    for (const [typed, found] of [
      ['何', '何静 · 城南支行 (he.jing)'],
      ['晓雨', '林晓雨 · 城南支行 (lin.xiaoyu)'],
    ] as const) {
      await taker.fill(typed);
      await highlighted.getByText(found).waitFor();
      await page.keyboard.press('Enter');
      await form.getByTitle(found).waitFor();
    }
    await form.getByRole('combobox', { name: '* 移交人' }).fill('lin.xiaoyu');
    await highlighted.getByText('林晓雨').waitFor();
    await page.keyboard.press('Enter');
    await form.getByText('移交人不能是接交人。').waitFor();
    await form.getByRole('combobox', { name: '接交人 1 的签署账号' }).click();
    await page.getByTitle('reviewer (reviewer)').last().click();
    await form.getByRole('combobox', { name: '监交人' }).click();
    await page.getByTitle('reviewer (reviewer)').last().click();
    await form.getByText('监交人不能是移交人或接交人。').waitFor();
    expect(await accessibilityProblems(page), 'form').toEqual([]);
    await page.context().close();
  });

  it('shows editors the handovers to which they are a party, and nothing to change', async () => {
    const theirs = await open({ lastDay: CalendarDay.parse('2026-11-11') });
    await open({ leaver: 'he.jing', takers: [] });
    // So low that what a reader can only look at has to scroll.
    const context = { viewport: { width: 1024, height: 420 } };
    const page = await world.openAs('editor', { at: '/handovers', context });
    await page.getByRole('link', { name: '周明远' }).waitFor();
    expect(await page.getByRole('link', { name: '何静' }).count()).toBe(0);
    await page.getByText('你是接交人').waitFor();
    for (const name of ['新建交接', '不是离职'])
      expect(await page.getByRole('button', { name }).count(), name).toBe(0);
    await page.goto(new URL(`/#/handovers/${theirs}`, world.url).href);
    await heading(page, '周明远的离职交接').waitFor();
    expect(await page.getByRole('button', { name: '编辑' }).count()).toBe(0);
    for (const [key, name] of [
      ['3', '未了承诺'],
      ['6', '证据'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole('region', { name, exact: true }).waitFor();
      expect(await accessibilityProblems(page), name).toEqual([]);
    }
    await page.context().close();
  });

  it('is signed by three parties over one hash, and opened again with a reason', async () => {
    const id = await open({ leaver: 'tang.lei', lastDay: CalendarDay.parse('2026-11-12') });
    const at = `/handovers/${id}?tab=signing`;
    const managers = await world.openAs('reviewer', { at });
    // Somebody else explains the last row while the screen is open: it freezes what stands then.
    const left = managers.getByRole('link', { name: /客户群/ });
    await left.waitFor();
    await reviewer.call('handovers.explain', {
      handoverId: id,
      class: 'groups',
      items: ['wrT1'],
      text: '群已由支行统一管理',
    });
    await left.waitFor({ state: 'hidden' });
    await managers.getByRole('button', { name: '定版', exact: true }).click();
    await managers.getByRole('heading', { name: '等待签署：还差 3 方' }).waitFor();
    expect(await accessibilityProblems(managers), 'frozen').toEqual([]);
    const { current } = await reviewer.call('handovers.signing', { id });

    // The taker finds it at home, and signs by keyboard alone.
    const takers = await world.openAs('editor', { at: '/' });
    await takers.getByRole('link', { name: '待我签署 1' }).click();
    await tabTo(takers, takers.getByRole('button', { name: '以接交人身份签署' }));
    await takers.keyboard.press('Enter');
    const dialog = takers.getByRole('dialog');
    await dialog.getByText(current?.hash ?? '-').waitFor();
    expect(await accessibilityProblems(takers), 'sign').toEqual([]);
    await takers.keyboard.type('两位客户的资料待补');
    await takers.keyboard.press('Tab');
    await takers.keyboard.type('wrong-password');
    await takers.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText('密码不正确。请检查后重试。', { exact: true }).waitFor();
    await dialog.getByLabel('你的登录密码').fill(testPassword);
    await takers.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await takers.getByText('两位客户的资料待补').waitFor();
    expect(await takers.getByRole('button', { name: /身份签署/ }).count()).toBe(0);
    await takers.context().close();

    const supervisors = await world.openAs('approver', { at, theme: 'dark' });
    await supervisors.getByRole('button', { name: '以监交人身份签署' }).click();
    await supervisors.getByLabel('你的登录密码').fill(testPassword);
    await supervisors.getByRole('dialog').getByRole('button', { name: '以监交人身份签署' }).click();
    await supervisors.getByRole('heading', { name: '等待签署：还差 1 方' }).waitFor();
    await supervisors.getByRole('button', { name: '登记移交人缺席' }).click();
    const absence = supervisors.getByRole('dialog');
    await absence.getByLabel('缺席原因').fill('已离岗，联系不上');
    await absence.getByLabel('你的登录密码').fill(testPassword);
    await absence.getByRole('button', { name: '登记移交人缺席' }).click();
    await supervisors.getByRole('heading', { name: '签署完成' }).waitFor();
    expect(await accessibilityProblems(supervisors, 'dark'), 'signed').toEqual([]);
    for (const [name, begins] of [
      ['离岗交接证明 PDF', '%PDF-'],
      ['交接清单 XLSX', 'PK'],
    ] as const) {
      const downloading = supervisors.waitForEvent('download');
      await supervisors.getByRole('button', { name }).first().click();
      const bytes = await readFile(await (await downloading).path());
      expect(bytes.subarray(0, begins.length).toString('latin1'), name).toBe(begins);
    }
    await supervisors.context().close();

    // Without being told, the manager's window knows; reopening keeps what was signed.
    await managers.getByRole('heading', { name: '签署完成' }).waitFor();
    await managers.getByRole('button', { name: '重新打开' }).click();
    const reopening = managers.getByRole('dialog', { name: '重新打开' });
    await reopening.getByLabel('原因').fill('补充导入群列表');
    await reopening.getByRole('button', { name: '重新打开' }).click();
    await managers.getByRole('heading', { name: '尚未定版' }).waitFor();
    await managers.getByText('补充导入群列表').waitFor();
    await managers.getByRole('button', { name: '查看清单' }).click();
    const older = managers.getByRole('dialog', { name: '第 1 版' });
    await older.getByTitle('群已由支行统一管理').waitFor();
    expect(await accessibilityProblems(managers), 'older sheet').toEqual([]);
    await older.getByRole('grid').focus();
    await managers.keyboard.press('ArrowDown');
    await managers.keyboard.press('Enter');
    await managers.getByRole('dialog', { name: 'wrT1' }).getByText('群已由支行统一管理').waitFor();
    await managers.context().close();
  });

  it('opens the list behind each number, and a row with what it rests on, by keyboard', async () => {
    // The other handovers of this leaver are of earlier days, after which their opening would begin.
    const id = await open({
      lastDay: CalendarDay.parse('2026-11-13'),
      openingDay: CalendarDay.parse('2026-11-01'),
    });
    const page = await world.openAs('reviewer', { at: `/handovers/${id}` });
    const figures = page.getByRole('table', { name: '平衡表' });
    const line = figures.getByRole('row', { name: /^客户 / });
    // The balance: opening, then every outcome, then the marks.
    await expect
      .poll(async () => (await line.getByRole('cell').allInnerTexts()).map(Number))
      .toEqual([200, 96, 20, 20, 20, 10, 10, 0, 24, 4, 20]);
    expect(await accessibilityProblems(page), 'sheet').toEqual([]);
    await tabTo(page, figures.getByRole('link', { name: '客户 移交人已删除 10' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '客户 · 移交人已删除' }).waitFor();
    await page.getByText('共 10 条').waitFor();
    await figures.getByRole('link', { name: '客户 记录矛盾 4' }).click();
    const grid = page.getByRole('grid', { name: '客户 · 记录矛盾' });
    await grid.getByRole('row', { name: /wmA000000/ }).waitFor();
    await tabTo(page, grid);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: '赵建国' });
    const sources = drawer.getByRole('region', { name: '依据的记录' });
    // Both records of the contradiction, and neither is chosen.
    await sources.getByText('接替结果：林晓雨接替完成。').waitFor();
    await sources.getByText('接替结果：客户拒绝由林晓雨接替。').waitFor();
    await sources.getByRole('link', { name: '接替结果.json' }).first().waitFor();
    expect(await accessibilityProblems(page), 'row').toEqual([]);
    await drawer.getByRole('button', { name: '下一条' }).click();
    await page.getByRole('dialog', { name: '赵强' }).waitFor();
    await page.keyboard.press('Escape');

    // Every unexplained row at once, then one of them taken back.
    await page.getByRole('combobox', { name: '显示哪些' }).click();
    await page.getByTitle('待说明').click();
    await page.getByText('共 24 条').waitFor();
    await page.getByRole('button', { name: '全选 24 条' }).click();
    await page.getByText('已选 24 条').waitFor();
    await page.keyboard.press('w');
    const dialog = page.getByRole('dialog', { name: '写明原因：24 条' });
    await page.keyboard.type('支行逐户核实，由接交人继续联系');
    expect(await accessibilityProblems(page), 'explanation').toEqual([]);
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await line.getByText('均已写明').waitFor();
    await page.getByText('没有这样的条目').waitFor();
    await figures.getByRole('link', { name: '客户 未说明 24' }).click();
    await page.getByRole('searchbox', { name: '按名称、ID 或接交人查找' }).fill('wmA000009');
    await page.getByText('共 1 条').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('w');
    await page.getByRole('button', { name: '撤回原因' }).click();
    await line.getByText('已写明 23').waitFor();

    await page.context().close();
  });

  it('lets a finding of procedure be dismissed with a reason and taken up again, by keyboard', async () => {
    const id = await open({ lastDay: CalendarDay.parse('2026-11-10') });
    const page = await world.openAs('reviewer', { at: `/handovers/${id}` });
    const line = page.getByRole('button', { name: /程序问题/ });
    await line.getByText('1 个程序问题：接替超时').waitFor();
    await tabTo(page, line);
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: '程序问题', exact: true });
    const card = drawer
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: '接替超时' }) });
    await card.getByText('20 项发起接替超过 24 小时仍无结果。').waitFor();
    expect(await accessibilityProblems(page), 'procedure').toEqual([]);
    await tabTo(page, card.getByRole('button', { name: '排除' }));
    await page.keyboard.press('Enter');
    const asked = page.getByRole('dialog', { name: '排除“接替超时”' });
    await asked.getByText('写明为什么不必再处理。').waitFor();
    expect(await accessibilityProblems(page), 'reason').toEqual([]);
    // Without a reason nothing is dismissed.
    await tabTo(page, asked.getByRole('button', { name: '排除' }));
    await page.keyboard.press('Enter');
    await asked.getByText('必填').waitFor();
    await tabTo(page, asked.getByLabel('原因'));
    await page.keyboard.type('已电话催办，客户次日确认');
    await tabTo(page, asked.getByRole('button', { name: '排除' }));
    await page.keyboard.press('Enter');
    await asked.waitFor({ state: 'hidden' });
    await drawer.getByText('没有未排除的程序问题。').waitFor();
    // The button that was pressed is gone; the keyboard goes on from where it was.
    const list = drawer.getByRole('region', { name: '程序问题' });
    await expect.poll(() => list.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await card.getByText(/^reviewer 于 .+ 排除：已电话催办，客户次日确认$/).waitFor();
    expect(await accessibilityProblems(page), 'dismissed').toEqual([]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await line.getByText('程序问题已全部排除（1 个）').waitFor();

    // Whoever only reads sees what was dismissed and why, and can take nothing back.
    const auditors = await world.openAs('auditor', { at: `/handovers/${id}`, theme: 'dark' });
    await auditors.getByRole('button', { name: '程序问题已全部排除（1 个）' }).click();
    await auditors.getByText(/^reviewer 于 .+ 排除：已电话催办，客户次日确认$/).waitFor();
    expect(await auditors.getByRole('button', { name: '恢复' }).count()).toBe(0);
    expect(await accessibilityProblems(auditors, 'dark'), 'reader').toEqual([]);
    await auditors.context().close();

    await page.keyboard.press('Enter');
    await tabTo(page, card.getByRole('button', { name: '恢复' }));
    await page.keyboard.press('Enter');
    await card.getByRole('button', { name: '排除' }).waitFor();
    await page.keyboard.press('Escape');
    await line.getByText('1 个程序问题：接替超时').waitFor();
    await page.context().close();
  });

  it('shows what happened around the last day, and lets a false alarm be dismissed and taken back', async () => {
    const id = await open({ lastDay: CalendarDay.parse('2026-11-14') });
    const page = await world.openAs('reviewer', { at: `/handovers/${id}?tab=timeline` });
    const card = page.getByRole('listitem').filter({
      has: page.getByRole('heading', { level: 3, name: '引导客户转到行外联系' }),
    });
    await card.getByText('您加我私人微信，这边说话不方便').waitFor();
    const parts = page.getByRole('table', { name: '风险的构成' });
    await parts.getByRole('row', { name: /引导客户转到行外联系/ }).waitFor();
    await page.getByRole('button', { name: '移交人删除客户 10' }).click();
    await page.getByRole('link', { name: '企业微信事件.jsonl' }).first().waitFor();
    expect(await accessibilityProblems(page), 'timeline').toEqual([]);
    await card.getByRole('button', { name: '排除' }).click();
    const reason = page.getByRole('dialog');
    await reason.getByLabel('原因').fill('客户为其亲属，已核实');
    await reason.getByRole('button', { name: '排除' }).click();
    await card.waitFor({ state: 'hidden' });
    await parts.getByRole('row', { name: /引导客户转到行外联系/ }).waitFor({ state: 'hidden' });
    await page.getByRole('switch', { name: '显示已排除的 1 个' }).click();
    await card.getByText('客户为其亲属，已核实').waitFor();
    expect(await accessibilityProblems(page), 'dismissed').toEqual([]);
    await card.getByRole('button', { name: '恢复' }).click();
    await parts.getByRole('row', { name: /引导客户转到行外联系/ }).waitFor();
    // The evidence opens in the archive, at the message.
    await card.getByRole('button', { name: '打开消息' }).click();
    await page.locator('article[data-current]', { hasText: '您加我私人微信' }).waitFor();
    await page.context().close();
  });

  it('makes a promise a task of the taker, and shows who was not contacted', async () => {
    const id = await open({ lastDay: CalendarDay.parse('2026-11-15') });
    const page = await world.openAs('reviewer', { at: `/handovers/${id}?tab=promises` });
    const contract = page.getByRole('listitem').filter({ hasText: '下周一给您送合同' });
    await contract.getByText('到期 2026-11-16').waitFor();
    expect(await accessibilityProblems(page), 'promises').toEqual([]);
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: '转为接交人的任务' });
    await dialog.getByLabel('到期日').waitFor();
    expect(await accessibilityProblems(page), 'task').toEqual([]);
    await dialog.getByRole('button', { name: '转为任务' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('已转任务 1').click();
    await page.getByText(/^林晓雨的任务，到期/).waitFor();
    await page.getByRole('button', { name: '已履行', exact: true }).click();
    await page.getByText('已履行 1').waitFor();

    await page.keyboard.press('4');
    await page.getByRole('button', { name: /未联系/ }).click();
    const grid = page.getByRole('grid', { name: '接续' });
    await grid
      .getByRole('row', { name: /未联系/ })
      .first()
      .waitFor();
    await page
      .getByRole('table', { name: '离职后各周的覆盖' })
      .getByRole('row', { name: /第 1 周/ })
      .waitFor();
    expect(await accessibilityProblems(page), 'continuity').toEqual([]);

    await page.keyboard.press('6');
    await page.getByRole('link', { name: '接替结果.json' }).waitFor();
    await page.getByText('截屏日志：时间线中没有截屏记录。').waitFor();
    expect(await accessibilityProblems(page), 'evidence').toEqual([]);
    await page.context().close();
  });
});
