import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { go } from '../../test/e2e/flows/steps.ts';

// One material from its first word to its withdrawal, for the guide's chapters on drafting and reviewing.

/** Looks a text of the screens up: `say('hits', 'run.start')`. */
type Say = (namespace: string, key: string) => string;

export interface ReviewPictures {
  /** A page that is signed in as this account of the demo. */
  as(userName: string): Promise<Page>;
  readonly say: Say;
  shoot(name: string, of: Page): Promise<void>;
  /** The folder of files that ship with the app. */
  readonly resources: string;
}

/** What is said of a picture that was read. */
const oneCode = /·[^·]*(二维码|code)/;

const title = '安禾稳进180天朋友圈';
const firstLines = [
  '安禾稳进180天，业绩比较基准2.60%-3.20%，稳赚不赔，额度不多，先到先得。',
  '服务满意度达到本行近五年最佳水平。',
];
const lines = [
  '安禾稳进180天，业绩比较基准2.60%-3.10%，封闭期180天，1万元起购。',
  '服务满意度达到本行近五年最佳水平。',
  '业绩比较基准是管理人设定的投资目标，不代表产品未来表现和实际收益。',
  '理财非存款，产品有风险，投资须谨慎。',
];

/** Takes the pictures of both chapters, in the order of the story. */
export async function photographReviews(pictures: ReviewPictures): Promise<void> {
  const editor = await pictures.as('editor');
  const reviewer = await pictures.as('reviewer');
  await draft(editor, pictures);
  await submit(editor, pictures);
  await review(reviewer, pictures);
  await revise(editor, pictures);
  await decide(reviewer, pictures);
  await editor.context().close();
  await reviewer.context().close();
  const approver = await pictures.as('approver');
  await approve(approver, pictures);
  await approver.context().close();
  const admin = await pictures.as('admin');
  await manage(admin, pictures);
  await admin.context().close();
}

async function draft(page: Page, { say, shoot, resources }: ReviewPictures): Promise<void> {
  await go(page, '/materials');
  await page.getByRole('row').nth(8).waitFor();
  await shoot('materials', page);
  await page.getByRole('button', { name: say('materials', 'create') }).click();
  await page.getByRole('radio', { name: say('materials', 'type.moments-post'), exact: true }).check();
  await page.getByRole('button', { name: say('materials', 'createOk'), exact: true }).click();
  await page.getByLabel(say('materials', 'list.title'), { exact: true }).fill(title);
  await write(page, say, firstLines);
  await choose(page, say('materials', 'field.productId'), '安禾稳进180天');
  const findings = page.getByRole('complementary');
  await findings.getByText('稳赚不赔').first().waitFor();
  await findings.getByText('2.60%-3.20%').first().waitFor();
  await shoot('material-findings', page);

  await write(page, say, lines);
  await findings.getByText('稳赚不赔').first().waitFor({ state: 'hidden' });
  await findings.getByRole('button', { name: say('precheck', 'claim'), exact: true }).click();
  await choose(page, say('precheck', 'exemptionCode'), say('precheck', 'exemption.provable-scope'));
  await page
    .getByLabel(say('precheck', 'exemptionReason'), { exact: true })
    .fill('范围限于本行近五年，依据为年度服务报告第3章，可供查证。');
  await shoot('material-exemption', page);
  await findings.getByRole('button', { name: say('precheck', 'claimOk'), exact: true }).click();

  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: '活动海报二维码.png',
      mimeType: 'image/png',
      buffer: await readFile(join(resources, 'demo', 'qr-mobile-day.png')),
    });
  await page.getByText('活动海报二维码.png').first().waitFor();
  await page.getByText(oneCode).waitFor();
  await page.getByText('活动海报二维码.png').first().scrollIntoViewIfNeeded();
  await shoot('material-attachment', page);

  await page.getByRole('button', { name: say('materials', 'variants.add') }).click();
  await page.getByRole('menuitem', { name: say('materials', 'channel.single-chat') }).click();
  await write(page, say, [lines[0] ?? '', lines[3] ?? '']);
  await page.getByText(/\d+%/).first().waitFor();
  await page.getByText(say('materials', 'variants.remove')).waitFor();
  await shoot('material-variant', page);
}

async function submit(page: Page, { say, shoot }: ReviewPictures): Promise<void> {
  await page.getByRole('button', { name: say('materials', 'submit.open'), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('一般内容').waitFor();
  await shoot('material-submit', page);
  await dialog.getByRole('button', { name: say('materials', 'submit.ok') }).click();
  await page.waitForURL(/#\/reviews\/./);
}

async function review(page: Page, { say, shoot }: ReviewPictures): Promise<void> {
  await go(page, '/reviews');
  await page.getByRole('row', { name: new RegExp(title) }).waitFor();
  await shoot('review-queue', page);
  await page.getByRole('row', { name: new RegExp(title) }).dblclick();
  await page.getByRole('tab', { name: new RegExp(say('reviews', 'panel.findings')) }).waitFor();
  await page.getByRole('button', { name: say('reviews', 'findings.accept') }).waitFor();
  await page.locator('img[src^="blob:"], img[src^="data:"]').first().waitFor();
  await page.getByText(oneCode).waitFor();
  await shoot('review', page);

  await selectText(page, '1万元起购');
  await page.keyboard.press('c');
  const form = page.getByRole('form', { name: say('reviews', 'comment.new') });
  await form.getByLabel(say('reviews', 'comment.text')).fill('写明递增金额。');
  await form.getByRole('button', { name: say('reviews', 'comment.suggest') }).click();
  await form.getByLabel(say('reviews', 'comment.suggestion')).fill('1万元起购，1元递增');
  await form.getByRole('checkbox').check();
  await shoot('review-comment', page);
  await form.getByRole('button', { name: say('reviews', 'comment.send') }).click();
  await form.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: new RegExp(`^${say('reviews', 'decision.return')}`) }).click();
  const dialog = page.getByRole('dialog');
  await choose(page, say('reviews', 'decide.reasons'), say('reviews', 'reason.facts'));
  await page.keyboard.press('Escape');
  await shoot('review-return', page);
  await dialog.getByRole('button', { name: say('reviews', 'decision.return') }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function revise(page: Page, { say, shoot }: ReviewPictures): Promise<void> {
  await page.getByRole('tab', { name: new RegExp(say('reviews', 'panel.comments')) }).click();
  await page.getByRole('button', { name: say('reviews', 'comment.accept') }).click();
  await page.getByText(say('reviews', 'comment.accepted')).waitFor();
  await page.getByRole('link', { name: say('reviews', 'toMaterial') }).click();
  await page.getByText('1元递增').first().waitFor();
  await page.getByRole('button', { name: say('materials', 'submit.open'), exact: true }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('materials', 'submit.ok') })
    .click();
  await page.waitForURL(/#\/reviews\/./);
  // The desk begins anew with the new version.
  await page
    .getByText(/(版本|Version) 2 ·/)
    .first()
    .waitFor();
  await page.getByRole('tab', { name: new RegExp(say('reviews', 'panel.history')) }).click();
  await page.getByText(say('reviews', 'history.stale')).first().waitFor();
  await shoot('review-stale', page);
}

async function decide(page: Page, { say, shoot }: ReviewPictures): Promise<void> {
  await page.getByText(say('reviews', 'reading.before'), { exact: true }).click();
  await page.locator('ins, del').first().waitFor();
  await shoot('review-changes', page);
  await page.getByRole('tab', { name: new RegExp(say('reviews', 'panel.comments')) }).click();
  await page.getByRole('button', { name: say('reviews', 'comment.resolve') }).click();
  await page.getByRole('tab', { name: new RegExp(say('reviews', 'panel.findings')) }).click();
  await page.getByRole('button', { name: say('reviews', 'findings.accept') }).click();
  await page.getByRole('button', { name: say('reviews', 'findings.accept') }).waitFor({ state: 'hidden' });
  await page.keyboard.press('1');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: say('reviews', 'yes'), exact: true }).check();
  await shoot('review-approve', page);
  await dialog.getByRole('button', { name: say('reviews', 'decision.approve'), exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function approve(page: Page, { say, shoot }: ReviewPictures): Promise<void> {
  await go(page, '/reviews');
  await page.getByRole('row', { name: new RegExp(title) }).dblclick();
  await page.getByRole('button', { name: say('reviews', 'findings.accept') }).click();
  await page.getByRole('button', { name: say('reviews', 'findings.accept') }).waitFor({ state: 'hidden' });
  await page.keyboard.press('1');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: say('reviews', 'decision.approve'), exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  // By its number: the navigation has a link of nearly the same name.
  await page.getByRole('link', { name: /〔\d{4}〕/ }).click();
  await page.getByText(say('approvals', 'hashFull')).waitFor();
  await shoot('approval', page);
  await page.getByRole('button', { name: say('approvals', 'withdraw.open') }).click();
  await page.getByRole('dialog').getByLabel(say('approvals', 'withdraw.reason')).fill('产品提前结束募集。');
  await shoot('approval-withdraw', page);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: say('approvals', 'printView') }).click();
  await page.getByText(say('approvals', 'sheetTitle')).first().waitFor();
  await shoot('approval-sheet', page);
}

async function manage(page: Page, { say, shoot }: ReviewPictures): Promise<void> {
  await go(page, '/products');
  await page.getByRole('row').nth(3).waitFor();
  await shoot('products', page);
  await go(page, '/templates');
  await page.getByRole('link', { name: '产品宣传' }).click();
  await page.getByText(say('templates', 'general')).first().waitFor();
  await shoot('template', page);
  await go(page, '/calendar');
  await page.getByRole('grid').first().waitFor();
  await shoot('calendar', page);
}

/** Puts these paragraphs in place of the body. */
async function write(page: Page, say: Say, paragraphs: readonly string[]): Promise<void> {
  const body = page.getByRole('textbox', { name: say('materials', 'bodyLabel'), exact: true });
  await body.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  for (const [index, text] of paragraphs.entries()) {
    if (index > 0) await page.keyboard.press('Enter');
    await page.keyboard.insertText(text);
  }
}

/** Chooses an option of a select by its label. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).first().click();
  await page
    .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option })
    .first()
    .click();
}

/** Selects these words of the text under review, as a mouse would. */
async function selectText(page: Page, words: string): Promise<void> {
  const place = page.getByText(words).first();
  // Only a text that has the focus notices what is selected in it, and a frame later.
  await place.click();
  await place.evaluate(async (element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const start = node.textContent?.indexOf(wanted) ?? -1;
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      const selection = getSelection();
      selection?.removeAllRanges();
      selection?.addRange(range);
      break;
    }
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, words);
}
