import type { Page } from 'playwright-core';

// Playwright needs a round trip for each key, which gives a screen time that nobody's fingers promise it, least of all
// on a slow machine. These run inside the page, each step in the very next task after the one before: React's answer to
// an event comes before that, a frame or a timer after it.

/** Presses keys in consecutive tasks, each where the focus is by then. They reach listeners; they type no text. */
export async function pressInARow(page: Page, keys: readonly string[]): Promise<void> {
  await page.evaluate(async (keys) => {
    for (const key of keys) {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', resolve);
        port1.start();
        port2.postMessage(null);
      });
    }
  }, keys);
}

/** Clicks a button, and answers what has the focus one task later: its label or its text, null outside of a dialog. */
export async function focusedAfterClick(page: Page, name: string): Promise<string | null> {
  const button = page.getByRole('button', { name }).first();
  return button.evaluate(async (element: HTMLElement) => {
    element.focus();
    element.click();
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', resolve);
      port1.start();
      port2.postMessage(null);
    });
    const focused = document.activeElement;
    if (focused === null || focused.closest('[role="dialog"]') === null) return null;
    const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : null;
    return label ?? focused.getAttribute('aria-label') ?? focused.textContent;
  });
}
