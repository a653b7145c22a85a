import type { Page, Request, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { browserForTests } from '../support/browser.ts';
import { testPassword } from '../support/workspace.ts';
import { signedIn } from './support/archive-data.ts';
import { focusedAfterClick, pressInARow } from './support/quick-hand.ts';
import { accessibilityProblems, accounts, signIn, startWorld, type World } from './support/world.ts';

const browser = browserForTests();

describe.skipIf(browser.executable === null)('the shell and its screens', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(accounts);
  });
  afterAll(() => world.stop());
  // A refused style, a missing key of React, an uncaught error: none may pass unseen.
  afterEach(() => expect(world.takeProblems()).toEqual([]));

  async function go(page: Page, path: string): Promise<void> {
    await page.evaluate((hash) => {
      window.location.hash = hash;
    }, `#${path}`);
  }

  it('refuses a wrong password with a sentence, and keeps the name that was typed', async () => {
    const page = await world.newPage();
    await page.getByLabel('用户名').fill('reviewer');
    await page.getByLabel('密码', { exact: true }).fill('something else');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').filter({ hasText: '用户名或密码不正确' }).waitFor();
    expect(await page.getByLabel('用户名').inputValue()).toBe('reviewer');
    await page.context().close();
  });

  it('shows each role what it may see, and nothing else', async () => {
    const seen = async (userName: string) => {
      const page = await world.openAs(userName, { language: 'en-US' });
      const names = await page.getByRole('navigation').getByRole('link').allInnerTexts();
      await page.context().close();
      return names;
    };
    expect(await seen('editor')).toEqual([
      'Home',
      'Materials',
      'Reviews',
      'Approvals',
      'Published check',
      'Handovers',
      'Lexicons',
      'Products',
      'Templates',
      'Settings',
    ]);
    expect(await seen('reviewer')).toEqual([
      'Home',
      'Materials',
      'Reviews',
      'Approvals',
      'Published check',
      'Hits',
      'Findings',
      'Handovers',
      'Archive',
      'Imports',
      'Lexicons',
      'Products',
      'Templates',
      'Settings',
    ]);
    expect(await seen('auditor')).toContain('Audit log');
  });

  it('refuses a screen whose address was typed without the permission', async () => {
    const page = await world.openAs('reviewer', { at: '/audit' });
    await page.getByRole('alert').filter({ hasText: '没有这项权限' }).waitFor();
    await page.context().close();
  });

  it('goes everywhere by keyboard, and puts the focus on the new screen’s title', async () => {
    const page = await world.openAs('everything');
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await page.getByRole('heading', { level: 1, name: '用户' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('用户');
    await expect.poll(() => page.title()).toMatch(/^用户 · /);
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.getByRole('heading', { level: 1, name: '审计日志' }).waitFor();
    // What is typed at once is for the list of commands, not for the screen behind.
    await pressInARow(page, ['?', 'g', 'u']);
    await page.getByRole('combobox', { name: '输入以查找命令' }).fill('设置');
    expect(page.url()).toContain('#/audit');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '设置' }).waitFor();
    await page.context().close();
  });

  it('locks over the app, and gives back what was typed', async () => {
    const page = await world.openAs('admin', { at: '/users' });
    await page.getByRole('button', { name: '新建用户' }).click();
    await page.getByRole('dialog').getByLabel('显示名称').fill('周晓');
    await page.keyboard.press('Control+l');
    await page.getByRole('heading', { name: '已锁定' }).waitFor();
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('password');
    // Behind the lock no shortcut acts.
    await page.getByRole('button', { name: '解锁' }).focus();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByLabel('密码', { exact: true }).fill(testPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '已锁定' }).waitFor({ state: 'detached' });
    await page.getByRole('dialog').waitFor();
    expect(await page.getByRole('dialog').getByLabel('显示名称').inputValue()).toBe('周晓');
    expect(page.url()).toContain('#/users');
    await page.context().close();
  });

  it('creates a user, who must set a password of their own first', async () => {
    const page = await world.openAs('admin', { at: '/users' });
    await page.getByRole('button', { name: '新建用户' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('用户名').fill('zhou.xiao');
    await drawer.getByLabel('显示名称').fill('周晓');
    await drawer.getByLabel('初始密码').fill('first-lantern-32-river');
    await drawer.getByLabel('再次输入新密码').fill('first-lantern-32-river');
    await drawer.getByRole('button', { name: '新建用户' }).click();
    await page.getByRole('cell', { name: 'zhou.xiao' }).waitFor();
    await page.context().close();

    const hers = await world.newPage();
    await hers.getByLabel('用户名').fill('zhou.xiao');
    await hers.getByLabel('密码', { exact: true }).fill('first-lantern-32-river');
    await hers.keyboard.press('Enter');
    await hers.getByRole('heading', { name: '请设置新密码' }).waitFor();
    await hers.getByLabel('当前密码').fill('first-lantern-32-river');
    await hers.getByLabel('新密码', { exact: true }).fill('second-harbour-57-cloud');
    await hers.getByLabel('再次输入新密码').fill('second-harbour-57-cloud');
    await hers.getByRole('button', { name: '设置密码' }).click();
    await hers.getByRole('navigation').waitFor();
    await hers.context().close();
  });

  it('shows what others changed before its event stream was up, and loads nothing twice where nobody did', async () => {
    const page = await world.openAs('admin', { at: '/users' });
    const admin = await signedIn(world, 'admin');
    /** Loads the page, with its event stream let through once `meanwhile` is done; answers what it asked for. */
    const load = async (meanwhile: () => Promise<void>) => {
      const letThrough = Promise.withResolvers<void>();
      const held = async (route: Route) => {
        await letThrough.promise;
        await route.continue();
      };
      await page.route('**/api/events', held, { times: 1 });
      const asked: string[] = [];
      const note = (request: Request) => {
        if (request.method() === 'POST') asked.push(new URL(request.url()).pathname.slice('/api/'.length));
      };
      page.on('request', note);
      await page.reload();
      await page.getByRole('cell', { name: 'reviewer', exact: true }).first().waitFor();
      await meanwhile();
      // With the stream up, the page asks for the jobs that it heard nothing of.
      const up = page.waitForResponse((response) => response.url().endsWith('/api/jobs.list'));
      letThrough.resolve();
      await (await up).finished();
      return { asked, done: () => page.off('request', note) };
    };

    const changed = await load(async () => {
      await admin.call('users.create', {
        userName: 'zhao.lan',
        displayName: '赵岚',
        password: testPassword,
        roles: ['reviewer'],
      });
      expect(await page.getByRole('cell', { name: '赵岚', exact: true }).count()).toBe(0);
    });
    await page.getByRole('cell', { name: '赵岚', exact: true }).waitFor();
    changed.done();

    const uneventful = await load(() => Promise.resolve());
    // Whatever the opening of the stream led to was asked for before the next screen is.
    await go(page, '/audit');
    await page.getByRole('grid', { name: '审计日志' }).getByRole('row').nth(1).waitFor();
    uneventful.done();
    expect(uneventful.asked).toContain('users.list');
    expect(uneventful.asked.filter((name, at) => uneventful.asked.indexOf(name) !== at)).toEqual([]);
    await page.context().close();
  });

  it('says that somebody else changed an account, and loads what they saved', async () => {
    const first = await world.openAs('admin', { at: '/users' });
    const second = await world.openAs('admin', { at: '/users' });
    for (const page of [first, second]) {
      await page.getByRole('button', { name: '编辑 editor' }).click();
    }
    await first.getByRole('dialog').getByLabel('显示名称').fill('编辑甲');
    await first.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await first.getByRole('cell', { name: '编辑甲', exact: true }).waitFor();
    await second.getByRole('alert').filter({ hasText: '别人刚刚修改了这个账号' }).waitFor();
    await second.getByRole('button', { name: '载入最新内容' }).click();
    expect(await second.getByRole('dialog').getByLabel('显示名称').inputValue()).toBe('编辑甲');
    await first.context().close();
    await second.context().close();
  });

  it('lists, filters, details and verifies the audit log', async () => {
    const page = await world.openAs('auditor', { at: '/audit' });
    const grid = page.getByRole('grid', { name: '审计日志' });
    await grid.getByRole('row').nth(1).waitFor();
    await page.getByRole('combobox', { name: '操作' }).click();
    await page.getByTitle('登录', { exact: true }).click();
    await grid.getByRole('row').filter({ hasText: '新建用户' }).first().waitFor({ state: 'detached' });
    // Between the two lists the grid is empty, and has no row for a key to go to.
    await grid.getByRole('row').filter({ hasText: '登录' }).first().waitFor();
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('users.signIn').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '校验日志' }).click();
    await page.getByText('校验通过').waitFor();
    await page.context().close();
  });

  it.each(['reduce', 'no-preference'] as const)(
    'has the focus in a dialog before the next key, with motion: %s',
    async (reducedMotion) => {
      const page = await world.openAs('everything', { context: { reducedMotion } });
      for (const [path, button, field] of [
        ['/users', '新建用户', '用户名'],
        ['/users', '编辑 auditor', '显示名称'],
        ['/lexicons', '新建词库', '名称'],
        ['/settings', '修改密码', '当前密码'],
        ['/settings', '命令与快捷键', '输入以查找命令'],
        ['/hits', '立即筛查', '开始筛查'],
        ['/hits', '筛查记录', '关闭'],
      ] as const) {
        await go(page, path);
        expect(await focusedAfterClick(page, button), button).toBe(field);
        // Nothing that comes later takes it away.
        await page.getByRole('dialog').waitFor();
        await page.keyboard.type('x');
        if (field !== '关闭' && field !== '开始筛查')
          expect(await page.getByRole('dialog').getByLabel(field).first().inputValue(), button).toContain(
            'x',
          );
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
      }
      await page.context().close();
    },
  );

  it('gives the focus back when a dialog or a menu closes', async () => {
    const page = await world.openAs('everything');
    const opens = async (path: string, name: string | RegExp, what: 'dialog' | 'menu') => {
      await go(page, path);
      const button = page.getByRole('button', { name }).first();
      await button.focus();
      await page.keyboard.press('Enter');
      await page.getByRole(what).filter({ visible: true }).waitFor();
      await page.waitForFunction(
        (role) => document.activeElement?.closest(`[role="${role}"]`) !== null,
        what,
      );
      await page.keyboard.press('Escape');
      await page.getByRole(what).filter({ visible: true }).waitFor({ state: 'hidden' });
      await expect
        .poll(() => button.evaluate((element) => element === document.activeElement), {
          message: String(name),
        })
        .toBe(true);
    };
    await opens('/users', '新建用户', 'dialog');
    await opens('/users', '编辑 auditor', 'dialog');
    await opens('/lexicons', '新建词库', 'dialog');
    await opens('/settings', '修改密码', 'dialog');
    await opens('/settings', '命令与快捷键', 'dialog');
    await opens('/settings', /^账号/, 'menu');
    await page.context().close();
  });

  it('picks days by keyboard, in the app’s language whatever the browser’s', async () => {
    const page = await world.newPage({ context: { locale: 'de-DE' } });
    await page.evaluate(() =>
      localStorage.setItem('countersign.preferences', JSON.stringify({ language: 'zh-CN' })),
    );
    await page.reload();
    await signIn(page, 'auditor');
    await go(page, '/audit');
    const rows = page.getByRole('grid', { name: '审计日志' }).getByRole('row');
    await rows.nth(1).waitFor();
    await page.getByRole('textbox', { name: '开始日期' }).click();
    await page.locator('.ant-picker-dropdown').getByText('一', { exact: true }).first().waitFor();
    await page.keyboard.type('2001-01-01');
    await page.keyboard.press('Enter');
    // antd moves the focus on a frame later.
    await page.waitForFunction(() => document.activeElement?.getAttribute('placeholder') === '结束日期');
    await page.keyboard.type('2001-01-31');
    await page.keyboard.press('Enter');
    await page.getByText('没有符合条件的事件').waitFor();
    await page.getByRole('button', { name: '清除', exact: true }).last().click();
    await rows.nth(1).waitFor();
    expect(await page.getByRole('textbox', { name: '开始日期' }).inputValue()).toBe('');
    await page.context().close();
  });

  it('changes language and theme at once, and remembers them', async () => {
    const page = await world.openAs('reviewer', { at: '/settings' });
    await page.getByText('English', { exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await page.getByText('Dark', { exact: true }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    expect(
      await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']]),
    ).toEqual(['en-US', 'dark']);
    await page.context().close();
  });

  it('shows the administrator’s settings to others without letting them change', async () => {
    const page = await world.openAs('reviewer', { at: '/settings' });
    await page.getByLabel('名称', { exact: true }).waitFor();
    expect(await page.getByLabel('名称', { exact: true }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: '保存' }).count()).toBe(0);
    await page.context().close();
  });

  describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
    it('has no accessibility violation on any of its screens', async () => {
      const page = await world.newPage({ theme });
      await page.getByRole('heading', { name: '登录' }).waitFor();
      expect(await accessibilityProblems(page, theme), 'sign-in').toEqual([]);
      await signIn(page, 'everything');
      for (const path of ['/', '/users', '/audit', '/settings', '/nowhere']) {
        await go(page, path);
        await page.waitForFunction((hash) => window.location.hash === hash, `#${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.getByRole('status', { name: '正在加载' }).waitFor({ state: 'detached' });
        expect(await accessibilityProblems(page, theme), path).toEqual([]);
      }
      await go(page, '/users');
      await page.getByRole('button', { name: '新建用户' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await accessibilityProblems(page, theme), 'new user').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.keyboard.press('?');
      await page.getByRole('listbox').waitFor();
      expect(await accessibilityProblems(page, theme), 'commands').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.keyboard.press('Control+l');
      await page.getByRole('heading', { name: '已锁定' }).waitFor();
      expect(await accessibilityProblems(page, theme), 'lock').toEqual([]);
      await page.context().close();
    });
  });
});
