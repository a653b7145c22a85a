import type { Page } from 'playwright-core';

/** Goes to a screen by its address, as a link would. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#${path}`);
}

/** Drops a file on the window, as a file manager does. */
export async function dropFile(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  const base64 = Buffer.from(content).toString('base64');
  const dataTransfer = await page.evaluateHandle(
    ({ name, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name));
      return transfer;
    },
    { name, base64 },
  );
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', type, { dataTransfer, bubbles: true, cancelable: true });
  }
}

/** The numbers that the import's sum shows, by their names in Chinese. */
export async function importCounts(page: Page): Promise<Readonly<Record<string, number>>> {
  await page.locator('dt', { hasText: '隔离' }).first().waitFor();
  return page.evaluate(() => {
    const counts: Record<string, number> = {};
    for (const term of document.querySelectorAll('dl dt')) {
      const value = term.nextElementSibling?.textContent ?? '';
      if (/^[\d,]+$/.test(value)) counts[term.textContent ?? ''] ??= Number(value.replaceAll(',', ''));
    }
    return counts;
  });
}

export async function fillSignIn(page: Page, userName: string, password: string): Promise<void> {
  await page.getByRole('heading', { name: '登录' }).waitFor();
  await page.getByLabel('用户名').fill(userName);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^账号/ }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await page.getByRole('heading', { name: '登录' }).waitFor();
}

/** The hit that triage stands on. */
export function currentHit(page: Page): Promise<string | null> {
  return page.locator('[data-hit-id]').getAttribute('data-hit-id');
}

export function assertEqual(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what}: ${is}, not ${should}`);
}
