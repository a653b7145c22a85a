import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { MaterialId, ReviewId } from '../../src/core/contract/ids.ts';
import { textOfBody } from '../../src/core/features/reviews/material/model.ts';
import { browserForTests } from '../support/browser.ts';
import { qrCode } from '../support/document-fixtures.ts';
import { attachFile, contentOf, createMaterial, editDraft, saveVersion } from '../support/materials.ts';
import type { TestClient } from '../support/workspace.ts';
import { go } from './flows/steps.ts';
import { signedIn } from './support/archive-data.ts';
import { prepareReviews, tabTo } from './support/review-hands.ts';
import { type World, accessibilityProblems, accounts, startWorld } from './support/world.ts';

const words = [
  '周末到网点参观国家级博物馆主题展。',
  '名额有限，先到先得，错过等一年。',
  '理财非存款，产品有风险，投资须谨慎。',
];

describe.skipIf(browserForTests().executable === null)('reviews on screen', () => {
  let world: World;
  let editor: TestClient;
  let both: TestClient;
  beforeAll(async () => {
    world = await startWorld(accounts);
    editor = await signedIn(world, 'editor');
    both = await signedIn(world, 'everything');
    await prepareReviews(both);
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  async function submit(client: TestClient, materialId: MaterialId): Promise<ReviewId> {
    const { version } = await saveVersion(client, materialId);
    const review = await client.call('reviews.submit', { materialId, versionId: version.id, risk: 'low' });
    return review.id;
  }
  async function submitted(
    client: TestClient,
    title: string,
    paragraphs = ['理财非存款，产品有风险，投资须谨慎。'],
  ) {
    const { id } = await createMaterial(client, contentOf('moments-post', title, paragraphs));
    return { materialId: id, reviewId: await submit(client, id) };
  }

  const body = (page: Page) => page.getByRole('textbox', { name: '正文' });
  const bar = (page: Page) => page.getByRole('region', { name: '审核意见' });
  const panel = (page: Page) => page.getByRole('tabpanel');
  const row = (page: Page, title: string) =>
    page.getByRole('grid').getByRole('row').filter({ hasText: title });
  const said = (page: Page, decision: string) => page.getByText(`已记录：${decision}`).first().waitFor();

  /** Opens the decision by its key, says yes to the stage's question, and sends it. */
  async function approve(page: Page, question: boolean) {
    await bar(page).getByRole('button').first().waitFor();
    await page.keyboard.press('1');
    const dialog = page.getByRole('dialog', { name: /^通过/ });
    if (question) await dialog.getByRole('radio', { name: '是' }).check();
    await dialog.getByRole('button', { name: /通\s*过/ }).click();
    return dialog;
  }

  it('takes a material from the queue through its stages to its number', async () => {
    const title = '周末主题展';
    const { id } = await createMaterial(editor, contentOf('moments-post', title, words));
    const { png } = await qrCode('https://bank.example/show');
    const picture = await attachFile(world.app, editor, id, { name: '海报.png', bytes: png });
    await editDraft(editor, id, ({ content }) => ({ content: { ...content, attachments: [picture] } }));
    const { findings } = await editor.call('materials.precheck', { id });
    const blocking = findings.filter(({ level }) => level === 'block');
    expect(blocking.map(({ text }) => text)).toEqual(['国家级']);
    await editDraft(editor, id, () => ({
      exemptions: blocking.map(({ key }) => ({
        findingKey: key,
        code: 'national-grading' as const,
        reason: '国家级博物馆是文物部门的定级。',
      })),
    }));
    const reviewId = await submit(editor, id);

    // From the queue by keyboard.
    const page = await world.openAs('reviewer', { at: '/reviews' });
    await row(page, title).waitFor();
    expect(await accessibilityProblems(page), 'queue').toEqual([]);
    await page.getByRole('grid', { name: '待我审核' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await body(page).locator('.body-mark').filter({ hasText: '国家级' }).waitFor();
    await page.getByRole('img', { name: '图片 海报.png' }).waitFor();
    expect(await accessibilityProblems(page), 'review').toEqual([]);

    // The exemption is a question of its own.
    const dialog = await approve(page, true);
    await dialog.getByRole('alert').filter({ hasText: '逐项确认所申请的豁免' }).waitFor();
    expect(await accessibilityProblems(page), 'refused').toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await panel(page).getByRole('button', { name: '确认此项豁免' }).click();
    await panel(page)
      .getByText(/reviewer 于 .* 确认豁免/)
      .waitFor();

    // A comment on selected words, with others for them.
    await body(page).getByText('错过等一年').click({ clickCount: 3 });
    await page.keyboard.press('c');
    const form = page.getByRole('form', { name: '添加批注' });
    await form.getByLabel('批注内容').fill('制造紧迫感，请改写。');
    await form.getByRole('button', { name: '建议改写' }).click();
    await form.getByLabel('建议改为：').fill('名额有限，报满为止。');
    await form.getByRole('checkbox', { name: /^必须修改/ }).check();
    expect(await accessibilityProblems(page), 'comment').toEqual([]);
    await form.getByRole('button', { name: /发\s*送/ }).click();
    await panel(page).getByText('制造紧迫感，请改写。').waitFor();
    await body(page).locator('.body-mark[data-kind="must-fix"]').waitFor();
    await bar(page).getByText('有必须修改的批注未解决').waitFor();

    // A region of the picture, by keyboard alone.
    await page.getByRole('button', { name: /^图片 海报\.png。拖动选择区域/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await tabTo(page, page.getByRole('button', { name: '批注所选区域' }));
    await page.keyboard.press('Enter');
    await form.getByText('批注图片所选区域').waitFor();
    await page.keyboard.insertText('二维码旁请注明用途。');
    await page.keyboard.press('Control+Enter');
    // Until it is sent the words are in the form, which is in the panel too.
    await form.waitFor({ state: 'hidden' });
    await panel(page).getByText('二维码旁请注明用途。').waitFor();
    const { threads } = await editor.call('reviews.get', { id: reviewId });
    const onPicture = threads.find(({ anchor }) => anchor.kind === 'region');
    expect(onPicture?.anchor).toMatchObject({ region: { x: 42, y: 40, width: 20, height: 22 } });
    expect(await accessibilityProblems(page), 'threads').toEqual([]);

    // Back to the editor, with a reason.
    await page.keyboard.press('3');
    const returning = page.getByRole('dialog', { name: /^退回修改/ });
    await returning.getByRole('button', { name: '退回修改' }).click();
    await returning.getByText('必填').waitFor();
    expect(await accessibilityProblems(page), 'return').toEqual([]);
    await returning.getByLabel('原因').click();
    await page.getByTitle('措辞').click();
    await returning.getByLabel('说明').fill('请按批注修改。');
    await returning.getByRole('button', { name: '退回修改' }).click();
    await said(page, '退回修改');

    // The editor takes the other words with one click.
    const theirs = await world.openAs('editor', { at: '/' });
    await theirs.getByRole('link', { name: /退回给我修改\s*1/ }).click();
    await row(theirs, title).waitFor();
    await go(theirs, `/reviews/${reviewId}`);
    await theirs.getByRole('tab', { name: /^批注/ }).click();
    await theirs.getByRole('button', { name: '采纳建议' }).click();
    await theirs.getByText('editor 已采纳').waitFor();
    const { content } = await editor.call('materials.draft', { id });
    expect(textOfBody(content.body)).toContain('名额有限，报满为止。');
    await submit(editor, id);

    // What was said is about the old version, and says so; what changed is one key away from the queue.
    await page.getByText(/^审核 \/ .*版本 2/).waitFor();
    await page.getByRole('tab', { name: /^意见/ }).click();
    await panel(page).getByText('针对旧版本').waitFor();
    expect(await accessibilityProblems(page), 'history').toEqual([]);
    await go(page, '/reviews');
    await row(page, title).waitFor();
    await page.getByRole('grid', { name: '待我审核' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('d');
    await page.getByRole('region', { name: '正文' }).locator('ins').filter({ hasText: '报满' }).waitFor();
    expect(await accessibilityProblems(page), 'changes').toEqual([]);
    await page.keyboard.press('d');
    await body(page).waitFor();

    // What had to be fixed is: that is the reviewer's to say.
    await page.getByRole('tab', { name: /^批注/ }).click();
    const demanded = panel(page).getByRole('listitem').filter({ hasText: '制造紧迫感' });
    await demanded.getByText('原文已不在此版本中').or(demanded.getByText('原文已有改动')).first().waitFor();
    await demanded.getByRole('button', { name: '标为已解决' }).click();
    await bar(page).getByText('有必须修改的批注未解决').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: /^预检/ }).click();

    // Stage by stage to the number.
    await panel(page).getByRole('button', { name: '确认此项豁免' }).click();
    await panel(page)
      .getByText(/reviewer 于 .* 确认豁免/)
      .waitFor();
    await approve(page, true);
    await said(page, '通过');
    const last = await world.openAs('approver', { at: `/reviews/${reviewId}` });
    await bar(last).getByText('签批：已通过 0 / 1').waitFor();
    await panel(last).getByRole('button', { name: '确认此项豁免' }).click();
    await panel(last)
      .getByText(/approver 于 .* 确认豁免/)
      .waitFor();
    await approve(last, false);
    for (const each of [last, page, theirs]) await each.getByRole('link', { name: /^备案号 / }).waitFor();
    await last.getByRole('tab', { name: '环节' }).click();
    expect(await accessibilityProblems(last), 'approved').toEqual([]);
    for (const each of [page, theirs, last]) await each.context().close();
  });

  it('says why one may not decide', async () => {
    const { reviewId } = await submitted(both, '自己起草的');
    const page = await world.openAs('everything', { at: `/reviews/${reviewId}` });
    await bar(page).getByText('您是起草人，不能审核自己的素材。').waitFor();
    expect(await bar(page).getByRole('button').count()).toBe(0);
    await page.keyboard.press('1');
    expect(await page.getByRole('dialog').count()).toBe(0);
    const editors = await world.openAs('editor', { at: `/reviews/${reviewId}` });
    await bar(editors).getByRole('status').waitFor();
    expect(await bar(editors).getByRole('button').count()).toBe(0);
    await page.context().close();
    await editors.context().close();
  });

  it('shows two reviewers who decide at once the same outcome', async () => {
    const { reviewId } = await submitted(editor, '两人同审');
    const first = await world.openAs('reviewer', { at: `/reviews/${reviewId}` });
    const second = await world.openAs('everything', { at: `/reviews/${reviewId}` });
    await second.getByRole('status').filter({ hasText: 'reviewer 正在查看' }).waitFor();
    const dialogs = await Promise.all(
      [first, second].map(async (page) => {
        await bar(page).getByRole('button').first().waitFor();
        await page.keyboard.press('1');
        const dialog = page.getByRole('dialog', { name: /^通过/ });
        await dialog.getByRole('radio', { name: '是' }).check();
        return dialog;
      }),
    );
    await Promise.all(dialogs.map((dialog) => dialog.getByRole('button', { name: /通\s*过/ }).click()));
    for (const page of [first, second]) {
      await bar(page).getByText('签批：已通过 0 / 1').waitFor();
      await page.getByRole('tab', { name: /^意见\s*1$/ }).waitFor();
    }
    const { decisions } = await editor.call('reviews.get', { id: reviewId });
    expect(decisions.map(({ kind, stageKey }) => [kind, stageKey])).toEqual([['approve', 'compliance']]);
    await first.context().close();
    await second.context().close();
  });

  it('counts on the home screen what waits, and leads there', async () => {
    const { reviewId } = await submitted(editor, '首页上的');
    const { total } = await (await signedIn(world, 'reviewer')).call('reviews.queue', { tab: 'mine' });
    const page = await world.openAs('reviewer');
    const card = page.getByRole('region', { name: '素材审核' });
    await card.getByRole('link', { name: new RegExp(`待我审核\\s*${total}`) }).waitFor();
    expect(await accessibilityProblems(page), 'home').toEqual([]);
    await card.getByRole('link', { name: /^待我审核/ }).click();
    await row(page, '首页上的').dblclick();
    await page.waitForURL(new RegExp(reviewId));
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('can be read in English, in the %s theme', async (theme) => {
    const { reviewId } = await submitted(editor, `Reading ${theme}`, ['本产品零风险。']);
    const page = await world.openAs('reviewer', { at: '/reviews', theme, language: 'en-US' });
    for (const [tab, empty] of [
      ['Overdue', 'Nothing is overdue'],
      ['Waiting for others', null],
      ['All running', null],
      ['Done', null],
      ['Mine', null],
    ] as const) {
      await page.getByRole('navigation', { name: 'Review queue' }).getByRole('link', { name: tab }).click();
      if (empty === null)
        await page
          .getByRole('grid', { name: tab })
          .or(page.getByText(/^(?:Nothing|No review)/))
          .first()
          .waitFor();
      else await page.getByText(empty).waitFor();
      expect(await accessibilityProblems(page, theme), tab).toEqual([]);
    }
    await go(page, `/reviews/${reviewId}`);
    await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
    for (const name of ['Comments', 'Stages', 'Decisions', 'Pre-check']) {
      await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
      expect(await accessibilityProblems(page, theme), name).toEqual([]);
    }
    await page.keyboard.press('2');
    await page.getByRole('dialog').waitFor();
    expect(await accessibilityProblems(page, theme), 'conditions').toEqual([]);
    await page.context().close();
  });
});
