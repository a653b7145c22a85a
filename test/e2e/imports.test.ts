import { gzipSync } from 'node:zlib';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { browserForTests } from '../support/browser.ts';
import { publishLexicon } from '../support/hits-fixture.ts';
import { shortChat } from './flows/chat-file.ts';
import { dropFile, importCounts } from './flows/steps.ts';
import { signedIn } from './support/archive-data.ts';
import { type World, accessibilityProblems, accounts, startWorld } from './support/world.ts';

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
