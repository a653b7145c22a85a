import { readFile } from 'node:fs/promises';

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { browserForTests } from '../support/browser.ts';
import { publishLexicon } from '../support/hits-fixture.ts';
import { shortChat } from './flows/chat-file.ts';
import { go } from './flows/steps.ts';
import { importText, screenAll, signedIn } from './support/archive-data.ts';
import { type World, accessibilityProblems, accounts, startWorld } from './support/world.ts';

describe.skipIf(browserForTests().executable === null)('lexicons', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(accounts);
    const client = await signedIn(world, 'everything');
    await publishLexicon(client, '投诉用语');
    await importText(world, client, shortChat.name, shortChat.text);
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  async function createLexicon(page: Page, name: string): Promise<void> {
    await go(page, '/lexicons');
    await page.getByRole('button', { name: '新建词库' }).click();
    await page.getByRole('dialog').getByLabel('名称').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await page.getByRole('heading', { level: 2, name }).waitFor();
  }

  async function addTerm(page: Page, text: string, category: string): Promise<void> {
    await page.getByRole('button', { name: '添加词条' }).click();
    const dialog = page.getByRole('dialog', { name: '添加词条' });
    await dialog.getByLabel('词条', { exact: true }).fill(text);
    await dialog.getByLabel('类别').fill(category);
    await dialog.getByRole('button', { name: '保存并继续添加' }).click();
    await dialog.getByText(`已添加“${text}”`).waitFor();
    await dialog.getByRole('button', { name: '关闭' }).last().click();
    await dialog.waitFor({ state: 'hidden' });
  }

  it('edits a draft, publishes it, and finds its term in the next screening', async () => {
    const page = await world.openAs('everything');
    await createLexicon(page, '行内用语');
    await addTerm(page, '风险测评', '测试用语');
    await page.getByRole('row').filter({ hasText: '风险测评' }).waitFor();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 条').waitFor();
    await dialog.getByRole('button', { name: '发布' }).click();
    await page.getByText('不可修改').first().waitFor();
    // A change takes a new draft, which can be thrown away.
    await page.getByRole('button', { name: '编辑草稿' }).click();
    await addTerm(page, '还没有定下来', '测试用语');
    await page.getByRole('button', { name: '放弃草稿' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '放弃草稿' }).click();
    await page.getByText('不可修改').first().waitFor();
    await page.getByRole('row').filter({ hasText: '还没有定下来' }).waitFor({ state: 'detached' });
    const client = await signedIn(world, 'reviewer');
    await screenAll(world, client);
    await go(page, `/hits?category=${encodeURIComponent('测试用语')}`);
    await page.getByRole('grid', { name: '命中' }).getByRole('row').filter({ hasText: '风险测评' }).waitFor();
    await page.context().close();
  });

  it('warns of a term of one character', async () => {
    const page = await world.openAs('reviewer');
    await createLexicon(page, '一个字');
    await page.getByRole('button', { name: '添加词条' }).click();
    const dialog = page.getByRole('dialog', { name: '添加词条' });
    await dialog.getByLabel('词条', { exact: true }).fill('赚');
    await dialog.getByLabel('类别').fill('试');
    await dialog.getByRole('button', { name: '保存并继续添加' }).click();
    await dialog.getByText('只有一个字').waitFor();
    await page.context().close();
  });

  it('imports a file into the draft, tells what came of it, and exports it again', async () => {
    const page = await world.openAs('reviewer');
    await createLexicon(page, '外来词');
    await page.getByRole('button', { name: '导入文件' }).click();
    await page.getByTestId('lexicon-file').setInputFiles({
      name: '词.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('# 注释\n内部渠道\n包赚不赔\n\n内部渠道\n'),
    });
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '导入', exact: true }).click();
    await dialog.locator('dt', { hasText: '新增' }).locator('+ dd', { hasText: '2' }).waitFor();
    await dialog.getByRole('button', { name: '查看草稿' }).click();
    await page.getByRole('row').filter({ hasText: '包赚不赔' }).waitFor();
    await page.getByRole('button', { name: '导出' }).focus();
    await page.keyboard.press('Enter');
    const downloading = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /文本/ }).click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    expect(text).toContain('内部渠道');
    expect(text).toContain('包赚不赔');
    await page.context().close();
  });

  it('says in words which line of a file is wrong', async () => {
    const page = await world.openAs('reviewer');
    await createLexicon(page, '写错的词库');
    await page.getByRole('button', { name: '导入文件' }).click();
    await page.getByTestId('lexicon-file').setInputFiles({
      name: '词.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('词条,等级\n保本,高\n稳赚,很高\n'),
    });
    await page.getByRole('dialog').getByRole('button', { name: '导入', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: '第 3 行：等级“很高”无法识别' }).waitFor();
    await page.context().close();
  });

  it('turns a lexicon off and on after a question, for those who may publish', async () => {
    const page = await world.openAs('approver', { at: '/lexicons' });
    const toggle = page.getByRole('switch', { name: /投诉/ });
    const off = page.locator('[role="switch"][aria-checked="false"]');
    await toggle.click();
    await page.getByText('已有的命中和处置都保留').waitFor();
    await page.getByRole('button', { name: '取消' }).click();
    expect(await off.count()).toBe(0);
    // By the keyboard: the question has the focus, and gives it back.
    const focused = page.locator(':focus');
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await toggle.and(focused).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('tooltip').getByRole('button', { name: '取消' }).and(focused).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await toggle.and(focused).waitFor();
    expect(await off.count()).toBe(0);
    await toggle.click();
    await page.getByRole('button', { name: '停用' }).click();
    await off.waitFor();
    await toggle.click();
    await page.getByRole('button', { name: '启用' }).click();
    await off.waitFor({ state: 'detached' });
    await page.context().close();
    const reviewer = await world.openAs('reviewer', { at: '/lexicons' });
    expect(await reviewer.getByRole('switch').first().isDisabled()).toBe(true);
    await reviewer.context().close();
  });

  it('lets an auditor read terms and versions, and change nothing', async () => {
    const page = await world.openAs('auditor', { at: '/lexicons' });
    await page.getByRole('grid', { name: '词条' }).getByRole('row').nth(1).waitFor();
    for (const name of ['新建词库', '编辑草稿', '导入文件', '添加词条', '发布']) {
      expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0);
    }
    expect(await page.getByRole('switch').first().isDisabled()).toBe(true);
    await page.context().close();
  });

  it('shows severities and times whole in English, and an empty list of backtests as one block', async () => {
    const client = await signedIn(world, 'everything');
    const options = { language: 'en-US' } as const;
    const { id } = await publishLexicon(client, '要紧用语', [
      { text: '存量客户', category: '测试', severity: 'critical' },
    ]);
    await screenAll(world, client);
    /** What a column's cells say that does not fit in them. */
    const clipped = async (page: Page, header: string) => {
      const headers = page.getByRole('columnheader');
      await page.getByRole('gridcell').first().waitFor();
      const column = (await headers.allInnerTexts()).findIndex((text) => text.trim().startsWith(header));
      expect(column, header).toBeGreaterThanOrEqual(0);
      return page.getByRole('row').evaluateAll(
        (rows, at) =>
          rows.flatMap((row) => {
            const text = row.querySelectorAll('[role="gridcell"]')[at]?.firstElementChild;
            return text && text.scrollWidth > text.clientWidth ? [text.textContent] : [];
          }),
        column,
      );
    };
    const page = await world.openAs('everything', { ...options, at: `/lexicons/${id}` });
    expect(await clipped(page, 'Severity')).toEqual([]);
    await go(page, `/lexicons/${id}/backtests`);
    const title = await page.getByText('No backtest yet').boundingBox();
    const hint = await page.getByText(/^Start one to see/).boundingBox();
    expect((hint?.y ?? 0) - (title?.y ?? 0)).toBeLessThan(60);
    await go(page, '/hits?state=any');
    expect(await clipped(page, 'Severity')).toEqual([]);
    expect(await clipped(page, 'Sent')).toEqual([]);
    await page.context().close();
  });

  it('switches built-in aliases off and on again, with mouse and keys', async () => {
    const client = await signedIn(world, 'everything');
    const made = await client.call('lexicons.create', { name: '停用别名' });
    const versionId = made.draft?.id ?? '';
    await client.call('lexicons.saveTerm', {
      versionId,
      id: null,
      term: { text: '加微信', category: '私下联系', severity: 'high' },
    });
    const page = await world.openAs('everything', { at: `/lexicons/${made.id}/workbench` });
    const tried = async (text: string, hits: number) => {
      await page.getByRole('link', { name: '试验台' }).click();
      await page.getByRole('textbox', { name: '试写文字' }).fill(text);
      await page
        .getByRole('complementary', { name: '命中说明' })
        .getByText(hits === 0 ? '没有词条命中这段话' : `${hits} 个命中`)
        .first()
        .waitFor();
      await page.getByRole('link', { name: '归一设置' }).click();
    };
    await tried('请加徽信，或加薇信', 2);
    const section = page.getByRole('region', { name: '内置别名' });
    const words = section.getByRole('list', { name: '内置别名' });
    const form = (name: string) =>
      section.getByRole('group', { name: '“微信”的写法' }).getByRole('checkbox', { name, exact: true });
    await section.getByText('全部启用').waitFor();
    const opener = section.getByRole('button', { name: '查看内置别名' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await form('徽信').uncheck();
    // Tab stops once in a word; the arrow keys go on from there.
    await page.keyboard.press('ArrowLeft');
    expect(await form('薇信').evaluate((own) => own === document.activeElement)).toBe(true);
    await page.keyboard.press('Space');
    await section.getByText('已停用 2 个写法').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await form('薇信').evaluate((own) => own === document.activeElement)).toBe(true);
    await section.getByRole('searchbox', { name: '查找词或写法' }).fill('徽');
    await expect.poll(() => words.getByRole('checkbox').count()).toBeLessThan(10);
    expect(await form('徽信').isChecked()).toBe(false);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('[data-theme="dark"]').waitFor();
    expect(await accessibilityProblems(page, 'dark')).toEqual([]);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已保存').waitFor();
    await tried('请加徽信，或加薇信', 0);
    await tried('请加V信', 1);

    // The row is gone, and its button with it: the keyboard goes on from the one that adds another.
    await page.getByRole('button', { name: '添加别名' }).click();
    await page.getByLabel('词', { exact: true }).fill('微信');
    await page.getByRole('button', { name: '删除别名“微信”' }).focus();
    await page.keyboard.press('Enter');
    const adds = page.getByRole('button', { name: '添加别名' });
    await expect.poll(() => adds.evaluate((own) => own === document.activeElement)).toBe(true);

    await section.getByText('徽信').waitFor();
    await section.getByRole('button', { name: '全部恢复启用' }).focus();
    await page.keyboard.press('Enter');
    await section.getByText('全部启用').waitFor();
    expect(await opener.evaluate((own) => own === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已保存').waitFor();
    await page.context().close();

    await client.call('lexicons.saveSettings', {
      versionId,
      revision:
        (await client.call('lexicons.list', {})).find(({ id }) => id === made.id)?.draft?.settingsRevision ??
        0,
      settings: { aliasesOff: [{ target: '微信', written: ['徽信'] }] },
    });
    const reading = await world.openAs('auditor', { at: `/lexicons/${made.id}/settings` });
    const read = reading.getByRole('region', { name: '内置别名' });
    await read.getByText('已停用 1 个写法').waitFor();
    await read.getByRole('button', { name: '查看内置别名' }).click();
    await expect.poll(() => read.getByRole('checkbox').count()).toBeGreaterThan(200);
    expect(await read.getByRole('checkbox', { disabled: false }).count()).toBe(0);
    expect(await read.getByRole('button', { name: '全部恢复启用' }).count()).toBe(0);
    expect(await accessibilityProblems(reading)).toEqual([]);
    await reading.context().close();
  });

  it('says what an import does about the settings of its file, before and after', async () => {
    const client = await signedIn(world, 'everything');
    const made = await client.call('lexicons.create', { name: '带设置的文件' });
    const versionId = made.draft?.id ?? '';
    const term = { text: '加微信', category: '私下联系', severity: 'high' } as const;
    await client.call('lexicons.saveTerm', { versionId, id: null, term });
    await client.call('lexicons.saveSettings', {
      versionId,
      revision: 0,
      settings: { aliases: [{ target: '保本', written: ['宝夲', '褓夲'] }] },
    });
    const page = await world.openAs('everything', { at: `/lexicons/${made.id}` });
    const dialog = page.getByRole('dialog');
    const choose = (name: string, settings: unknown) =>
      page.getByTestId('lexicon-file').setInputFiles({
        name,
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify({ settings, terms: ['内部渠道'] })),
      });
    const start = dialog.getByRole('button', { name: '导入', exact: true });
    const folds = ['width', 'case', 'pinyin'];
    await page.getByRole('button', { name: '导入文件' }).click();
    await choose('错.json', { folds, aliasesOff: [{ target: '微信', written: ['没有的写法', 'vx'] }] });
    await dialog.getByText('文件中的归一设置不会采用').waitFor();
    await dialog.getByText('aliasesOff：“没有的写法 → 微信”不在内置别名中').waitFor();
    const differences = dialog.getByText('文件与草稿的不同');
    expect(await dialog.getByText('由 2 个变为 0 个').isVisible()).toBe(false);
    await differences.focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('由 2 个变为 0 个').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('radio', { name: '替换全部词条' }).check();
    await dialog.getByText('文件中的归一设置有误，不能这样导入').waitFor();
    expect(await start.isDisabled()).toBe(true);
    await dialog.getByRole('radio', { name: '并入现有词条' }).check();
    await start.click();
    await dialog.getByText('文件中的归一设置没有采用').waitFor();
    await dialog.getByText('aliasesOff：“没有的写法 → 微信”不在内置别名中').waitFor();
    await dialog.getByRole('button', { name: '查看草稿' }).click();
    await dialog.waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: '导入文件' }).click();
    await choose('对.json', { folds, aliasesOff: [{ target: '微信', written: ['vx', '徽信'] }] });
    await dialog.getByRole('radio', { name: '替换全部词条' }).check();
    await dialog.getByText('文件中的归一设置将替换草稿的设置').waitFor();
    await dialog.getByText('打开： 拼音').waitFor();
    await dialog.getByText('删除： 宝夲 → 保本、褓夲 → 保本').waitFor();
    await dialog.getByText('停用： vx → 微信、徽信 → 微信').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('[data-theme="dark"]').waitFor();
    expect(await accessibilityProblems(page, 'dark')).toEqual([]);
    await start.click();
    await dialog.getByText('文件中的归一设置已替换草稿的设置').waitFor();
    await dialog.getByText('停用由 0 个变为 2 个').waitFor();
    await page.context().close();
  });

  it('says what publishing changes in the settings, and nothing of settings where it changes none', async () => {
    const client = await signedIn(world, 'everything');
    const { id: lexiconId } = await publishLexicon(client, '改设置的词库');
    const { draft } = await client.call('lexicons.startDraft', { lexiconId });
    if (draft === null) throw new Error('a draft was started');
    const page = await world.openAs('everything', { at: `/lexicons/${lexiconId}` });
    const dialog = page.getByRole('dialog');
    const publish = page.getByRole('button', { name: '发布', exact: true });
    const changes = dialog.getByRole('region', { name: '归一设置的改动' });
    await publish.click();
    await dialog.getByRole('button', { name: '发布', disabled: false }).waitFor();
    expect(await changes.count()).toBe(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    const written = ['甲', '乙', '丙', '丁', '戊', '己', '庚'].map((each) => `${each}夲`);
    await client.call('lexicons.saveSettings', {
      versionId: draft.id,
      revision: draft.settingsRevision,
      settings: {
        folds: [...draft.settings.folds, 'pinyin'],
        aliases: [{ target: '保本', written }],
        components: [{ character: '信', parts: '亻言' }],
      },
    });
    await publish.click();
    await changes.getByText('打开： 拼音').waitFor();
    await changes.getByText('由 0 个变为 7 个').waitFor();
    await changes.getByText(/新增： 丁夲 → 保本、.* 等，另有 2 个$/).waitFor();
    await changes.getByText('新增： 亻言 → 信').waitFor();
    expect(await changes.getByText('内置别名').count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });

  it('asks before settings that are not saved go with the page', async () => {
    const client = await signedIn(world, 'everything');
    const made = await client.call('lexicons.create', { name: '未保存的设置' });
    const page = await world.openAs('everything', { at: `/lexicons/${made.id}/settings` });
    const asked: string[] = [];
    page.on('dialog', (question) => {
      asked.push(question.type());
      void question.accept();
    });
    const pinyin = page.getByRole('checkbox', { name: '拼音' });
    await pinyin.check();
    await page.reload();
    await pinyin.waitFor();
    expect(asked).toEqual(['beforeunload']);
    await pinyin.check();
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已保存').waitFor();
    await page.reload();
    await pinyin.waitFor();
    expect(asked).toEqual(['beforeunload']);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('has no accessibility violation in the %s theme', async (theme) => {
    const page = await world.openAs('everything', { at: '/lexicons', theme });
    await page.getByRole('grid', { name: '词条' }).getByRole('row').nth(1).waitFor();
    expect(await accessibilityProblems(page, theme), 'list').toEqual([]);
    await page
      .getByRole('link', { name: /一个字|外来词/ })
      .first()
      .click();
    await page.getByRole('button', { name: '添加词条' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await accessibilityProblems(page, theme), 'term').toEqual([]);
    await page.context().close();
  });
});
