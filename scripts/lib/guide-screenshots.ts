import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Page } from 'playwright-core';
import { z } from 'zod';

import { demoAccounts } from '../../src/core/features/workspaces/demo-accounts.ts';
import { dropFile, go } from '../../test/e2e/flows/steps.ts';
import { type World, signIn, startWorld } from '../../test/e2e/support/world.ts';
import { ensureBuilt } from './build.ts';
import { guideArchive, guideRoster } from './guide-archive.ts';
import { photographHandovers } from './guide-handovers.ts';
import { photographReviews } from './guide-reviews.ts';
import { toPalettePng } from './small-png.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The guide's languages, and those of the screens. */
const languages = [
  { folder: 'zh-CN', screens: 'zh-CN' },
  { folder: 'en', screens: 'en-US' },
] as const;
type Language = (typeof languages)[number];

/** Longer than any machine takes to make the demo's 20,000 messages and to screen them. */
const building = 110_000;

/** The files of texts that identify what is on the screens. */
const namespaces = [
  'approvals',
  'archive',
  'audit',
  'common',
  'first-run',
  'handovers',
  'hits',
  'home',
  'imports',
  'lexicons',
  'materials',
  'precheck',
  'reviews',
  'session',
  'suppressions',
  'templates',
  'workbench',
] as const;

const Texts: z.ZodType<Texts> = z.lazy(() => z.record(z.string(), z.union([z.string(), Texts])));
interface Texts {
  [key: string]: string | Texts;
}

/** Looks a text of the screens up: `say('hits', 'run.start')`. */
type Say = (namespace: string, key: string) => string;

/** Makes the pictures of each language (of those named, where some are) in docs/guide/images. */
export async function makeGuideScreenshots(named: readonly string[]): Promise<void> {
  process.chdir(root);
  await ensureBuilt();
  for (const language of languages) {
    if (named.length > 0 && !named.includes(language.folder)) continue;
    // A world for each: what is decided for the one guide must not be missing in the other.
    const world = await startWorld();
    try {
      await photograph(world, language);
      const problems = world.takeProblems();
      if (problems.length > 0) throw new Error(`The browser complained:\n${problems.join('\n')}`);
    } finally {
      await world.stop();
    }
  }
}

async function photograph(world: World, language: Language): Promise<void> {
  const folder = join(root, 'docs', 'guide', 'images', language.folder);
  await mkdir(folder, { recursive: true });
  const say = await texts(language.screens);
  const page = await world.newPage({ language: language.screens });
  const shoot = (name: string, of: Page = page) => picture(of, join(folder, `${name}.png`));

  await page.getByRole('button', { name: say('first-run', 'demo.submit') }).waitFor();
  await shoot('first-run');
  await page.getByRole('button', { name: say('first-run', 'demo.submit') }).click();
  await page
    .getByRole('heading', { name: say('session', 'signIn.demoTitle') })
    .waitFor({ timeout: building });
  await shoot('sign-in');
  await signInAs(page, 'reviewer');
  await page.getByText(say('home', 'open.title')).first().waitFor();
  await shoot('home');

  await imports(page, say, shoot);
  await hits(page, say, shoot);
  await archive(page, say, shoot);
  await page.context().close();

  await withAccount(world, language, 'approver', 'light', async (other) => {
    await go(other, '/lexicons');
    await other.getByRole('row').nth(3).waitFor();
    await shoot('lexicons', other);
  });
  await withAccount(world, language, 'admin', 'light', async (other) => {
    await go(other, '/users');
    await other.getByText('huiqian').or(other.getByRole('row').nth(4)).first().waitFor();
    await shoot('users', other);
  });
  await withAccount(world, language, 'auditor', 'light', async (other) => {
    await go(other, '/audit');
    await other.getByRole('button', { name: say('audit', 'verify') }).click();
    await other.getByText(say('audit', 'rootHash')).waitFor();
    await shoot('audit', other);
  });
  await withAccount(world, language, 'reviewer', 'dark', async (other) => {
    await go(other, '/hits/triage');
    await other.locator('[data-current] mark[data-hit]').waitFor();
    await shoot('triage-dark', other);
  });
  await photographReviews({
    as: async (userName) => {
      const other = await world.newPage({ language: language.screens });
      await signInAs(other, userName);
      return other;
    },
    say,
    shoot,
    resources: join(root, 'resources'),
  });
  await photographHandovers({
    as: async (userName) => {
      const other = await world.newPage({ language: language.screens });
      await signInAs(other, userName);
      return other;
    },
    say,
    shoot,
  });
  // At the end: a draft is begun here, which no other picture is to show.
  await withAccount(world, language, 'approver', 'light', (other) =>
    lexiconTools(other, say, (name) => shoot(name, other)),
  );
}

async function imports(page: Page, say: Say, shoot: (name: string) => Promise<void>): Promise<void> {
  for (const file of [guideRoster, guideArchive]) {
    await dropFile(page, file.name, file.text);
    await page.getByRole('heading', { level: 2, name: file.name }).waitFor();
    await page
      .locator('dt', { hasText: say('imports', 'count.quarantined') })
      .first()
      .waitFor();
  }
  await page.getByRole('button', { name: say('imports', 'next.screen') }).waitFor();
  await page.getByRole('tab', { name: say('imports', 'tab.completeness') }).click();
  await page.getByRole('heading', { name: say('imports', 'completeness.perDay') }).waitFor();
  await shoot('imports');
  await page.getByRole('tab').last().click();
  await page.getByText(say('imports', 'reason.broken-json')).first().click();
  await page.getByRole('region', { name: say('imports', 'raw.title') }).waitFor();
  await shoot('quarantine');
  await page.getByRole('button', { name: say('imports', 'next.screen') }).click();
  await page.getByText(say('hits', 'run.ended.done')).waitFor();
}

async function hits(page: Page, say: Say, shoot: (name: string) => Promise<void>): Promise<void> {
  await go(page, '/hits');
  const table = page.getByRole('grid', { name: say('hits', 'title') });
  await table.getByRole('row').nth(8).waitFor();
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
  await shoot('hits');
  await go(page, '/hits/triage');
  await page.locator('[data-current] mark[data-hit]').waitFor();
  for (const key of ['1', '2', '3']) await decide(page, key);
  await shoot('triage');
}

/** Presses a key that decides, and waits for the next hit. */
async function decide(page: Page, key: string): Promise<void> {
  const before = await page.locator('[data-hit-id]').getAttribute('data-hit-id');
  await page.keyboard.press(key);
  await page.waitForFunction(
    (id) => document.querySelector('[data-hit-id]')?.getAttribute('data-hit-id') !== id,
    before,
  );
  await page.locator('[data-current] mark[data-hit]').waitFor();
}

/** The workbench with several disguises, a backtest of a draft with one more term, and a suppression. */
async function lexiconTools(page: Page, say: Say, shoot: (name: string) => Promise<void>): Promise<void> {
  await go(page, '/lexicons');
  // The starter pack's name is the same in both languages: it is data.
  await page.getByRole('link', { name: '承诺收益与淡化风险' }).click();
  await page.getByRole('heading', { level: 2, name: '承诺收益与淡化风险' }).waitFor();
  await page.getByRole('button', { name: say('lexicons', 'draft.start') }).click();
  await page.getByRole('button', { name: say('lexicons', 'draft.discard') }).waitFor();
  await page.getByRole('link', { name: say('lexicons', 'sections.workbench'), exact: true }).click();
  await page
    .getByRole('textbox', { name: say('workbench', 'sample.text') })
    .fill('这款保-本-保-息，稳稳赚不赔，我保證收益，年化收益高达8%。本产品不保本保息。');
  await page
    .getByRole('complementary', { name: say('workbench', 'hits.title') })
    .getByRole('button', { name: /保本保息/ })
    .first()
    .click();
  await shoot('workbench');

  await page.getByRole('button', { name: say('workbench', 'add'), exact: true }).click();
  const editor = page.getByRole('dialog', { name: say('lexicons', 'term.add') });
  await editor.getByLabel(say('lexicons', 'term.text'), { exact: true }).fill('先到先得');
  await editor.getByLabel(say('lexicons', 'term.category')).fill('夸大宣传');
  await editor.getByRole('button', { name: say('lexicons', 'term.saveAndNext') }).click();
  await editor.getByRole('status').getByText('先到先得').waitFor();
  await editor
    .getByRole('button', { name: say('common', 'close') })
    .last()
    .click();
  await editor.waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: say('lexicons', 'sections.backtests'), exact: true }).click();
  await page.getByRole('button', { name: say('workbench', 'backtest.start') }).click();
  const result = page.getByRole('region', { name: say('workbench', 'backtest.result') });
  await result.getByRole('row', { name: /先到先得/ }).click({ timeout: building });
  await result.getByRole('listitem').first().waitFor();
  await shoot('backtest');

  await go(page, '/lexicons/suppressions');
  // The button in the heading; an empty screen has another one below.
  await page
    .getByRole('button', { name: say('suppressions', 'add') })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: say('suppressions', 'add') });
  await dialog
    .getByLabel(say('suppressions', 'phrase'), { exact: true })
    .fill('本产品不承诺保本保收益，理财非存款，产品有风险，投资须谨慎。');
  await dialog.getByLabel(say('suppressions', 'reason'), { exact: true }).fill('总行合规部核定的标准声明');
  await shoot('suppressions');
}

async function archive(page: Page, say: Say, shoot: (name: string) => Promise<void>): Promise<void> {
  await go(page, '/archive');
  await page.getByText(say('archive', 'side.search'), { exact: true }).click();
  await search(page, say, '手机');
  await shoot('search');
  // A message of the guide's own archive, which holds a telephone number.
  await search(page, say, '我把细节发您');
  await page
    .locator('article[data-current]')
    .getByRole('button', { name: say('archive', 'reveal.show') })
    .click();
  await page.getByRole('dialog').getByText(say('archive', 'reveal.explanation')).waitFor();
  await shoot('unmask');
}

/** Searches the text of all messages, and opens the newest that holds it. */
async function search(page: Page, say: Say, text: string): Promise<void> {
  await page.getByRole('searchbox', { name: say('archive', 'search.text') }).fill(text);
  await page.keyboard.press('Enter');
  const results = page.getByRole('listbox', { name: say('archive', 'search.results') });
  await results.getByRole('option').first().filter({ hasText: text }).click();
  await page.locator('article[data-current]', { hasText: text }).waitFor();
}

async function withAccount(
  world: World,
  language: Language,
  userName: string,
  theme: 'light' | 'dark',
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await world.newPage({ language: language.screens, theme });
  await signInAs(page, userName);
  await work(page);
  await page.context().close();
}

async function signInAs(page: Page, userName: string): Promise<void> {
  const account = demoAccounts.find((candidate) => candidate.userName === userName);
  if (account === undefined) throw new Error(`The demo workspace has no account ${userName}.`);
  await signIn(page, userName, account.password);
}

async function texts(language: string): Promise<Say> {
  const loaded = new Map<string, Texts>();
  for (const namespace of namespaces) {
    const file = join(root, 'src', 'renderer', 'i18n', language, `${namespace}.json`);
    loaded.set(namespace, Texts.parse(JSON.parse(await readFile(file, 'utf8'))));
  }
  return (namespace, key) => {
    let found: string | Texts | undefined = loaded.get(namespace);
    for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
    if (typeof found !== 'string') throw new Error(`The screens have no text ${namespace}:${key}.`);
    // What is filled in (`{{name}}`) comes after the words that identify a text.
    return (
      found
        .split('{{')[0]
        ?.replace(/[（(]$/u, '')
        .trim() ?? found
    );
  };
}

/** Small enough for a repository. */
const largestPicture = 150 * 1024;

async function picture(page: Page, path: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  // What was done a moment ago is not what the picture is of.
  await page.locator('.ant-message-notice').last().waitFor({ state: 'hidden' });
  const png = toPalettePng(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  await writeFile(path, png);
  process.stdout.write(`${path}: ${Math.round(png.length / 1024)} KB\n`);
  if (png.length > largestPicture) throw new Error(`${path} is larger than ${largestPicture} bytes.`);
}
