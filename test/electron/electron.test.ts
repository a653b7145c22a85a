import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type ElectronApplication, type Page, _electron } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { flows } from '../e2e/flows/index.ts';

// The real window. `npm run test:electron` names Electron's binary; without one, these tests are skipped.

const executable = process.env['COUNTERSIGN_ELECTRON'];
const repository = join(import.meta.dirname, '..', '..');
const fixtures = join(repository, 'test', 'fixtures');

describe.skipIf(executable === undefined)('in the window', () => {
  let folder: string;
  let home: string;
  let electron: ElectronApplication;
  let page: Page;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-electron-'));
    home = join(folder, 'home');
    await mkdir(home);
    electron = await _electron.launch({
      executablePath: executable ?? '',
      args: [repository, `--user-data-dir=${join(folder, 'user-data')}`, '--lang=zh-CN'],
      env: { ...environment(), COUNTERSIGN_HOME: home },
      // Chromium refuses its sandbox to root, as which containers run.
      chromiumSandbox: process.getuid?.() !== 0,
    });
    page = await electron.firstWindow();
    await page.waitForFunction(() => document.querySelector('#root')?.hasChildNodes());
  });

  afterEach(async () => {
    await electron.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(Object.entries(flows))('%s', async (_name, flow) => {
    await flow(page, { home, fixtures });
  });

  test('the page is ours, and knows two functions of the host', async () => {
    expect(new URL(page.url()).href).toMatch(/^app:\/\/countersign\//);
    const seen = await page.evaluate(() => ({
      bridge: Object.keys(Reflect.get(window, 'countersign') ?? {}).toSorted(),
      node: ['process', 'require', 'module', 'Buffer', 'global'].filter((name) => name in window),
    }));
    expect(seen).toEqual({ bridge: ['invoke', 'subscribe'], node: [] });
  });

  test('the page evaluates no text, takes no styles but its own, and reaches no network', async () => {
    const seen = await page.evaluate(async () => {
      const style = document.createElement('style');
      style.setAttribute('nonce', 'guessed');
      style.textContent = 'body { outline: 7px solid rgb(1, 2, 3) }';
      document.head.append(style);
      const answers = async (url: string) => {
        try {
          await fetch(url);
          return true;
        } catch {
          return false;
        }
      };
      let evaluates = true;
      try {
        // Through a name, so that this test's own lint sees no evaluation.
        Reflect.construct(Reflect.get(window, 'Function'), ['return 1']);
      } catch {
        evaluates = false;
      }
      return {
        evaluates,
        styled: getComputedStyle(document.body).outlineWidth === '7px',
        web: await answers('https://example.com/'),
        file: await answers('file:///etc/passwd'),
        opened: window.open('https://example.com/') !== null,
      };
    });
    expect(seen).toEqual({ evaluates: false, styled: false, web: false, file: false, opened: false });
    expect(electron.windows()).toHaveLength(1);
  });

  test('the page stays where it is', async () => {
    const before = page.url();
    await page.evaluate(() => {
      window.location.href = 'https://example.com/';
    });
    // The refusal comes back before the next question does.
    expect(await page.evaluate(() => window.location.href)).toBe(before);
  });

  test('an upload reaches the host, which asks who sends it', async () => {
    const answer = await page.evaluate(async () => {
      const response = await fetch('./api/blobs', { method: 'POST', body: new Blob(['bytes']) });
      return { status: response.status, body: await response.text() };
    });
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('no-workspace');
  });
});

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name === 'ELECTRON_RUN_AS_NODE' ? [] : [[name, value]],
    ),
  );
}
