import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { ProcedureOutput } from '../../src/core/contract/index.ts';
import { browserForTests } from '../support/browser.ts';
import type { TestClient } from '../support/workspace.ts';
import { line } from './flows/chat-file.ts';
import { go } from './flows/steps.ts';
import { importText, signedIn } from './support/archive-data.ts';
import { type World, accessibilityProblems, accounts, startWorld } from './support/world.ts';

const manager = 'luo.ming';
const customer = 'wmChenJiaHe';

/** A talk in which the term stands once as it is and once by its sound. */
const chat = [
  [manager, '这款保本保息，您放心买。'],
  [customer, '真的吗？'],
  [manager, '真的，宝本宝息，写进合同。'],
  [customer, '好，我想想。'],
]
  .map(([from = '', content], index) =>
    line(index, { from, to: from === manager ? customer : manager, kind: 'text', body: { content } }),
  )
  .join('\n');

function term(text: string, category: string) {
  return {
    text,
    category,
    severity: 'high' as const,
    basis: '广告法 第二十五条',
    note: '',
    enabled: true,
  };
}

describe.skipIf(browserForTests().executable === null)('rule workbench', () => {
  let world: World;
  let client: TestClient;
  let lexiconId: ProcedureOutput<'lexicons.create'>['id'];
  beforeAll(async () => {
    world = await startWorld(accounts);
    client = await signedIn(world, 'everything');
    const lexicon = await client.call('lexicons.create', { name: '承诺收益' });
    const { draft } = await client.call('lexicons.startDraft', { lexiconId: lexicon.id });
    if (draft === null) throw new Error('startDraft gave no draft');
    for (const entry of [term('保本保息', '收益承诺'), term('加我私人微信', '私下联系')])
      await client.call('lexicons.saveTerm', { versionId: draft.id, id: null, term: entry });
    await client.call('lexicons.publish', { lexiconId: lexicon.id, versionId: draft.id });
    lexiconId = lexicon.id;
    await importText(world, client, '会话.jsonl', chat);
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  const sample = (page: Page) => page.getByRole('textbox', { name: '试写文字' });
  const explained = (page: Page) => page.getByRole('complementary', { name: '命中说明' });
  const row = (page: Page, text: string) =>
    page.getByRole('grid', { name: '词条' }).getByRole('row').filter({ hasText: text });
  const examples = (page: Page) => page.getByRole('region', { name: '试写' }).getByRole('listitem');

  async function editEntry(page: Page, text: string) {
    await row(page, text).click();
    await page.getByRole('button', { name: '编辑', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '修改词条' });
    await dialog.waitFor();
    return dialog;
  }

  it('keeps what is written where somebody else saved the entry first, and several messages as one example', async () => {
    const made = await client.call('lexicons.create', { name: '两人同改' });
    const versionId = made.draft?.id ?? '';
    const stored = await client.call('lexicons.saveTerm', {
      versionId,
      id: null,
      term: term('加我私人微信', '私下联系'),
    });
    const page = await world.openAs('everything', { at: `/lexicons/${made.id}` });
    await page.getByRole('link', { name: '试验台' }).click();
    const dialog = await editEntry(page, '加我私人微信');
    await dialog.getByLabel('备注').fill('我写的备注');
    await client.call('lexicons.saveTerm', {
      versionId,
      id: stored.term.id,
      revision: stored.term.revision,
      term: { ...term('加我私人微信', '私下联系'), severity: 'low' },
    });
    await dialog.getByRole('button', { name: '保存' }).click();
    const alert = dialog.getByRole('alert').filter({ hasText: '修改了这个词条' });
    await alert.getByText('不同之处：等级、备注').waitFor();
    expect(await dialog.getByLabel('备注').inputValue()).toBe('我写的备注');
    expect(await accessibilityProblems(page)).toEqual([]);
    await alert.getByRole('button', { name: '用我的覆盖' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const { terms } = await client.call('lexicons.terms', { versionId });
    expect(terms).toMatchObject([{ note: '我写的备注', severity: 'high' }]);

    await sample(page).fill('加我私人微');
    await page.getByRole('button', { name: '再加一条消息' }).click();
    await page.getByRole('textbox', { name: '第 2 条消息' }).fill('信，细节我发您');
    await page.getByRole('button', { name: '必须命中' }).click();
    await examples(page).filter({ hasText: /^符合/ }).waitFor();
    const editing = await editEntry(page, '加我私人微信');
    await editing.getByRole('textbox', { name: '第 2 条消息' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await editing.getByRole('textbox', { name: '第 2 条消息' }).fill('号');
    await editing.getByRole('button', { name: '保存' }).click();
    await editing.waitFor({ state: 'hidden' });
    await examples(page).filter({ hasText: '不符合' }).filter({ hasText: '加我私人微号' }).waitFor();
  });

  it('edits a draft, tries texts, holds examples against it, backtests it and publishes it', async () => {
    const page = await world.openAs('everything', { at: `/lexicons/${lexiconId}` });
    await page.getByRole('button', { name: '编辑草稿' }).click();
    await page.getByRole('button', { name: '放弃草稿' }).waitFor();
    await page.getByRole('link', { name: '试验台' }).click();

    // By its sound alone the text is no hit; kept as an example, it is one that fails.
    await sample(page).fill('这款宝本宝息');
    await explained(page).getByText('0 个命中').waitFor();
    await row(page, '保本保息').click();
    await page.getByRole('button', { name: '必须命中' }).click();
    await examples(page).filter({ hasText: '不符合' }).waitFor();
    await row(page, '保本保息').filter({ hasText: '1 不符' }).waitFor();

    // Publishing is refused, and leads to the entry.
    await page.getByRole('button', { name: '发布', exact: true }).click();
    const refusal = page.getByRole('dialog', { name: /^发布/ });
    await refusal.getByText('1 处问题').waitFor();
    await refusal.getByText('示例必须命中，却没有命中：这款宝本宝息').waitFor();
    expect(await refusal.getByRole('button', { name: '发布', exact: true }).isDisabled()).toBe(true);
    await refusal.getByRole('button', { name: '保本保息' }).click();
    await refusal.waitFor({ state: 'hidden' });
    await examples(page).filter({ hasText: '不符合' }).and(page.locator(':focus')).waitFor();
    await row(page, '保本保息').and(page.locator('[aria-selected="true"]')).waitFor();

    // With the fold switched on the example holds, and the hit says why it is one.
    const dialog = await editEntry(page, '保本保息');
    await dialog.getByText('识别变形').click();
    await dialog.getByRole('checkbox', { name: '同音字' }).check();
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await examples(page).filter({ hasText: /^符合/ }).waitFor();
    await sample(page).fill('这款宝本宝息');
    await explained(page)
      .getByRole('button', { name: /保本保息/ })
      .click();
    await explained(page).getByText('同音字').first().waitFor();
    await explained(page).getByText('读作').first().waitFor();
    await explained(page).getByText('广告法 第二十五条').waitFor();
    await explained(page).getByText(/存疑/).waitFor();

    // An innocent text must not hit: an exemption silences it, and says so.
    await sample(page).fill('本产品不保本保息');
    await explained(page).getByText('1 个命中').waitFor();
    await page.getByRole('button', { name: '不得命中' }).click();
    await examples(page).filter({ hasText: '不符合' }).waitFor();
    const exempting = await editEntry(page, '保本保息');
    await exempting.getByText('例外用语', { exact: true }).click();
    await exempting.getByRole('button', { name: '添加例外用语' }).click();
    await exempting.getByLabel('用语', { exact: true }).fill('不保本保息');
    await exempting.getByRole('button', { name: '保存' }).click();
    await exempting.waitFor({ state: 'hidden' });
    await explained(page).getByText('1 个不计入').waitFor();
    await expect.poll(() => examples(page).filter({ hasText: /^符合/ }).count()).toBe(2);

    // What is split over two messages of one sender is one hit with two parts.
    await sample(page).fill('加我私人微');
    await page.getByRole('button', { name: '再加一条消息' }).click();
    await page.getByRole('textbox', { name: '第 2 条消息' }).fill('信，细节我发您');
    await explained(page)
      .getByRole('button', { name: /加我私人微信/ })
      .click();
    await explained(page).getByText('第 2 条：').waitFor();

    // The archive holds the term once as it is and once by its sound.
    await page.getByRole('link', { name: '回测' }).click();
    await page.getByRole('button', { name: '开始回测' }).click();
    const result = page.getByRole('region', { name: '回测结果' });
    await result.locator('dt', { hasText: '新增' }).locator('+ dd', { hasText: '1' }).waitFor();
    await result.locator('dt', { hasText: '不变' }).locator('+ dd', { hasText: '1' }).waitFor();
    const changes = result.getByRole('grid', { name: '按词条的变化' });
    await changes.focus();
    await page.keyboard.press('ArrowDown');
    await result.locator('mark', { hasText: '宝本宝息' }).waitFor();
    await result.getByRole('link', { name: '打开会话' }).first().click();
    await page.getByText('写进合同').first().waitFor();
    await page.goBack();

    await page.getByRole('button', { name: '发布', exact: true }).click();
    const publishing = page.getByRole('dialog', { name: /^发布/ });
    await publishing.getByText('发布后这个版本不可修改').waitFor();
    await publishing.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByText('新版本已发布').waitFor();
    await page.getByRole('heading', { level: 2, name: '承诺收益' }).and(page.locator(':focus')).waitFor();
    await page.context().close();
  });

  it('builds a rule of two parts, and says at the field what is missing in it', async () => {
    const page = await world.openAs('everything');
    await client.call('lexicons.startDraft', { lexiconId });
    await go(page, `/lexicons/${lexiconId}`);
    await page.getByRole('button', { name: '添加词条' }).click();
    const dialog = page.getByRole('dialog', { name: '添加词条' });
    await dialog.getByLabel('词条', { exact: true }).fill('稳与赚相邻');
    await dialog.getByLabel('类别').fill('收益承诺');
    await dialog.getByRole('combobox', { name: '查找方式' }).click();
    await page.getByTitle('两者相邻').click();
    await dialog.getByRole('button', { name: '保存并继续添加' }).click();
    await expect
      .poll(() => dialog.getByRole('alert').filter({ hasText: '请填写至少一个词' }).count())
      .toBe(2);
    const first = dialog.getByRole('combobox', { name: '第一部分：词' });
    const told = await first.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${told}"]`).innerText()).toBe('请填写至少一个词');
    for (const [part, word] of [
      ['第一部分', '稳'],
      ['第二部分', '赚'],
    ] as const) {
      await dialog.getByRole('combobox', { name: `${part}：词` }).fill(word);
      await page.keyboard.press('Enter');
    }
    await dialog.getByRole('button', { name: '保存并继续添加' }).click();
    await dialog.getByText('已添加“稳与赚相邻”').waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('id') === 'term_text');
    expect(await dialog.getByLabel('词条', { exact: true }).inputValue()).toBe('');
    // What is not saved is not lost by a slip.
    await dialog.getByLabel('备注').fill('写了一半');
    await page.keyboard.press('Escape');
    const leaving = page.getByRole('dialog', { name: '放弃未保存的修改？' });
    await leaving.getByRole('button', { name: '继续编辑' }).click();
    await leaving.waitFor({ state: 'hidden' });
    await dialog.getByLabel('备注').press('Escape');
    await leaving.getByRole('button', { name: '放弃修改' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: '试验台' }).click();
    await sample(page).fill('这只产品稳得很，一定赚');
    await explained(page)
      .getByRole('button', { name: /稳与赚相邻/ })
      .click();
    await explained(page).getByText('两者相邻').waitFor();
    await page.context().close();
  });

  it('asks nothing of an entry with blanks, and brings what is missing into sight', async () => {
    const page = await world.openAs('everything');
    await client.call('lexicons.startDraft', { lexiconId });
    await go(page, `/lexicons/${lexiconId}`);
    await page.clock.install();
    const refused: string[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/lexicons.tryText') && response.status() !== 200)
        refused.push(response.request().postData() ?? '');
    });
    await page.getByRole('button', { name: '添加词条' }).click();
    const dialog = page.getByRole('dialog', { name: '添加词条' });
    const category = dialog.getByLabel('类别');
    expect(await category.inputValue()).toBe('');
    await dialog.getByLabel('词条', { exact: true }).fill('稳赚');
    await dialog.getByText('示例', { exact: true }).click();
    for (const [index, text] of ['稳赚不赔', '稳赚'].entries()) {
      await dialog.getByRole('button', { name: '添加示例' }).click();
      // A pause longer than between two letters: the blank one is then what would be asked about.
      await page.clock.fastForward(1000);
      const answer = page.waitForResponse((response) => response.url().endsWith('/lexicons.tryText'));
      await dialog.getByLabel('示例文字').nth(index).fill(text);
      await answer;
    }
    expect(refused).toEqual([]);
    await dialog.getByText('建议写法', { exact: true }).click();
    await dialog.getByRole('textbox', { name: '建议写法' }).scrollIntoViewIfNeeded();
    await dialog.getByRole('button', { name: '保存并继续添加' }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('id') === 'term_category');
    const shown = await category.boundingBox();
    expect(shown?.y).toBeGreaterThan(40);
    expect(shown?.y).toBeLessThan(740);
    await page.context().close();
  });

  it('says that a pasted text is cut', async () => {
    const page = await world.openAs('everything', { at: `/lexicons/${lexiconId}/workbench` });
    await sample(page).focus();
    const session = await page.context().newCDPSession(page);
    await session.send('Input.insertText', { text: '长'.repeat(100_001) });
    await page.getByText('一条消息最多 100,000 字').waitFor();
    expect((await sample(page).inputValue()).length).toBe(100_000);
    await page.context().close();
  });

  it('asks nothing while an input method composes, and shows the answer to the newest text', async () => {
    const page = await world.openAs('everything', { at: `/lexicons/${lexiconId}/workbench` });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/lexicons.tryText')) asked.push(request.postData() ?? '');
    });
    await sample(page).focus();
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'bao', selectionStart: 3, selectionEnd: 3 });
    await session.send('Input.imeSetComposition', { text: 'baoben', selectionStart: 6, selectionEnd: 6 });
    await session.send('Input.insertText', { text: '保本保息' });
    await explained(page).getByText('1 个命中').waitFor();
    expect(asked.filter((body) => body.includes('bao'))).toEqual([]);
    await page.locator('mark', { hasText: '保本保息' }).waitFor();
    await page.context().close();
  });

  it('keeps one example after the other, and the text for a look elsewhere', async () => {
    const page = await world.openAs('everything');
    await client.call('lexicons.startDraft', { lexiconId });
    await go(page, `/lexicons/${lexiconId}/workbench`);
    await row(page, '加我私人微信').click();
    const kept = examples(page).filter({ hasText: '私人微信' });
    await sample(page).fill('加我私人微信吧');
    await page.getByRole('button', { name: '必须命中' }).click();
    await kept.filter({ hasText: '加我私人微信吧' }).waitFor();
    await sample(page).fill('加我的私人微信');
    await page.getByRole('button', { name: '不得命中' }).click();
    await expect.poll(() => kept.count()).toBe(2);
    // The newest answer of the host holds both as well.
    await page.getByRole('link', { name: '回测' }).click();
    await page.getByRole('link', { name: '试验台' }).click();
    expect(await sample(page).inputValue()).toBe('加我的私人微信');
    await row(page, '加我私人微信').click();
    await expect.poll(() => kept.count()).toBe(2);
    await page.context().close();
  });

  it('keeps folds, aliases and taken-apart characters in the draft', async () => {
    const page = await world.openAs('everything');
    await client.call('lexicons.startDraft', { lexiconId });
    await go(page, `/lexicons/${lexiconId}/settings`);
    await page.getByRole('checkbox', { name: '拼音' }).check();
    await page.getByRole('button', { name: '添加别名' }).click();
    await page.getByLabel('词', { exact: true }).fill('微信');
    await page.getByRole('combobox', { name: '“微信”的别的写法' }).fill('围信');
    await page.keyboard.press('Enter');
    // An input method has more letters under way than the field may hold in the end.
    await page.getByRole('button', { name: '添加拆字' }).click();
    await page.getByLabel('字', { exact: true }).focus();
    const session = await page.context().newCDPSession(page);
    for (const letters of ['b', 'ba', 'bao'])
      await session.send('Input.imeSetComposition', {
        text: letters,
        selectionStart: letters.length,
        selectionEnd: letters.length,
      });
    expect(await page.getByLabel('字', { exact: true }).inputValue()).toBe('bao');
    await session.send('Input.insertText', { text: '保' });
    await page.getByLabel('“保”拆成').fill('亻呆');
    // What is not saved is not lost by a slip.
    await page.getByRole('link', { name: '试验台' }).click();
    const leaving = page.getByRole('dialog', { name: '放弃未保存的修改？' });
    await leaving.getByRole('button', { name: '继续编辑' }).click();
    await leaving.waitFor({ state: 'hidden' });
    // Nor published without them unasked.
    await page.getByRole('button', { name: '发布', exact: true }).click();
    const publishing = page.getByRole('dialog', { name: /^发布/ });
    await publishing.getByText('发布的版本不含这些修改').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await publishing.getByRole('button', { name: '先保存' }).click();
    await publishing.getByText('发布的版本不含这些修改').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await publishing.waitFor({ state: 'hidden' });
    await page.getByText('已保存').waitFor();
    await page.getByRole('link', { name: '试验台' }).click();
    await sample(page).fill('加我私人围信');
    await explained(page).getByText('1 个命中').waitFor();
    await page.context().close();
  });

  it('lets a phrase through for a time, and ends that', async () => {
    const day = new Date(Date.now() + 90 * 24 * 3_600_000).toISOString().slice(0, 10);
    const page = await world.openAs('approver', { at: '/lexicons' });
    await page.getByRole('link', { name: '放行语句' }).click();
    await page.getByRole('button', { name: '添加放行语句' }).first().click();
    const dialog = page.getByRole('dialog', { name: '添加放行语句' });
    await dialog.getByLabel('语句').fill('本行不承诺保本保息');
    await dialog.getByLabel('理由').fill('标准声明');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText('请选择到期日').first().waitFor();
    await dialog.getByLabel('到期日').fill(day);
    // Enter takes the day, and sends the form as it does in any field.
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    const listed = page.getByRole('grid', { name: '放行语句' }).getByRole('row');
    const phrase = listed.filter({ hasText: '本行不承诺保本保息' });
    await phrase.filter({ hasText: day }).waitFor();
    await phrase.click();
    await page.getByRole('button', { name: '提前结束' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '提前结束' }).click();
    await page.getByText('没有有效的放行语句').waitFor();
    await page.getByText('已结束', { exact: true }).click();
    await phrase.waitFor();
    await page.context().close();
  });

  it('lets an auditor try texts, and change nothing', async () => {
    const page = await world.openAs('auditor', { at: `/lexicons/${lexiconId}/workbench` });
    await sample(page).fill('保本保息');
    await explained(page).getByText('1 个命中').waitFor();
    for (const name of ['添加', '编辑', '必须命中', '不得命中']) {
      expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0);
    }
    await go(page, `/lexicons/${lexiconId}/settings`);
    await page.getByRole('checkbox', { name: '拼音' }).waitFor();
    expect(await page.getByRole('checkbox', { name: '拼音' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: '保存' }).count()).toBe(0);
    await go(page, `/lexicons/${lexiconId}/backtests`);
    await page.getByRole('region', { name: '回测结果' }).waitFor();
    expect(await page.getByRole('button', { name: '开始回测' }).count()).toBe(0);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('has no accessibility violation in the %s theme', async (theme) => {
    const page = await world.openAs('everything', { at: `/lexicons/${lexiconId}/workbench`, theme });
    await sample(page).fill('保本保息，不保本保息');
    await explained(page)
      .getByRole('button', { name: /保本保息/ })
      .first()
      .click();
    expect(await accessibilityProblems(page, theme), 'workbench').toEqual([]);
    const dialog = await editEntry(page, '保本保息');
    for (const name of ['识别变形', '适用范围', '建议写法'])
      await dialog.getByText(name, { exact: true }).click();
    await dialog.getByRole('combobox', { name: '谁说的' }).waitFor();
    expect(await accessibilityProblems(page, theme), 'editor').toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await go(page, `/lexicons/${lexiconId}/settings`);
    await page.getByRole('heading', { name: '拆字' }).waitFor();
    expect(await accessibilityProblems(page, theme), 'settings').toEqual([]);
    await go(page, `/lexicons/${lexiconId}/backtests`);
    await page.getByRole('grid', { name: '按词条的变化' }).getByRole('row').nth(1).click();
    await page.getByRole('link', { name: '打开会话' }).first().waitFor();
    expect(await accessibilityProblems(page, theme), 'backtests').toEqual([]);
    await go(page, '/lexicons/suppressions');
    await page.getByRole('heading', { name: '放行语句' }).waitFor();
    expect(await accessibilityProblems(page, theme), 'suppressions').toEqual([]);
    await page.context().close();
  });
});
