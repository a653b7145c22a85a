import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { textOfBody } from '../../src/core/features/reviews/material/model.ts';
import { browserForTests } from '../support/browser.ts';
import { docxParts, paragraph, zipOf } from '../support/document-fixtures.ts';
import { contentOf, createMaterial, editDraft, saveVersion } from '../support/materials.ts';
import { type TestClient, testPassword } from '../support/workspace.ts';
import { go } from './flows/steps.ts';
import { signedIn } from './support/archive-data.ts';
import { paste, prepareReviews, tabTo } from './support/review-hands.ts';
import { type World, accessibilityProblems, accounts, startWorld } from './support/world.ts';

const saving = '**/api/materials.saveDraft';

/** As Word puts it on the clipboard, and as nobody's Word would. */
const fromWord = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style>
<script>window.hacked = 'script'</script></head><body lang=ZH-CN style='tab-interval:21.0pt'>
<h1 style='margin:0'>活动规则</h1>
<p class=MsoListParagraph style='text-indent:-21.0pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span>第一项<b>加粗</b></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>l </span>第一项的细目</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2. </span>第二项</p>
<table border=1 style='border:none' onmouseover="window.hacked='table'"><tr><td style='width:50%'>期限</td><td>利率</td></tr><tr><td>一年</td><td>1.5%</td></tr></table>
<p><img src=x onerror="window.hacked='img'"><svg onload="window.hacked='svg'"><script>window.hacked='svg script'</script></svg></p>
<iframe srcdoc="<script>parent.hacked='iframe'</script>"></iframe><object data="data:text/html,<script>parent.hacked=1</script>"></object>
<p><a href="javascript:window.hacked='link'">坏链接</a>，<a href=" &#106;avascript:window.hacked='link'">藏起的链接</a>，<a href="data:text/html,<script>window.hacked=1</script>">数据链接</a>，<a href="https://bank.example/a" onclick="window.hacked='click'">好链接</a></p>
<math><mtext><table><mglyph><style><img src=x onerror="window.hacked='mxss'"></style></mglyph></table></mtext></math>
</body></html>`;

describe.skipIf(browserForTests().executable === null)('materials on screen', () => {
  let world: World;
  let editor: TestClient;
  let other: TestClient;
  beforeAll(async () => {
    world = await startWorld(accounts);
    editor = await signedIn(world, 'editor');
    other = await signedIn(world, 'everything');
    await prepareReviews(other);
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  const body = (page: Page) => page.getByRole('textbox', { name: '正文' });
  const saved = (page: Page) => page.getByRole('status').filter({ hasText: /^已保存/ });
  const findings = (page: Page) => page.getByRole('complementary', { name: '预检' });
  const marks = (page: Page) => body(page).locator('.body-mark');

  async function newMaterial(title: string, paragraphs: readonly string[] = []) {
    return createMaterial(editor, contentOf('moments-post', title, paragraphs));
  }
  async function stored(id: Parameters<typeof editDraft>[1]) {
    const { content, exemptions } = await editor.call('materials.draft', { id });
    return { content, exemptions, text: textOfBody(content.body) };
  }
  async function opened(id: string): Promise<Page> {
    const page = await world.openAs('editor', { at: `/materials/${id}` });
    await saved(page).waitFor();
    return page;
  }

  it('creates, saves, warns and submits without a pointer', async () => {
    const page = await world.openAs('editor', { at: '/materials' });
    await page.getByText('还没有素材').waitFor();
    expect(await accessibilityProblems(page), 'empty list').toEqual([]);
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: '新建素材' });
    await dialog.waitFor();
    expect(await accessibilityProblems(page), 'create').toEqual([]);
    await tabTo(page, dialog.getByRole('button', { name: /创\s*建/ }));
    await page.keyboard.press('Enter');
    await saved(page).waitFor();
    await tabTo(page, page.getByLabel('标题', { exact: true }));
    await page.keyboard.insertText('周五理财提示');
    await tabTo(page, body(page));
    await page.keyboard.insertText('本周市场平稳，欢迎咨询客户经理。');
    const id = /materials\/([\da-f-]+)/.exec(page.url())?.[1] ?? '';
    await expect
      .poll(
        async () => (await editor.call('materials.list', {})).materials.find((row) => row.id === id)?.title,
      )
      .toBe('周五理财提示');
    await saved(page).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('已保存为版本 1').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('内容与版本 1 相同，未产生新版本').waitFor();
    await tabTo(page, page.getByRole('button', { name: '提交审核' }));
    await page.keyboard.press('Enter');
    const submit = page.getByRole('dialog', { name: '提交审核' });
    await submit.getByText('审核流程：一般内容（合规审核 → 签批）').waitFor();
    expect(await accessibilityProblems(page), 'submit').toEqual([]);
    await tabTo(page, submit.getByRole('button', { name: '保存为版本并提交' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '周五理财提示' }).waitFor();
    await page.waitForURL(/#\/reviews\//);
    await page.context().close();
  });

  it('marks findings in the text, takes a suggestion, claims an exemption', async () => {
    const { id } = await newMaterial('预检示例');
    const page = await opened(id);
    await body(page).click();
    await page.keyboard.insertText('本产品零风险。');
    await page.keyboard.press('Enter');
    await page.keyboard.insertText('参观国家级博物馆。');
    await marks(page).filter({ hasText: '零风险' }).waitFor();
    const risk = findings(page).getByRole('listitem').filter({ hasText: '“零风险”' });
    await risk.getByText('此项不可豁免').waitFor();
    expect(await accessibilityProblems(page), 'findings').toEqual([]);
    await risk.getByRole('button', { name: '采用建议' }).click();
    await risk.waitFor({ state: 'detached' });
    await expect.poll(async () => (await stored(id)).text).toContain('本产品风险较低。');

    const national = findings(page).getByRole('listitem').filter({ hasText: '“国家级”' });
    await national.getByRole('button', { name: '申请豁免' }).click();
    expect(await national.getByRole('button', { name: /^申\s*请$/ }).isDisabled()).toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.getByTitle('国家或行业标准的分级用语').click();
    // While it closes, the list is still on the page, outside of all landmarks.
    await page.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
    await national.getByLabel('理由').fill('国家级博物馆是文物部门的定级。');
    expect(await accessibilityProblems(page), 'exemption').toEqual([]);
    await national.getByRole('button', { name: /^申\s*请$/ }).click();
    await national.getByText('已申请豁免（国家或行业标准的分级用语）').waitFor();
    await expect
      .poll(async () => (await stored(id)).exemptions)
      .toMatchObject([{ code: 'national-grading', reason: '国家级博物馆是文物部门的定级。' }]);
    await page.context().close();
  });

  it('takes lists and tables from Word, and nothing that runs', async () => {
    const { id } = await newMaterial('粘贴');
    const page = await opened(id);
    await body(page).click();
    await paste(page, { html: fromWord, text: '活动规则' });
    await body(page).getByText('好链接').waitFor();
    await expect.poll(async () => (await stored(id)).text).toContain('好链接');
    const { content } = await stored(id);
    expect(
      content.body.map((block) =>
        block.kind === 'image'
          ? 'image'
          : [block.kind, block.level, block.runs.map(({ text }) => text).join('')],
      ),
    ).toEqual([
      ['heading', 1, '活动规则'],
      ['numbered', 0, '第一项加粗'],
      ['bullet', 1, '第一项的细目'],
      ['numbered', 0, '第二项'],
      ['paragraph', 0, '期限 | 利率'],
      ['paragraph', 0, '一年 | 1.5%'],
      // What stood there was nothing but a picture that isn't one.
      ['paragraph', 0, ''],
      ['paragraph', 0, '坏链接，藏起的链接，数据链接，好链接'],
    ]);
    const hrefs = content.body.flatMap((block) =>
      'runs' in block ? block.runs.map(({ href }) => href) : [],
    );
    expect(hrefs.filter((href) => href !== '')).toEqual(['https://bank.example/a']);
    expect(await body(page).locator('script, iframe, object, svg, math, style, img, [style]').count()).toBe(
      0,
    );
    expect(await page.evaluate(() => Reflect.get(window, 'hacked') ?? null)).toBeNull();
    await page.context().close();
  });

  it('refuses a paste that would go over the limit, says so, and loses nothing', async () => {
    const { id } = await newMaterial('很长', ['原有的文字。']);
    const page = await opened(id);
    await body(page).click();
    await paste(page, { text: '长'.repeat(200_000) });
    await page.getByRole('alert').filter({ hasText: '超过上限 200000 字，未粘贴' }).waitFor();
    expect(await body(page).innerText()).toBe('原有的文字。');
    expect(await accessibilityProblems(page), 'refused').toEqual([]);
    await page.context().close();
  });

  it('gives back what was typed when the window crashed before it was saved', async () => {
    const { id } = await newMaterial('崩溃');
    const page = await opened(id);
    await page.route(saving, (route) => route.abort());
    await body(page).click();
    await page.keyboard.insertText('崩溃之前写下的话。');
    await page.getByRole('alert').filter({ hasText: '尚未保存，内容已暂存在本机' }).waitFor();
    const crashed = page.waitForEvent('crash');
    const devTools = await page.context().newCDPSession(page);
    // It never answers: its page is gone.
    void devTools.send('Page.crash').catch(() => undefined);
    await crashed;
    expect((await stored(id)).text).toBe('');
    const next = await page.context().newPage();
    await next.goto(page.url());
    await next.getByText('已恢复上次未保存的内容').waitFor();
    await body(next).getByText('崩溃之前写下的话。').waitFor();
    await expect.poll(async () => (await stored(id)).text).toBe('崩溃之前写下的话。');
    await page.context().close();
  });

  it('keeps what is typed while the session ends, and saves it after signing in', async () => {
    const { id } = await newMaterial('会话结束');
    const page = await opened(id);
    const gate = Promise.withResolvers<void>();
    await page.route(saving, async (route) => {
      await gate.promise;
      await route.continue();
    });
    await body(page).click();
    const sent = page.waitForRequest(saving);
    await page.keyboard.insertText('会话结束时正在写的话。');
    await sent;
    await page.context().request.post(new URL('/api/users.signOut', world.url).href, {
      headers: { origin: new URL(world.url).origin },
      data: {},
    });
    gate.resolve();
    await page.getByLabel('密码', { exact: true }).fill(testPassword);
    await page.keyboard.press('Enter');
    await body(page).getByText('会话结束时正在写的话。').waitFor();
    await expect.poll(async () => (await stored(id)).text).toBe('会话结束时正在写的话。');
    await saved(page).waitFor();
    await page.context().close();
  });

  it('lets two people’s changes be merged part by part', async () => {
    const { id } = await newMaterial('共同的标题', ['共同的正文。']);
    const page = await opened(id);
    await page.route(saving, (route) => route.abort());
    await page.getByLabel('标题', { exact: true }).fill('我的标题');
    await body(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('我补的一句。');
    await page.getByRole('alert').filter({ hasText: '尚未保存' }).waitFor();
    await editDraft(other, id, ({ content }) => ({
      content: {
        ...contentOf('moments-post', '对方的标题', ['对方的正文。']),
        fields: { ...content.fields, audience: '老年客户' },
      },
    }));
    await page.unroute(saving);
    const dialog = page.getByRole('dialog', { name: '这份草稿被两人同时修改' });
    await dialog.getByText('只有一方改动的部分将自动合并：目标客群').waitFor();
    await dialog.getByText('还有 2 处待选择').waitFor();
    expect(await dialog.getByRole('button', { name: '合并并保存' }).isDisabled()).toBe(true);
    expect(await accessibilityProblems(page), 'conflict').toEqual([]);
    await dialog.getByRole('group', { name: '标题' }).getByRole('radio', { name: '我的' }).check();
    await dialog.getByRole('group', { name: '正文' }).getByRole('radio', { name: 'everything的' }).check();
    await dialog.getByRole('button', { name: '合并并保存' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await saved(page).waitFor();
    const { content, text } = await stored(id);
    expect([content.title, content.fields.audience, text]).toEqual(['我的标题', '老年客户', '对方的正文。']);
    expect(await page.getByLabel('标题', { exact: true }).inputValue()).toBe('我的标题');
    await page.context().close();
  });

  it('reads an attachment, and checks its words with the rest', async () => {
    const { id } = await newMaterial('附件');
    const page = await opened(id);
    const bytes = await zipOf(docxParts(paragraph('附件里写着零风险。')));
    await page.getByTestId('attachment-file').setInputFiles([
      { name: '话术.docx', mimeType: 'application/octet-stream', buffer: bytes },
      {
        name: '坏的.docx',
        mimeType: 'application/octet-stream',
        buffer: Buffer.from('PK\x03\x04 not a zip'),
      },
    ]);
    const files = page.getByRole('region', { name: '附件' }).getByRole('listitem');
    await files.filter({ hasText: '话术.docx' }).getByText('已读取 9 字').waitFor();
    await files.filter({ hasText: '坏的.docx' }).getByText('文件已损坏，未读取').waitFor();
    await findings(page)
      .getByRole('listitem')
      .filter({ hasText: '“零风险”' })
      .getByText('个附件的文字')
      .waitFor();
    expect(await accessibilityProblems(page), 'attachments').toEqual([]);
    await files.filter({ hasText: '坏的.docx' }).getByRole('button', { name: '移除 坏的.docx' }).click();
    await expect
      .poll(async () => (await stored(id)).content.attachments.map(({ name }) => name))
      .toEqual(['话术.docx']);
    await page.context().close();
  });

  it('shows how far a channel’s text has gone from the master', async () => {
    const { id } = await newMaterial('渠道', ['理财非存款，产品有风险，投资须谨慎。欢迎到网点咨询。']);
    const page = await opened(id);
    await page.getByRole('button', { name: '添加渠道版本' }).click();
    await page.getByRole('menuitem', { name: '短信' }).click();
    await page.getByText('保留母版 100%').waitFor();
    await body(page).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('欢迎到网点咨询。');
    await page.getByText(/缺 18 字，多 0 字/).waitFor();
    expect(await accessibilityProblems(page), 'variant').toEqual([]);
    await page.getByRole('button', { name: '母版' }).click();
    await body(page).getByText('理财非存款').waitFor();
    await expect
      .poll(async () => (await stored(id)).content.variants.map(({ body: text }) => textOfBody(text)))
      .toEqual(['欢迎到网点咨询。']);
    await page.context().close();
  });

  it('compares versions inline and side by side, and walks through the changes by key', async () => {
    const { id } = await newMaterial('比对', [
      '第一段不变。',
      '第二段写着旧的说法。',
      '第三段不变。',
      '第四段写着旧的日期。',
    ]);
    await saveVersion(editor, id);
    await editDraft(editor, id, ({ content }) => ({
      content: {
        ...contentOf('moments-post', '比对', [
          '第一段不变。',
          '第二段写着新的说法。',
          '第三段不变。',
          '第四段写着新的日期。',
        ]),
        fields: { ...content.fields, audience: '新客户' },
      },
    }));
    await saveVersion(editor, id);
    const page = await world.openAs('editor', { at: `/materials/${id}/versions` });
    const changes = page.locator('[data-change]');
    await page
      .getByRole('region', { name: '正文' })
      .locator('ins')
      .filter({ hasText: '新' })
      .first()
      .waitFor();
    expect(await changes.count()).toBe(3);
    const walked = async (key: string) => {
      await page.keyboard.press(key);
      return changes.evaluateAll((all) => all.findIndex((each) => each === document.activeElement));
    };
    expect([
      await walked('n'),
      await walked('n'),
      await walked('p'),
      await walked('n'),
      await walked('n'),
    ]).toEqual([0, 1, 0, 1, 2]);
    expect(await accessibilityProblems(page), 'inline').toEqual([]);
    await page.getByText('并排', { exact: true }).click();
    await page.locator('[data-mode="side-by-side"]').first().waitFor();
    expect(await accessibilityProblems(page), 'side by side').toEqual([]);
    await page.context().close();
  });

  it('shows 2,000 edits in 50,000 characters without holding the window up', async () => {
    const paragraphs = (edited: boolean) =>
      Array.from({ length: 500 }, (_paragraph, index) =>
        Array.from({ length: 4 }, (_sentence, part) => {
          const number = index * 4 + part;
          return `第${String(number).padStart(4, '0')}句说明${edited ? '修订后' : '原先的'}产品期限与申购方式请以合同为准。`;
        }).join(''),
      );
    const { id } = await newMaterial('很长的比对', paragraphs(false));
    await saveVersion(editor, id);
    await editDraft(editor, id, () => ({
      content: contentOf('moments-post', '很长的比对', paragraphs(true)),
    }));
    await saveVersion(editor, id);
    const page = await world.openAs('editor', { at: '/materials' });
    await page.getByRole('grid').waitFor();
    await page.evaluate(() => {
      const tasks: number[] = [];
      Reflect.set(window, 'longTasks', tasks);
      new PerformanceObserver((list) =>
        tasks.push(...list.getEntries().map(({ duration }) => duration)),
      ).observe({
        type: 'longtask',
      });
    });
    await go(page, `/materials/${id}/versions`);
    await page.getByRole('region', { name: '正文' }).locator('ins').first().waitFor();
    await expect.poll(() => page.locator('[data-change]').count()).toBe(500);
    const tasks = await page.evaluate((): unknown => Reflect.get(window, 'longTasks'));
    // All rows at once held it up for 1,500 ms on a machine with other work; the longest is now a tenth of that.
    const longest = Array.isArray(tasks) ? Math.max(0, ...tasks.map(Number)) : Infinity;
    expect(longest).toBeLessThan(500);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('can be read in English, in the %s theme', async (theme) => {
    const { id } = await newMaterial('Reading', ['本产品零风险。']);
    await saveVersion(editor, id);
    const page = await world.openAs('editor', { at: `/materials/${id}`, theme, language: 'en-US' });
    await page.getByRole('complementary', { name: 'Pre-check' }).getByRole('listitem').first().waitFor();
    expect(await accessibilityProblems(page, theme), 'editor').toEqual([]);
    await go(page, `/materials/${id}/versions`);
    await page.getByText('Version 1', { exact: true }).first().waitFor();
    expect(await accessibilityProblems(page, theme), 'versions').toEqual([]);
    await go(page, '/materials');
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    expect(await accessibilityProblems(page, theme), 'list').toEqual([]);
    await page.context().close();
  });
});
