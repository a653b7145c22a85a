import type { Locator, Page } from 'playwright-core';

import type { TestClient } from '../../support/workspace.ts';

// What the screens of materials and reviews need before anybody sees them, and what hands do there.

/** The templates that ship with the app, a product, and a lexicon: a term with other words for it, and one that can be exempt. */
export async function prepareReviews(admin: TestClient): Promise<void> {
  await admin.call('templates.addStarters', {});
  await admin.call('products.save', {
    product: {
      code: 'WM2601',
      name: '安禾稳进180天',
      type: 'wealth-management',
      facts: [{ kind: 'rate', label: '业绩比较基准', value: '2.60%-3.10%' }],
    },
  });
  const lexicon = await admin.call('lexicons.create', { name: '宣传用语' });
  const versionId = lexicon.draft?.id ?? '';
  const terms = [
    { text: '零风险', basis: '广告法 第二十五条', suggestion: '风险较低' },
    { text: '国家级', basis: '《广告法》第九条第（三）项', suggestion: '' },
  ];
  for (const { text, basis, suggestion } of terms)
    await admin.call('lexicons.saveTerm', {
      versionId,
      id: null,
      term: {
        text,
        category: '宣传用语',
        severity: 'high',
        basis,
        note: '',
        enabled: true,
        options: { suggestion },
      },
    });
  await admin.call('lexicons.publish', { lexiconId: lexicon.id, versionId });
}

/** Pastes into what has the focus, as the browser does with what another program left. */
export async function paste(page: Page, content: { readonly html?: string; readonly text: string }) {
  await page.evaluate(({ html, text }) => {
    const clipboardData = new DataTransfer();
    if (html !== undefined) clipboardData.setData('text/html', html);
    clipboardData.setData('text/plain', text);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, content);
}

/** Presses Tab until this has the focus, as somebody without a pointer must. */
export async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < most; presses += 1) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${most} presses of Tab did not lead to ${String(target)}`);
}
