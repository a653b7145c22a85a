import { join } from 'node:path';

import { type BrowserWindow, Menu, app, ipcMain, protocol, session as sessions } from 'electron';

import { systemRandom } from '../core/platform/ids.ts';
import { createLog } from '../core/platform/log.ts';
import { startRemoteApp } from '../core/platform/remote-app.ts';
import { createDesktopSession } from './desktop-session.ts';
import { reportFailedStart, reportLostApp, watchPage } from './failures.ts';
import { connectIpc } from './ipc.ts';
import { lateApp } from './late-app.ts';
import { menuTemplate } from './menu.ts';
import { describePage } from './page.ts';
import { registerScheme, serveDevelopmentUploads, serveScheme } from './protocol.ts';
import { closeBeforeQuit } from './quit.ts';
import { guardContents, guardSession } from './security.ts';
import { textsFor } from './texts.ts';
import { askBeforeLeaving, filesOf, openWindow, showWindow } from './windows.ts';

// The Electron host: puts the parts together, and holds no logic of its own.

registerScheme(protocol);
app.enableSandbox();

// Two processes can't write one workspace: a second start shows the window of the first.
if (app.requestSingleInstanceLock()) {
  start().catch((reason: unknown) => reportFailedStart(app, textsFor(app.getLocale()), reason));
} else app.quit();

async function start(): Promise<void> {
  const files = filesOf(app.getAppPath(), app.isPackaged ? process.resourcesPath : null);
  const page = describePage(app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']);
  const session = createDesktopSession();
  let window: BrowserWindow | null = null;

  // It starts while Electron does: the window has two seconds to be usable.
  const starting = startRemoteApp(
    {
      home: process.env['COUNTERSIGN_HOME'] ?? join(app.getPath('userData'), 'workspaces'),
      resources: files.resources,
      version: app.getVersion(),
      program: 'Countersign',
    },
    () => void reportLostApp(app, textsFor(app.getLocale())),
  );
  starting.catch(async (reason: unknown) => {
    await app.whenReady();
    reportFailedStart(app, textsFor(app.getLocale()), reason);
  });
  const core = lateApp(starting);
  app.on('second-instance', () => window && showWindow(window));
  app.on('window-all-closed', () => app.quit());
  closeBeforeQuit(app, core);
  guardContents(app, page);

  await app.whenReady();
  const texts = textsFor(app.getLocale());
  guardSession(sessions.defaultSession, page);
  const served = { directory: files.renderer, app: core, session, random: systemRandom, log: createLog() };
  serveScheme(protocol, served);
  if (page.development) serveDevelopmentUploads(protocol, page, served);
  connectIpc(ipcMain, { app: core, session, page, contents: () => window?.webContents ?? null });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(texts, { development: page.development, mac: process.platform === 'darwin' }),
    ),
  );
  window = openWindow({ app, page, preload: files.preload, icon: files.icon });
  window.on('closed', () => {
    window = null;
  });
  watchPage(window, app, texts);
  askBeforeLeaving(window, texts);
  await window.loadURL(page.url);
}
