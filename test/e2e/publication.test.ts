import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { createApp } from '../../src/core/app.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { browserForTests } from '../support/browser.ts';
import { approve, importChat, loan, loanText } from '../support/publication.ts';
import { publishTemplate, stageOf } from '../support/reviews.ts';
import {
  type TestWorld,
  cheapPasswords,
  createClient,
  createTestWorkspace,
  resources,
  testPassword,
} from '../support/workspace.ts';
import { type World, accessibilityProblems, startWorld } from './support/world.ts';

/** A workspace with one approval, and an archive in which it was published well and badly. */
async function prepare(directory: string): Promise<void> {
  await createTestWorkspace(directory);
  const app = await createApp({
    home: join(directory, '..'),
    workspace: directory,
    resources,
    version: '0.0.0-test',
    log: createLog('silent'),
    passwordCost: cheapPasswords,
  });
  const world: Pick<TestWorld, 'app' | 'workspace'> = { app, workspace: directory };
  const signIn = async (userName: string) => {
    const client = createClient(app);
    await client.call('users.signIn', { userName, password: testPassword });
    return client;
  };
  const everything = await signIn('everything');
  await publishTemplate(everything, [stageOf('compliance')]);
  await approve(world, await signIn('editor'), everything, loan);
  const at = Date.now() + 1_000;
  await importChat(world, everything, [
    { at, text: '张女士您好，上次说的快贷今天上线了' },
    { at: at + 1_000, text: loanText.replace('3.45%', '2.45%').replace('具体以合同为准，', '') },
    { at: at + 2_000, text: '好的我看看', from: 'wmkehu1', to: 'zhanglan' },
    { at: at + 3_000, link: { title: '内部员工福利贷', description: '点击领取专属额度，名额有限' } },
    { at: at + 4_000, text: loanText },
  ]);
  await app.close();
}

describe.skipIf(browserForTests().executable === null)('published equals approved', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ workspace: { password: testPassword, prepare } });
  });
  afterAll(() => world.stop());
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  /** Keeps a picture where somebody wants to look: COUNTERSIGN_SCREENSHOTS names a folder. */
  async function picture(page: Page, name: string): Promise<void> {
    const folder = process.env['COUNTERSIGN_SCREENSHOTS'];
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
  }

  it('checks what is pasted, shows what was altered, and keeps the check', async () => {
    const page = await world.openAs('reviewer', { at: '/publication' });
    await picture(page, 'publication-empty');
    await page.getByRole('textbox', { name: '已发布的文本' }).focus();
    await page.keyboard.insertText(loanText.replace('3.45%', '2.45%'));
    await page.keyboard.press('Control+Enter');
    const result = page.getByRole('region', { name: '核对结果' });
    await result.getByRole('status').getByText('有改动', { exact: true }).waitFor();
    await result.getByText('发布时有效').waitFor();
    expect(await result.locator('del, ins').allInnerTexts()).toEqual(
      expect.arrayContaining(['已批准', '已发布']),
    );
    await result.getByRole('textbox', { name: '备注' }).fill('朋友圈');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: '已保存的核对' }).getByRole('cell', { name: '朋友圈' }).waitFor();
    await picture(page, 'publication-altered');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });

  it('checks a file, in English and dark', async () => {
    const page = await world.openAs('editor', { at: '/publication', language: 'en-US', theme: 'dark' });
    await page.getByTestId('published-file').setInputFiles({
      name: 'published.html',
      mimeType: 'text/html',
      buffer: Buffer.from(
        `<h1>${loan.title}</h1>${loan.paragraphs.map((text) => `<p>${text}</p>`).join('')}`,
      ),
    });
    const result = page.getByRole('region', { name: 'Result' });
    await result.getByRole('status').getByText('Identical', { exact: true }).waitFor();
    await picture(page, 'publication-dark');
    expect(await accessibilityProblems(page, 'dark')).toEqual([]);
    await page.context().close();
  });

  it('checks the archive, and findings are decided with the keyboard alone', async () => {
    const page = await world.openAs('reviewer', { at: '/findings' });
    await page.getByText('还没有核对过存档').waitFor();
    await page.getByRole('button', { name: '核对存档' }).click();
    await picture(page, 'findings-dialog');
    await page.getByRole('dialog').getByRole('button', { name: '开始' }).click();
    const grid = page.getByRole('grid', { name: '发现' });
    await grid.getByRole('row').nth(2).waitFor();
    const detail = page.getByRole('region', { name: '发现的详情' }).first();
    await detail.getByRole('heading', { name: '没有批准' }).waitFor();
    await page.keyboard.press('j');
    await detail.getByRole('heading', { name: '有改动' }).waitFor();
    await detail.getByText('与已批准文本的对照').waitFor();
    await picture(page, 'findings');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('r');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('1');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('1');
    await page.waitForFunction(() => document.querySelectorAll('[role="grid"] [role="row"]').length === 2);
    await page.keyboard.press('u');
    await page.waitForFunction(() => document.querySelectorAll('[role="grid"] [role="row"]').length === 3);
    await detail.getByRole('heading', { name: '有改动' }).waitFor();
    await detail.getByText('撤销', { exact: true }).waitFor();
    await page.keyboard.press('o');
    await page.waitForURL(/#\/archive\/\d+\?message=\d+/);
    await page.context().close();
  });

  it('shows an auditor the findings in the dark, without a way to decide them', async () => {
    const page = await world.openAs('auditor', {
      at: '/findings?state=any',
      language: 'en-US',
      theme: 'dark',
    });
    await page.getByText('Your roles let you see findings, not decide them.').waitFor();
    await page
      .getByRole('region', { name: 'Details of the finding' })
      .getByRole('heading', { level: 2 })
      .waitFor();
    await picture(page, 'findings-dark');
    expect(await accessibilityProblems(page, 'dark')).toEqual([]);
    await page.context().close();
  });
});
