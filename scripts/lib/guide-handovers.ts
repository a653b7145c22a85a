import type { Locator, Page } from 'playwright-core';

import { go } from '../../test/e2e/flows/steps.ts';
import { demoPassword } from '../../src/core/features/workspaces/demo-accounts.ts';

// The messy departure of the demo, from what the data suggest to the signatures, for the guide's chapter on handovers.

/** Looks a text of the screens up: `say('hits', 'run.start')`. */
type Say = (namespace: string, key: string) => string;

export interface HandoverPictures {
  /** A page that is signed in as this account of the demo. */
  as(userName: string): Promise<Page>;
  readonly say: Say;
  shoot(name: string, of: Page): Promise<void>;
}

/** Where somebody carries customers away: the branch is data, the same in both languages. */
const carriersBranch = '湖滨支行';

/** Takes the pictures of the chapter, in the order of the story. */
export async function photographHandovers(pictures: HandoverPictures): Promise<void> {
  const supervisor = await pictures.as('approver');
  const messy = await overview(supervisor, pictures);
  await sheet(supervisor, messy, pictures);
  await promises(supervisor, messy, pictures);
  await continuity(supervisor, messy, pictures);
  await sign(supervisor, messy, pictures);
  await go(supervisor, `${messy}?tab=evidence`);
  await supervisor.getByRole('table').waitFor();
  await pictures.shoot('handover-evidence', supervisor);
  await timeline(supervisor, pictures);
  await supervisor.context().close();
}

/** The overview, and the address of the handover that the approver supervises. */
async function overview(page: Page, { say, shoot }: HandoverPictures): Promise<string> {
  await go(page, '/handovers');
  const messy = page.getByRole('row').filter({ hasText: say('handovers', 'overview.yourRole.supervisor') });
  await messy.waitFor();
  // The numbers of all of them are there.
  await page.getByText(say('handovers', 'overview.computing')).first().waitFor({ state: 'hidden' });
  await shoot('handovers', page);
  const link = messy.getByRole('link').first();
  const address = (await link.getAttribute('href')) ?? '';
  await link.click();
  return address.replace(/^.*#/u, '');
}

/** The numbers, a contradiction with both its records, and an explanation of several rows at once. */
async function sheet(page: Page, address: string, { say, shoot }: HandoverPictures): Promise<void> {
  const figures = page.getByRole('table', { name: say('handovers', 'sheet.figures') });
  await page.getByRole('grid').getByRole('row').nth(2).waitFor();
  await shoot('handover-sheet', page);
  await figures
    .getByRole('link', { name: say('handovers', 'sheet.column.conflicts') })
    .first()
    .click();
  await firstRow(page, say('handovers', 'sheet.column.conflicts'));
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: say('handovers', 'row.sources') }).waitFor();
  await shoot('handover-row', page);
  await page.keyboard.press('Escape');

  for (const kind of ['customers', 'groups', 'liveCodes', 'tasks'] as const) {
    await go(page, `${address}?class=${kind}&rows=unwritten`);
    await firstRow(page, say('handovers', 'sheet.column.unwritten'));
    const rows = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
    // Each is ticked, and the next one made current.
    for (let row = 0; row < rows; row += 1) for (const key of ['x', 'j']) await page.keyboard.press(key);
    await explain(page, say, kind === 'customers' ? () => shoot('handover-explain', page) : null);
    await page.getByText(say('handovers', 'rows.none')).waitFor();
  }
}

/** Writes the reason for what is ticked or current. */
async function explain(page: Page, say: Say, picture: (() => Promise<void>) | null): Promise<void> {
  await page.keyboard.press('w');
  const dialog = page.getByRole('dialog');
  await dialog
    .getByLabel(say('handovers', 'explain.text'), { exact: true })
    .fill('已逐户电话核实，客户知悉，由接交人继续服务。');
  await picture?.();
  await dialog.getByRole('button', { name: say('common', 'save') }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function firstRow(page: Page, name: string): Promise<void> {
  const grid: Locator = page.getByRole('grid', { name });
  await grid.getByRole('row').nth(1).waitFor();
  await grid.focus();
  await page.keyboard.press('Home');
}

async function promises(page: Page, address: string, { say, shoot }: HandoverPictures): Promise<void> {
  await go(page, `${address}?tab=promises`);
  await page
    .getByRole('button', { name: say('handovers', 'promises.accept') })
    .first()
    .waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(say('handovers', 'promises.dueDay')).waitFor();
  await shoot('handover-promise', page);
  await dialog.getByRole('button', { name: say('handovers', 'promises.accept') }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function continuity(page: Page, address: string, { shoot }: HandoverPictures): Promise<void> {
  await go(page, `${address}?tab=continuity`);
  await page.getByRole('grid').getByRole('row').nth(2).waitFor();
  await shoot('handover-continuity', page);
}

/** Freezes the sheet, and signs as the supervisor. */
async function sign(page: Page, address: string, { say, shoot }: HandoverPictures): Promise<void> {
  await go(page, `${address}?tab=signing`);
  await page.getByRole('button', { name: say('handovers', 'signing.freeze'), exact: true }).click();
  await page
    .getByRole('button', { name: say('handovers', 'signing.sign') })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(say('handovers', 'signing.reservations')).fill('一位客户的去向待回访确认。');
  await shoot('handover-sign', page);
  await dialog.getByLabel(say('handovers', 'signing.password')).fill(demoPassword);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(say('handovers', 'signing.seat.signed')).first().waitFor();
  await shoot('handover-signing', page);
}

/** Of the departure with signs that customers are carried away. */
async function timeline(page: Page, { say, shoot }: HandoverPictures): Promise<void> {
  await go(page, '/handovers');
  await page.getByRole('row').filter({ hasText: carriersBranch }).getByRole('link').first().click();
  await page.getByRole('link', { name: say('handovers', 'tab.timeline') }).click();
  await page.getByRole('table', { name: say('handovers', 'timeline.riskParts') }).waitFor();
  await shoot('handover-timeline', page);
}
