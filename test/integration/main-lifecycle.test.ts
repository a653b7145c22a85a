import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import {
  type Desktop,
  createDesktopFolder,
  loadMain,
  removeDesktopFolder,
  startDesktop,
} from '../support/desktop.ts';

// Starting, coming back, going wrong and ending of the real main process.

let folder: Awaited<ReturnType<typeof createDesktopFolder>>;

beforeEach(async () => {
  folder = await createDesktopFolder();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await removeDesktopFolder(folder);
});

const admin = { userName: 'zhou.min', displayName: '周敏', password: 'a long enough passphrase 1' };

async function status(desktop: Desktop): Promise<unknown> {
  const { bridge } = await desktop.loadPreload();
  return bridge.invoke('workspaces.status', {});
}

test('the window shows once its page has painted, in the system theme’s colour', async () => {
  const light = await startDesktop(folder);
  expect(light.window.options).toMatchObject({ show: false, backgroundColor: '#f5f5f5' });
  await light.quit();
  const dark = await startDesktop(folder, { dark: true });
  expect(dark.window.options.backgroundColor).toBe('#000000');
  await dark.quit();
});

test('the window comes back in the size it had, and fits the screen', async () => {
  const first = await startDesktop(folder);
  expect(first.window.options).toMatchObject({ width: 1440, height: 900 });
  first.window.getNormalBounds = () => ({ x: 0, y: 0, width: 1111, height: 777 });
  first.window.maximized = true;
  await first.quit();

  const second = await startDesktop(folder);
  expect(second.window.options).toMatchObject({ width: 1111, height: 777 });
  expect(second.window.maximized).toBe(true);
  await second.quit();

  await writeFile(
    join(folder.userData, 'window-state.json'),
    '{"width":9000,"height":9000,"maximized":false}',
  );
  const third = await startDesktop(folder);
  expect(third.window.options).toMatchObject({ width: 1920, height: 1040 });
  await third.quit();

  await writeFile(join(folder.userData, 'window-state.json'), '{"width":"wide"}');
  const fourth = await startDesktop(folder);
  expect(fourth.window.options).toMatchObject({ width: 1440, height: 900 });
  await fourth.quit();
  expect(JSON.parse(await readFile(join(folder.userData, 'window-state.json'), 'utf8'))).toMatchObject({
    width: 1440,
  });
});

test('a second start shows the window of the first and opens none', async () => {
  const first = await startDesktop(folder);
  const second = await loadMain(folder, { firstInstance: false });
  second.app.becomeReady();
  expect(second.app.calls).toEqual(['enableSandbox', 'requestSingleInstanceLock', 'quit', 'quitting']);
  expect(second.windows).toEqual([]);

  first.window.minimized = true;
  first.electron.app.fire('second-instance', [], '/', null);
  expect(first.window.calls.slice(-3)).toEqual(['restore', 'show', 'focus']);
  await first.quit();
});

test('quitting closes the workspace first, so that the next start opens it again', async () => {
  const first = await startDesktop(folder);
  const { bridge } = await first.loadPreload();
  expect(await bridge.invoke('workspaces.create', { title: 'A', admin })).toMatchObject({ ok: true });
  await first.quit();
  // The first quit was held up, and made again when the workspace was closed.
  expect(first.electron.app.calls.filter((call) => call.startsWith('quit')).slice(0, 3)).toEqual([
    'quit',
    'quit',
    'quitting',
  ]);

  const second = await startDesktop(folder);
  expect(await status(second)).toMatchObject({ ok: true, output: { open: { title: 'A' } } });
  await second.quit();
});

test('a page that has something unsaved is asked about, and kept with the workspace open', async () => {
  const desktop = await startDesktop(folder);
  const { bridge } = await desktop.loadPreload();
  expect(await bridge.invoke('workspaces.create', { title: 'A', admin })).toMatchObject({ ok: true });
  desktop.window.webContents.holds = true;
  desktop.electron.app.quit();
  desktop.window.close();
  const asked = {
    message: 'There are changes that are not saved',
    buttons: ['Stay', 'Leave without saving'],
  };
  expect(desktop.electron.boxes).toMatchObject([asked, asked]);
  expect(desktop.window.webContents.destroyed).toBe(false);
  expect(await status(desktop)).toMatchObject({ ok: true, output: { open: { title: 'A' } } });
  desktop.window.webContents.holds = false;
  await desktop.quit();

  const left = await startDesktop(folder, { pressedButton: 1, locale: 'zh-CN' });
  left.window.webContents.holds = true;
  await left.quit();
  expect(left.electron.boxes).toMatchObject([
    { message: '有未保存的修改', buttons: ['留下', '不保存并离开'] },
  ]);
  expect(left.window.webContents.destroyed).toBe(true);
});

test('closing the window ends the application', async () => {
  const desktop = await startDesktop(folder);
  const gone = new Promise((resolve) => {
    desktop.electron.app.once('exited', resolve);
  });
  desktop.window.close();
  desktop.electron.app.emit('window-all-closed');
  await gone;
  expect(desktop.electron.app.calls.at(-1)).toBe('quitting');
});

test('COUNTERSIGN_HOME says where workspaces lie', async () => {
  const home = join(folder.userData, 'elsewhere');
  vi.stubEnv('COUNTERSIGN_HOME', home);
  const desktop = await startDesktop(folder);
  const { bridge } = await desktop.loadPreload();
  expect(await bridge.invoke('workspaces.create', { title: 'B', admin })).toMatchObject({ ok: true });
  await desktop.quit();
  expect(JSON.parse(await readFile(join(home, 'b', 'workspace.json'), 'utf8'))).toMatchObject({ title: 'B' });
});

test('when the application’s thread dies, the user is told what to do', async () => {
  const started = new Promise<Worker>((resolve) => {
    process.once('worker', resolve);
  });
  const desktop = await startDesktop(folder, { locale: 'zh-CN' });
  const { bridge } = await desktop.loadPreload();
  expect(await bridge.invoke('workspaces.status', {})).toMatchObject({ ok: true });
  const gone = new Promise((resolve) => {
    desktop.electron.app.once('exited', resolve);
  });
  await (await started).terminate();
  await gone;
  expect(desktop.electron.boxes).toMatchObject([
    { message: '会签台已停止工作', buttons: ['重新启动', '退出会签台'] },
  ]);
  expect(desktop.electron.app.calls.slice(-2)).toEqual(['relaunch', 'exit 0']);
  // What is asked of the dead thread is answered, and doesn't hang.
  expect(await bridge.invoke('workspaces.status', {})).toMatchObject({
    ok: false,
    error: { code: 'internal' },
  });
});

test('when the application can’t start, it says so and ends', async () => {
  process.once('worker', (worker: Worker) => void worker.terminate());
  const electron = await loadMain(folder);
  const gone = new Promise((resolve) => {
    electron.app.once('exited', resolve);
  });
  electron.app.becomeReady();
  expect(await gone).toBe(1);
  expect(electron.boxes).toMatchObject([{ title: 'Countersign could not start' }]);
});

test('when the page’s process dies, the user can reload it', async () => {
  const desktop = await startDesktop(folder);
  const { webContents } = desktop.window;
  webContents.fire('render-process-gone', { reason: 'clean-exit', exitCode: 0 });
  expect(desktop.electron.boxes).toEqual([]);
  webContents.fire('render-process-gone', { reason: 'crashed', exitCode: 5 });
  await vi.waitUntil(() => webContents.reloads === 1);
  expect(desktop.electron.boxes).toMatchObject([{ message: 'The window stopped working' }]);
  await desktop.quit();
});

test.each([
  ['zh-CN', '编辑', '复制'],
  ['en-GB', 'Edit', 'Copy'],
])('the menu speaks %s, edits, and offers no developer tools', async (locale, edit, copy) => {
  const desktop = await startDesktop(folder, { locale });
  const [menu] = desktop.electron.menus;
  const items = menu?.template.flatMap((top) => (Array.isArray(top.submenu) ? top.submenu : [])) ?? [];
  expect(menu?.template.map((top) => top.label)).toContain(edit);
  expect(items.find((item) => item.role === 'copy')?.label).toBe(copy);
  const roles = items.map((item) => item.role);
  expect(roles).toEqual(
    expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'quit']),
  );
  expect(roles).not.toContain('toggleDevTools');
  expect(roles).not.toContain('reload');
  await desktop.quit();
});

test('in development the page comes from the development server, which is trusted in place of our scheme', async () => {
  vi.stubEnv('ELECTRON_RENDERER_URL', 'http://localhost:5173');
  const desktop = await startDesktop(folder);
  expect(desktop.window.loaded).toEqual(['http://localhost:5173']);
  expect(desktop.window.options.webPreferences?.devTools).toBe(true);
  expect(await status(desktop)).toMatchObject({ ok: true });
  const { session } = desktop.electron;
  expect(await session.loads('http://localhost:5173/main.tsx')).toBe(true);
  expect(await session.loads('ws://localhost:5173/')).toBe(true);
  expect(await session.loads('https://example.com/')).toBe(false);
  const upload = await desktop.electron.request('http://localhost:5173/api/blobs', {
    method: 'POST',
    body: 'x',
  });
  expect(upload.status).toBe(409);
  await desktop.electron.request('http://localhost:5173/main.tsx');
  expect(desktop.electron.fetched).toEqual(['http://localhost:5173/main.tsx']);
  await desktop.quit();
});

test('a packed application takes no page from the environment', async () => {
  vi.stubEnv('ELECTRON_RENDERER_URL', 'http://localhost:5173');
  Reflect.set(process, 'resourcesPath', folder.root);
  const desktop = await startDesktop(folder, { packaged: true });
  expect(desktop.window.loaded).toEqual(['app://countersign/']);
  expect(desktop.window.options.webPreferences?.devTools).toBe(false);
  await desktop.quit();
  Reflect.deleteProperty(process, 'resourcesPath');
});
