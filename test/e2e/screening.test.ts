import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { browserForTests } from '../support/browser.ts';
import { publishLexicon } from '../support/hits-fixture.ts';
import { line } from './flows/chat-file.ts';
import { currentHit, go } from './flows/steps.ts';
import { importText, screenAll, signedIn, stopImport } from './support/archive-data.ts';
import { type World, accessibilityProblems, accounts, startWorld } from './support/world.ts';

/** Turned round by direction controls: without them it reads the other way. */
const disguised = '这款\u202E保本保息\u202C，您放\u200B心';
const talk = (index: number, from: string, to: string, content: string, room = '') =>
  line(index, { from, to, kind: 'text', body: { content }, room });

const chat = [
  talk(0, 'luo.ming', 'wmChenJiaHe', disguised),
  ...Array.from({ length: 24 }, (_, index) =>
    talk(index + 1, 'luo.ming', 'wmChenJiaHe', `第 ${index + 1} 次说保本保息`),
  ),
  talk(30, 'luo.ming', 'wmZhouYi', '群里也说保本保息', 'wrQunLiao'),
].join('\n');
const roster = 'userid,name,branch,position\nluo.ming,罗明\u202E,城南支行,客户经理\n';

describe.skipIf(browserForTests().executable === null)('screening and deciding', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(accounts);
    const everything = await signedIn(world, 'everything');
    await publishLexicon(everything, '行内用语');
    await importText(world, everything, '员工.csv', roster);
    await importText(world, everything, '会话.jsonl', chat);
    await screenAll(world, everything);
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  async function openHits(page: Page, query = ''): Promise<void> {
    await go(page, `/hits${query}`);
    await page.locator('[role="row"][aria-busy="false"]').first().waitFor();
  }

  it('shows what hides in a text, in its own order, and marks the hit all the same', async () => {
    const page = await world.openAs('reviewer', { at: '/archive' });
    await page
      .getByRole('option')
      .filter({ hasText: /罗明‹U\+202E›.*wmChenJiaHe/ })
      .first()
      .click();
    const message = page.locator('article').filter({ hasText: '这款' });
    await message.waitFor();
    const shown = message.locator('bdi').filter({ hasText: '这款' });
    expect(await shown.textContent()).toBe('这款U+202E保本保息U+202C，您放U+200B心');
    expect(await shown.locator('[data-invisible]').count()).toBe(3);
    expect(await shown.getAttribute('dir')).toBe('ltr');
    // On the screen, too, its characters stand in the order in which they are stored.
    const places = await shown.evaluate((element) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const left: number[] = [];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(node);
        left.push(range.getBoundingClientRect().left);
      }
      return left;
    });
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    await page.context().close();
  });

  it('names both sides in triage, and keeps every mark at its place', async () => {
    const page = await world.openAs('reviewer');
    await openHits(page, '?state=any&sort=sentAt&order=asc');
    await page.getByRole('button', { name: '逐个处置' }).click();
    await page.getByText('罗明‹U+202E› → wmChenJiaHe').waitFor();
    // Overlapping terms: the strong mark is one of them, whole.
    const mark = page.locator('[data-current] mark[data-hit]');
    expect(['保本', '保本保息']).toContain((await mark.allTextContents()).join(''));
    await page.context().close();
  });

  it('asks before many hits are decided at once, and takes a reason for all', async () => {
    const page = await world.openAs('reviewer');
    await openHits(page, '?term=保本保息');
    const grid = page.getByRole('grid', { name: '命中' });
    // The list without the filter may stand there for a moment more.
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('27');
    await page.getByRole('button', { name: '全选 26 个' }).click();
    await grid.focus();
    await page.keyboard.press('2');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('排除所选的 26 个命中？').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: '取消' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await grid.getAttribute('aria-rowcount')).toBe('27');
    await grid.focus();
    await page.keyboard.press('2');
    await dialog.getByRole('combobox', { name: '原因' }).click();
    await page.getByTitle('客户的话').click();
    await dialog.getByRole('button', { name: '排除 26 个' }).click();
    await page.getByText('没有待处置的命中').or(page.getByText('没有符合筛选条件的命中')).waitFor();
    await page.context().close();
    const client = await signedIn(world, 'reviewer');
    const { ids } = await client.call('supervision.hitIds', { filter: { states: ['dismissed'] } });
    const [first] = await client.call('supervision.hitRows', { ids: ids.slice(0, 1) });
    expect(ids).toHaveLength(26);
    expect(first?.reasonCode).toBe('customer-words');
  });

  it('takes back in the list what was decided in triage', async () => {
    const page = await world.openAs('reviewer');
    await openHits(page, '?term=保本');
    await page.getByRole('button', { name: '逐个处置' }).click();
    await page.locator('[data-current] mark[data-hit]').first().waitFor();
    const hit = await currentHit(page);
    await page.keyboard.press('1');
    await page.waitForFunction(
      (id) => document.querySelector('[data-hit-id]')?.getAttribute('data-hit-id') !== id,
      hit,
    );
    await page.keyboard.press('Escape');
    await page.getByRole('grid', { name: '命中' }).waitFor();
    await page.getByRole('button', { name: '撤销' }).waitFor();
    await page.keyboard.press('u');
    await page.getByText('已撤销 1 个处置').waitFor();
    const client = await signedIn(world, 'reviewer');
    const { ids } = await client.call('supervision.hitIds', { filter: { states: ['confirmed'] } });
    expect(ids).toEqual([]);
    await page.context().close();
  });

  it('screens a part of the archive again, and says which part it was', async () => {
    const page = await world.openAs('reviewer');
    await openHits(page, '?state=any');
    await page.getByRole('button', { name: '立即筛查' }).click();
    const dialog = page.getByRole('dialog');
    const start = dialog.getByRole('button', { name: '开始筛查' });
    await dialog.getByRole('radio', { name: '其中一部分' }).click();
    expect(await start.isDisabled()).toBe(true);
    await dialog.getByRole('combobox', { name: '机构' }).click();
    await page.getByTitle('城南支行', { exact: true }).click();
    await dialog.getByRole('combobox', { name: '消息类型' }).click();
    await page.getByTitle('文本', { exact: true }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('checkbox').check();
    expect(await accessibilityProblems(page)).toEqual([]);
    await start.click();
    await page.getByText('筛查完成。').waitFor();
    await page.getByRole('button', { name: '筛查记录' }).click();
    const runs = page.getByRole('dialog').getByRole('listitem');
    await runs.first().getByText('机构: 城南支行 · 消息类型: 文本').waitFor();
    await runs.nth(1).getByText('全部会话存档').waitFor();
    await page.context().close();
    const client = await signedIn(world, 'reviewer');
    const [newest] = await client.call('supervision.runs', { limit: 1 });
    expect(newest).toMatchObject({ state: 'done', hits: 0, filter: { branch: '城南支行', kinds: ['text'] } });
  });

  it('counts what a stopped import left, without a reload', async () => {
    const page = await world.openAs('reviewer', { at: '/imports' });
    await page.getByRole('link', { name: /会话\.jsonl/ }).click();
    await page.getByRole('heading', { name: '会话.jsonl' }).waitFor();
    await page.getByText('所有消息都已筛查').waitFor();
    // Enough that it can be stopped: some 30 MB.
    const many = Array.from({ length: 150_000 }, (_, index) =>
      line(index, {
        from: 'luo.ming',
        to: 'wmChenJiaHe',
        kind: 'text',
        body: { content: `今天天气不错 ${index}` },
        msgid: `many-${index}_external`,
      }),
    ).join('\n');
    const client = await signedIn(world, 'reviewer');
    const stopped = await stopImport(world, client, '很多.jsonl', many);
    expect(stopped).toMatchObject({ state: 'cancelled' });
    const item = page.getByRole('navigation', { name: '历次导入' }).getByRole('link', { name: /很多/ });
    await item.getByText('已取消').waitFor();
    await item.getByText(new RegExp(`导入 ${stopped.imported.toLocaleString('en')}`)).waitFor();
    const { unscreened } = await client.call('supervision.summary', {});
    expect(unscreened).toBe(stopped.imported);
    await page.getByRole('heading', { name: '会话.jsonl' }).waitFor();
    await page.getByText(unscreened > 0 ? /消息尚未筛查|条新消息/ : '所有消息都已筛查').waitFor();
    expect(await page.getByText('所有消息都已筛查').count()).toBe(unscreened > 0 ? 0 : 1);
    await page.context().close();
  });
});
