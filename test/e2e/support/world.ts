import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

import type { App } from '../../../src/core/contract/handlers.ts';
import { createLog } from '../../../src/core/platform/log.ts';
import { startRemoteApp } from '../../../src/core/platform/remote-app.ts';
import { type RunningServer, startServer } from '../../../src/server/index.ts';
import { launchBrowser } from '../../support/browser.ts';
import {
  type WorkspaceForTests,
  accountsOnly,
  cheapPasswords,
  resources,
  temporaryFolder,
  testPassword,
} from '../../support/workspace.ts';

// The whole application as a person meets it: the built renderer in a real browser, a real server, the real app in its
// worker, a workspace in a temporary folder. One world per test file: starting it takes seconds, a page takes none.

/** Playwright's 30 s are few on two shared cores that also build, screen and import. */
const slowestAnswer = 60_000;

export interface PageOptions {
  readonly language?: 'zh-CN' | 'en-US';
  readonly theme?: 'light' | 'dark';
  readonly context?: BrowserContextOptions;
}

export interface SignedInPageOptions extends PageOptions {
  /** The screen to begin at, as in the address: `/hits?severity=critical`. The home screen unless said. */
  readonly at?: string;
}

export interface World {
  readonly url: string;
  readonly app: App;
  readonly browser: Browser;
  /** Where the workspaces lie. */
  readonly home: string;
  /** A page in a browser session of its own, at the first screen. */
  newPage(options?: PageOptions): Promise<Page>;
  /** A page that is signed in as this account without the sign-in screen, which has tests of its own. */
  openAs(userName: string, options?: SignedInPageOptions): Promise<Page>;
  /** What browsers complained of since the last call: uncaught errors, console errors, refused styles and scripts. */
  takeProblems(): readonly string[];
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** Serves this one workspace; without it the first run is shown. */
  readonly workspace?: WorkspaceForTests;
}

/** A workspace with one account per role, named after it: `admin`, `reviewer`… */
export const accounts: WorldOptions = { workspace: accountsOnly };

/** Starts a world. `npm test` has built the renderer; COUNTERSIGN_RENDERER names another build of it. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const folder = await temporaryFolder();
  const home = join(folder.path, 'home');
  const directory = join(home, 'test');
  await mkdir(home, { recursive: true });
  await options.workspace?.prepare(directory);
  const app = await startRemoteApp({
    home,
    resources,
    version: '0.0.0-test',
    passwordCost: cheapPasswords,
    ...(options.workspace ? { workspace: directory } : {}),
  });
  let server: RunningServer | null = null;
  let browser: Browser | null = null;
  const problems: string[] = [];
  const password = options.workspace?.password ?? testPassword;
  const stop = async () => {
    await browser?.close();
    await server?.close();
    await app.close();
    await folder.remove();
  };
  try {
    server = await startServer({
      app,
      rendererDirectory: resolve(process.env['COUNTERSIGN_RENDERER'] ?? 'out/renderer'),
      port: 0,
      accessKey: null,
      passwordsPerMinute: 10_000,
      log: createLog('silent'),
    });
    browser = await launchBrowser();
  } catch (error) {
    await stop();
    throw error;
  }
  const { url } = server;
  const opened = browser;

  async function newContext({ language = 'zh-CN', theme = 'light', context = {} }: PageOptions) {
    const session = await opened.newContext({
      locale: language,
      colorScheme: theme,
      viewport: { width: 1280, height: 800 },
      // Motion is the one thing on a page that would have to be waited for.
      reducedMotion: 'reduce',
      ...context,
    });
    session.setDefaultTimeout(slowestAnswer);
    return session;
  }

  async function openPage(session: BrowserContext, path: string): Promise<Page> {
    const page = await session.newPage();
    watch(page, problems);
    await page.goto(new URL(path, url).href);
    return page;
  }

  return {
    url,
    app,
    home,
    browser: opened,
    newPage: async (options = {}) => openPage(await newContext(options), ''),
    async openAs(userName, { at = '/', ...options } = {}) {
      const session = await newContext(options);
      // As the screen does it, from our own page; the cookie stays in this browser session.
      const answer = await session.request.post(new URL('/api/users.signIn', url).href, {
        headers: { origin: new URL(url).origin },
        data: { userName, password },
      });
      if (!answer.ok()) throw new Error(`${userName} was not signed in: ${await answer.text()}`);
      const page = await openPage(session, `#${at}`);
      await page.getByRole('navigation').first().waitFor();
      return page;
    },
    takeProblems: () => problems.splice(0),
    stop,
  };
}

function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    // The browser reports each refused call by itself; what the screen makes of it is what tests look at.
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) problems.push(text);
  });
}

/** Signs in at the sign-in screen. */
export async function signIn(page: Page, userName: string, password: string = testPassword): Promise<void> {
  await page.locator('input[autocomplete="username"]').fill(userName);
  await page.locator('input[autocomplete="current-password"]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
}

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds against WCAG 2.2 AA on the page as it stands, one line each. The themes differ in their colours alone,
 * so that the dark one is looked at for these.
 */
export async function accessibilityProblems(
  page: Page,
  theme: 'light' | 'dark' = 'light',
): Promise<readonly string[]> {
  // To bring axe into the page takes as long as a look does, and it stays there.
  const isThere = await page.evaluate(() => 'axe' in window);
  const { violations } = await new AxeBuilder({ page, ...(isThere ? { axeSource: ';' } : {}) })
    .options({
      runOnly:
        theme === 'light' ? { type: 'tag', values: everyRule } : { type: 'rule', values: ['color-contrast'] },
      // What passed is nobody's question, and to write it down takes most of axe's time.
      resultTypes: ['violations'],
    })
    // The other mode is for pages with frames of other sites, and opens a page more for each look.
    .setLegacyMode()
    .analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) =>
        `${violation.id}: ${violation.help} at ${node.target.join(' ')} (${node.failureSummary ?? ''})`,
    ),
  );
}
