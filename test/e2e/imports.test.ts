import { gzipSync } from 'node:zlib';

import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { browserForTests } from '../support/browser.ts';
import { csv, customerIds, layouts } from '../support/feeds.ts';
import { publishLexicon } from '../support/hits-fixture.ts';
import { shortChat } from './flows/chat-file.ts';
import { dropFile, importCounts } from './flows/steps.ts';
import { signedIn } from './support/archive-data.ts';
import { type World, accessibilityProblems, accounts, startWorld } from './support/world.ts';

/** Picks an option of a select by what it is called. */
async function choose(page: Page, within: Locator, label: string, option: string): Promise<void> {
  await within.getByRole('combobox', { name: label }).click();
  await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click();
}

describe.skipIf(browserForTests().executable === null)('imports', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(accounts);
    await publishLexicon(await signedIn(world, 'everything'), '行内用语');
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  it('says what to do while nothing has been imported', async () => {
    const page = await world.openAs('reviewer', { at: '/imports' });
    await page.getByText('还没有导入过文件').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });

  it('takes a file that is dropped on any screen, and its numbers add up', async () => {
    const page = await world.openAs('reviewer', { at: '/lexicons' });
    await page.getByRole('heading', { level: 1, name: '词库' }).waitFor();
    await dropFile(page, shortChat.name, shortChat.text);
    await page.getByRole('button', { name: '筛查新消息' }).waitFor();
    const counts = await importCounts(page);
    expect(counts).toEqual({
      读取: shortChat.read,
      导入: shortChat.imported,
      重复: shortChat.duplicates,
      隔离: shortChat.quarantined,
    });
    expect(counts['读取']).toBe((counts['导入'] ?? 0) + (counts['重复'] ?? 0) + (counts['隔离'] ?? 0));
    await page.context().close();
  });

  it('finds every message again when the same file comes compressed', async () => {
    const page = await world.openAs('reviewer', { at: '/imports' });
    await page
      .getByTestId('import-files')
      .first()
      .setInputFiles({
        name: `${shortChat.name}.gz`,
        mimeType: 'application/gzip',
        buffer: gzipSync(shortChat.text),
      });
    await page.getByRole('heading', { name: `${shortChat.name}.gz` }).waitFor();
    const { read, imported, duplicates, quarantined } = shortChat;
    expect(await importCounts(page)).toEqual({
      读取: read,
      导入: 0,
      重复: imported + duplicates,
      隔离: quarantined,
    });
    await page.context().close();
  });

  it('shows each quarantined entry with its line, its reason and its bytes', async () => {
    const page = await world.openAs('auditor', { at: '/imports' });
    await page
      .getByRole('link', { name: /会话存档-2026-03\.jsonl / })
      .last()
      .click();
    await page.getByRole('tab', { name: /隔离区/ }).click();
    const grid = page.getByRole('grid', { name: '隔离的条目' });
    await grid.getByRole('row').filter({ hasText: '缺少 msgid' }).waitFor();
    await grid.getByRole('row').filter({ hasText: '不是完整的 JSON' }).click();
    await page.locator('pre[data-view="text"]', { hasText: '"msgid":"e2e-broken"' }).waitFor();
    await page.getByText('十六进制').click();
    await page.locator('pre[data-view="hex"]', { hasText: '7b 22 6d 73 67 69 64 22' }).waitFor();
    await page.context().close();
  });

  it('says in words what is wrong with a file, and keeps the window', async () => {
    const page = await world.openAs('reviewer', { at: '/imports' });
    await page.getByRole('button', { name: '选择文件' }).first().waitFor();
    await dropFile(page, '合同.docx', 'not a chat');
    await page.getByRole('alert').filter({ hasText: '不支持这种文件' }).waitFor();
    await dropFile(page, '空.jsonl', '');
    await page.getByRole('alert').filter({ hasText: '文件是空的' }).first().waitFor();
    await dropFile(page, '不是.json', 'this is no JSON at all');
    await page.getByRole('heading', { name: '不是.json' }).waitFor();
    await page
      .getByRole('region', { name: '文件' })
      .getByText('失败')
      .or(page.getByText('隔离区（1）'))
      .first()
      .waitFor();
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)(
    'imports a table by columns that are named once and saved (%s)',
    async (theme) => {
      const page = await world.openAs('reviewer', { at: '/imports', theme });
      await page.getByRole('button', { name: '按选项导入' }).click();
      const dialog = page.getByRole('dialog', { name: '按选项导入文件' });
      const rows = [
        ['码', '谁在用', '开着吗'],
        [`c-${theme}`, 'chenxiao', '是'],
      ];
      await page.getByTestId('options-files').setInputFiles({
        name: `自制表-${theme}.csv`,
        mimeType: 'text/csv',
        buffer: Buffer.from(csv(rows[0] ?? [], rows.slice(1))),
      });
      await dialog.getByLabel('数据日期').fill('2026-03-02');
      await page.keyboard.press('Enter');
      if (theme === 'light') {
        await dialog.getByText('从表头看不出是什么').waitFor();
        await dialog.getByRole('button', { name: '自己指定各列' }).click();
        await choose(page, dialog, '这个表格是', '活码表');
        await choose(page, dialog, '编号', '码');
        await dialog.getByText('还需要指定：使用员工').waitFor();
        await choose(page, dialog, '使用员工', '谁在用');
        await choose(page, dialog, '状态', '开着吗');
        await dialog.getByText('读作活码表：共 1 行，其中 0 行不能导入。').waitFor();
        await dialog.getByText(`活码 · chenxiao · c-${theme} · 启用 · 2026`).waitFor();
        expect(await accessibilityProblems(page, theme), 'editor').toEqual([]);
        await dialog.getByLabel('给这个对应取个名字').fill('自制活码表');
        await dialog.getByRole('button', { name: '保存并使用' }).click();
      } else await choose(page, dialog, '表头对应', '自制活码表');
      await dialog.getByRole('button', { name: '修改这个对应' }).waitFor();
      await dialog.getByText('读作活码表：共 1 行').waitFor();
      expect(await accessibilityProblems(page, theme), 'preview').toEqual([]);
      await dialog.getByRole('button', { name: '导入', exact: true }).click();
      await page.getByRole('heading', { name: `自制表-${theme}.csv` }).waitFor();
      await page
        .getByRole('region', { name: '文件' })
        .getByRole('cell', { name: '活码表', exact: true })
        .waitFor();
      expect(await importCounts(page)).toMatchObject({ 读取: 1, 导入: 1, 隔离: 0 });
      await page.context().close();
    },
  );

  it('names a feed and why an answer of it was not taken', async () => {
    const page = await world.openAs('reviewer', { at: '/imports' });
    await page.getByRole('button', { name: '选择文件' }).first().waitFor();
    const answers = [
      customerIds('chenxiao', ['wmE2e']),
      { errcode: 40096, errmsg: 'invalid external userid' },
    ];
    await dropFile(page, '客户-2026-03-01.json', layouts.lines(answers));
    await page.getByRole('heading', { name: '客户-2026-03-01.json' }).waitFor();
    await page.getByRole('region', { name: '文件' }).getByText('客户列表').waitFor();
    await page.getByRole('tab', { name: '隔离区（1）' }).click();
    await page.getByRole('grid', { name: '隔离的条目' }).getByText('接口返回了错误').waitFor();
    await page.context().close();
  });

  it('lets an auditor look and not import', async () => {
    const page = await world.openAs('auditor', { at: '/imports' });
    await page.getByRole('navigation', { name: '历次导入' }).waitFor();
    expect(await page.getByRole('button', { name: '选择文件' }).isDisabled()).toBe(true);
    await dropFile(page, shortChat.name, shortChat.text);
    await page.getByRole('button', { name: '选择文件' }).waitFor();
    expect(await page.getByText('正在上传').count()).toBe(0);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('has no accessibility violation in the %s theme', async (theme) => {
    const page = await world.openAs('reviewer', { at: '/imports', theme });
    await page
      .getByRole('link', { name: /会话存档-2026-03\.jsonl / })
      .last()
      .click();
    await page.getByRole('region', { name: '文件' }).waitFor();
    expect(await accessibilityProblems(page, theme), 'files').toEqual([]);
    await page.getByRole('tab', { name: '完整性' }).click();
    await page.getByRole('grid', { name: '按员工和日期' }).waitFor();
    expect(await accessibilityProblems(page, theme), 'completeness').toEqual([]);
    await page.getByRole('tab', { name: /隔离区/ }).click();
    await page.getByRole('grid', { name: '隔离的条目' }).getByRole('row').nth(1).click();
    await page.locator('pre[data-view]').waitFor();
    expect(await accessibilityProblems(page, theme), 'quarantine').toEqual([]);
    await page.context().close();
  });
});
