import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { browserForTests } from '../support/browser.ts';
import type { TestClient } from '../support/workspace.ts';
import { signedIn } from './support/archive-data.ts';
import { submitPost } from './support/review-data.ts';
import { type World, accessibilityProblems, accounts, startWorld } from './support/world.ts';

// What reviews go by: templates, the working calendar, and who stands in for whom.

describe.skipIf(browserForTests().executable === null)('what reviews go by', () => {
  let world: World;
  let admin: TestClient;
  beforeAll(async () => {
    world = await startWorld(accounts);
    admin = await signedIn(world, 'admin');
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  it('begins with the starter templates, and writes one of its own by keyboard', async () => {
    const page = await world.openAs('admin', { at: '/templates' });
    await page.getByText('还没有审核流程').waitFor();
    await page.getByRole('button', { name: '添加预置流程' }).click();
    await page.getByRole('link', { name: '产品宣传' }).waitFor();
    expect(await accessibilityProblems(page), 'list').toEqual([]);
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: '新建流程' });
    await dialog.getByLabel('名称').fill('活动页');
    await page.keyboard.press('Tab');
    await dialog.getByRole('button', { name: '新建' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: '活动页' }).waitFor();

    await page.getByRole('button', { name: '添加环节' }).click();
    await page.getByLabel('环节名称').fill('法务');
    // A last stage for comments only can't be published; the problem stands by its stage.
    await page.getByText('只征求意见', { exact: true }).click();
    await page.getByRole('alert').getByText('最后一个环节不能只征求意见').first().waitFor();
    expect(await page.getByRole('button', { name: '发布', exact: true }).isDisabled()).toBe(true);
    const up = page.getByRole('button', { name: '上移“法务”' });
    await up.focus();
    await page.keyboard.press('Enter');
    await page.getByText('“法务”现在是第 1 个环节').waitFor();
    // The focus went along.
    expect(await up.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.getByText(/如果现在开始：\d{4}-\d{2}-\d{2} \d{2}:\d{2} 到期/).waitFor();
    await page.getByRole('button', { name: '添加问题' }).click();
    await page.getByRole('button', { name: '保存草稿' }).click();
    // A question without words is not saved.
    expect((await admin.call('templates.list', {})).at(-1)?.draft?.stages).toHaveLength(1);
    await page.getByLabel('问题 第 1 行').fill('活动规则是否完整？');
    expect(await accessibilityProblems(page), 'editor').toEqual([]);

    // Leaving asks first.
    await page.getByRole('link', { name: '备案', exact: true }).click();
    const leave = page.getByRole('dialog', { name: '离开并放弃修改？' });
    await leave.getByRole('button', { name: '留在本页' }).click();
    await page.keyboard.press('Control+s');
    await page.getByText('草稿已保存').first().waitFor();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    const publish = page.getByRole('dialog', { name: '发布“活动页”第 1 版' });
    await publish.getByRole('button', { name: '发布' }).click();
    await page.getByText('已发布第 1 版').first().waitFor();
    await page.getByRole('link', { name: '已发布版本（1）' }).click();
    await page.getByText('活动规则是否完整？').waitFor();
    const published = (await admin.call('templates.list', {})).at(-1)?.published?.content;
    expect(published?.stages.map(({ name, kind }) => [name, kind])).toEqual([
      ['法务', 'comment-only'],
      ['合规审核', 'decide'],
    ]);
    await page.context().close();
  });

  it('says that running reviews keep their version, and who was faster', async () => {
    await admin.call('templates.addStarters', {});
    const { reviewId } = await submitPost(world, await signedIn(world, 'editor'), '端午提示');
    const review = await admin.call('reviews.get', { id: reviewId });
    const page = await world.openAs('admin', { at: `/templates/${review.template.id}` });
    await page.getByLabel('环节名称').fill('合规一审');
    // Somebody else saves first.
    const template = (await admin.call('templates.list', {})).find(({ id }) => id === review.template.id);
    if (!template?.published) throw new Error('the review has no template');
    const { content } = template.published;
    await admin.call('templates.saveDraft', {
      id: template.id,
      content: { ...content, description: '别人写的' },
      expectedUpdatedAt: template.updatedAt,
    });
    await page.getByRole('button', { name: '保存草稿' }).click();
    const overtaken = page.getByRole('alert').filter({ hasText: '您的修改还在' });
    await overtaken.waitFor();
    expect(await page.getByLabel('环节名称').inputValue()).toBe('合规一审');
    await overtaken.getByRole('button', { name: '用我的覆盖' }).click();
    await page.getByText('草稿已保存').first().waitFor();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('进行中的 1 个审核仍按各自开始时的版本进行').waitFor();
    await dialog.getByRole('button', { name: '发布' }).click();
    await page.getByText('已发布第 2 版').first().waitFor();
    expect((await admin.call('reviews.get', { id: reviewId })).stages[0]?.name).toBe('合规审核');
    await page.context().close();
    const auditor = await world.openAs('auditor', { at: `/templates/${review.template.id}` });
    await auditor.getByText('合规一审').first().waitFor();
    expect(await auditor.getByRole('button', { name: /保存草稿|发布/ }).count()).toBe(0);
    await auditor.context().close();
  });

  it('makes a day a holiday by keyboard, refuses overlapping hours, and says what it does not know', async () => {
    const page = await world.openAs('admin', { at: '/calendar' });
    await page.getByRole('button', { name: '下一年' }).waitFor();
    const year = new Date().getFullYear();
    const days = page.locator('td[tabindex="0"]');
    await days.focus();
    const before = await days.getAttribute('data-day');
    await page.keyboard.press('ArrowDown');
    const day = (await days.getAttribute('data-day')) ?? '';
    expect(Date.parse(day) - Date.parse(before ?? '')).toBe(7 * 86_400_000);
    await page.keyboard.press('Space');
    await page.getByLabel('名称').fill('行庆');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('工作日历已保存').first().waitFor();
    const stored = (await admin.call('calendar.get', {})).years.find((each) => each.year === year);
    expect(stored?.source).toBe('stored');
    expect(stored?.days).toContainEqual(expect.objectContaining({ day, name: '行庆' }));
    expect(await accessibilityProblems(page), 'calendar').toEqual([]);

    await page.getByLabel('第 2 段开始').fill('11:00');
    await page.keyboard.press('Enter');
    await page.getByText('不能重叠').waitFor();
    expect(await page.getByRole('button', { name: '保存', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '放弃修改' }).click();

    await page.getByRole('button', { name: `导入 ${year} 年节假日` }).click();
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByText(`已导入 ${year} 年的节假日`).waitFor();
    const imported = (await admin.call('calendar.get', {})).years.find((each) => each.year === year);
    expect(imported?.days).not.toContainEqual(expect.objectContaining({ name: '行庆' }));
    const unknown = (await admin.call('calendar.get', {})).years.find(({ source }) => source === 'unknown');
    if (unknown !== undefined) {
      await page.getByRole('combobox', { name: '年份' }).click();
      await page.getByTitle(`${unknown.year} 年`).click();
      await page.getByText(`没有 ${unknown.year} 年的节假日数据`, { exact: true }).waitFor();
    }
    await page.context().close();
  });

  it('names who stands in for an absence, and ends it', async () => {
    const page = await world.openAs('reviewer', { at: '/delegations' });
    await page.getByText('没有代理', { exact: true }).waitFor();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: '添加代理' });
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText('必填').first().waitFor();
    await dialog.getByLabel('代理人').fill('approver');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('末日（含）').fill('2020-01-01');
    await page.keyboard.press('Enter');
    await dialog.getByText('末日不能早于首日').waitFor();
    const first = await dialog.getByLabel('首日').inputValue();
    await dialog.getByLabel('末日（含）').fill(first);
    await page.keyboard.press('Enter');
    await dialog.getByLabel('原因').fill('年假');
    expect(await accessibilityProblems(page), 'dialog').toEqual([]);
    await dialog.getByRole('button', { name: '保存' }).click();
    const row = page.getByRole('row').filter({ hasText: '年假' });
    await row.getByText('生效中').waitFor();
    await row.getByText(`${first} 至 ${first}`).waitFor();
    const approver = await signedIn(world, 'approver');
    expect(await approver.call('delegations.list', {})).toHaveLength(1);
    await row.getByRole('button', { name: '结束代理' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '结束代理' }).click();
    await row.getByText('已提前结束').waitFor();
    await page.context().close();
  });

  it.each(['/templates', '/calendar', '/delegations'])(
    'keeps its contrast in the dark theme at %s',
    async (at) => {
      await admin.call('templates.addStarters', {});
      const page = await world.openAs('everything', { at, theme: 'dark' });
      await page
        .locator('table')
        .or(page.getByText('没有代理', { exact: true }))
        .first()
        .waitFor();
      expect(await accessibilityProblems(page, 'dark')).toEqual([]);
      await page.context().close();
    },
  );
});
