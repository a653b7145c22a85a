import type { Page } from 'playwright-core';

import { currentHit, go } from './steps.ts';

/** Longer than any machine takes to make the demo's 20,000 messages and to screen them. */
const building = 110_000;

/** Opens the demo workspace, signs in with a press, searches the archive, and decides a hit. */
export async function demoWorkspace(page: Page): Promise<void> {
  await page.getByRole('button', { name: '打开演示工作区' }).click();
  await page.getByRole('progressbar').waitFor();
  await page
    .getByRole('button', { name: /（审核）/ })
    .first()
    .click({ timeout: building });
  await page.getByRole('navigation', { name: '主导航' }).waitFor();

  // What waits leads to its list, gravest first.
  await page.getByText(/共 \d+,\d+ 条消息/).waitFor();
  await page.getByRole('link', { name: /^严重/ }).click();
  await page.getByRole('heading', { level: 1, name: '命中' }).waitFor();
  await page.waitForURL(/severity=critical/);

  await go(page, '/archive');
  await page.getByText('搜索文字').click();
  await page.getByRole('searchbox', { name: '在全部消息中搜索文字' }).fill('理财');
  await page.keyboard.press('Enter');
  const results = page.getByRole('listbox', { name: '搜索结果' });
  await results.getByRole('option').first().click();
  await page.locator('article[data-current]', { hasText: '理财' }).waitFor();

  await go(page, '/hits/triage');
  await page.locator('[data-current] mark[data-hit]').waitFor();
  const first = await currentHit(page);
  await page.keyboard.press('c');
  await page.waitForFunction(
    (id) => document.querySelector('[data-hit-id]')?.getAttribute('data-hit-id') !== id,
    first,
  );
}
