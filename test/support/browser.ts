import { existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { type Browser, chromium } from 'playwright-core';

// Finds any Chromium or Chrome of this machine, so that the browser tests need no download.

const onPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

function usualPaths(environment: NodeJS.ProcessEnv): readonly string[] {
  const local = environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  const programs = [environment['PROGRAMFILES'], environment['PROGRAMFILES(X86)'], local];
  return [
    ...(environment['PATH'] ?? '').split(':').flatMap((folder) => onPath.map((name) => join(folder, name))),
    ...onPath.map((name) => join('/usr/bin', name)),
    '/snap/bin/chromium',
    '/opt/google/chrome/chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...programs.flatMap((folder) =>
      folder === undefined
        ? []
        : [
            join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
            join(folder, 'Chromium', 'Application', 'chrome.exe'),
            join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
          ],
    ),
  ];
}

function playwrightCache(environment: NodeJS.ProcessEnv): readonly string[] {
  const folders = [
    environment['PLAYWRIGHT_BROWSERS_PATH'],
    join(homedir(), '.cache', 'ms-playwright'),
    join(homedir(), 'Library', 'Caches', 'ms-playwright'),
    join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'ms-playwright'),
  ];
  const programs = [
    'chromium-*/chrome-linux*/chrome',
    'chromium-*/chrome-mac*/*.app/Contents/MacOS/*',
    'chromium-*/chrome-win*/chrome.exe',
    'chromium_headless_shell-*/*/headless_shell*',
    'chromium_headless_shell-*/*/chrome-headless-shell*',
  ];
  return folders.flatMap((cwd) =>
    cwd === undefined || !existsSync(cwd)
      ? []
      : programs.flatMap((pattern) => globSync(pattern, { cwd }).map((file) => join(cwd, file))),
  );
}

export type BrowserForTests =
  | { readonly executable: string; readonly reason: null }
  | { readonly executable: null; readonly reason: string };

/**
 * The browser to test with, or why there is none: tests then count as skipped (`describe.skipIf(browser.executable ===
 * null)`). Throws instead where COUNTERSIGN_REQUIRE_BROWSER is 1, as in continuous integration.
 */
export function browserForTests(environment: NodeJS.ProcessEnv = process.env): BrowserForTests {
  const named = environment['COUNTERSIGN_CHROMIUM'] ?? environment['CHROME_PATH'];
  // A name that was given is meant: another browser in its place would hide a mistake.
  const candidates =
    named === undefined ? [...usualPaths(environment), ...playwrightCache(environment)] : [named];
  const executable = candidates.find((file) => existsSync(file));
  if (executable !== undefined) return { executable, reason: null };
  const reason =
    named === undefined
      ? 'no Chromium or Chrome was found; install one, or name it in COUNTERSIGN_CHROMIUM.'
      : `${named} does not exist, which COUNTERSIGN_CHROMIUM or CHROME_PATH names.`;
  if (environment['COUNTERSIGN_REQUIRE_BROWSER'] === '1')
    throw new Error(`The browser tests can't run: ${reason}`);
  return { executable: null, reason };
}

/**
 * What the browser shall leave alone. The last such switch counts, so Playwright's own are named again. Chromium loads
 * what its address bar would drop down as two pages of its own for each window, which takes as long as our page does.
 */
const withoutFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  // Playwright's.
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
];

/** Starts the browser without a window. Close it when done. */
export async function launchBrowser(): Promise<Browser> {
  const browser = browserForTests();
  if (browser.executable === null) throw new Error(browser.reason);
  return chromium.launch({
    executablePath: browser.executable,
    headless: true,
    // It talks to nobody but our server; QUIC and the rest only slow its start where there is no network.
    args: [
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      `--disable-features=${withoutFeatures.join(',')}`,
    ],
  });
}
