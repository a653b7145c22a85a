import { join } from 'node:path';

import { type App as ElectronApp, BrowserWindow, dialog, nativeTheme, screen } from 'electron';

import type { Page } from './page.ts';
import type { Texts } from './texts.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

/** antd's layout colours (`colorBgLayout`), so that the window doesn't flash before the page's first paint. */
const background = { light: '#f5f5f5', dark: '#000000' } as const;

export interface WindowOptions {
  readonly app: ElectronApp;
  readonly page: Page;
  readonly preload: string;
  readonly icon: string;
}

/** Opens the window; it shows when the page has painted. */
export function openWindow({ app, page, preload, icon }: WindowOptions): BrowserWindow {
  const stateDirectory = app.getPath('userData');
  const { width, height, maximized } = readWindowState(
    stateDirectory,
    screen.getPrimaryDisplay().workAreaSize,
  );
  const window = new BrowserWindow({
    width,
    height,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Countersign 会签台',
    icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      spellcheck: false,
      // A file dropped beside the drop area must not replace the page.
      navigateOnDragDrop: false,
      safeDialogs: true,
      devTools: page.development,
    },
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    const size = window.getNormalBounds();
    writeWindowState(stateDirectory, {
      width: size.width,
      height: size.height,
      maximized: window.isMaximized(),
    });
  });
  return window;
}

/**
 * Asks where a page wants to be kept, because something in it is not saved: Electron itself would keep it without a word. Waits for
 * the answer, which the event needs at once.
 */
export function askBeforeLeaving(window: BrowserWindow, texts: Texts): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const pressed = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: texts.unsaved,
      detail: texts.unsavedAdvice,
      buttons: [texts.stay, texts.leave],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    // Prevented is the keeping of the page.
    if (pressed === 1) event.preventDefault();
  });
}

/** Brings the window to the front, for a second start of the application. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** What the application finds beside its code: `root` is the repository, or the packed archive. */
export function filesOf(root: string, resourcesPath: string | null) {
  const resources = resourcesPath === null ? join(root, 'resources') : join(resourcesPath, 'resources');
  return {
    renderer: join(root, 'out', 'renderer'),
    preload: join(root, 'out', 'preload', 'index.cjs'),
    resources,
    icon: join(resources, 'icons', 'icon.png'),
  };
}
