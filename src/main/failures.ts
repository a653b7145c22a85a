import { type App as ElectronApp, type BrowserWindow, dialog } from 'electron';

import { AppError } from '../core/contract/errors.ts';
import type { Texts } from './texts.ts';

/** The application's thread could not start: says why, and ends. */
export function reportFailedStart(app: ElectronApp, texts: Texts, reason: unknown): void {
  // An AppError's message is written for people; others name files and code.
  const why = reason instanceof AppError ? `${reason.message}\n\n` : '';
  dialog.showErrorBox(texts.startFailed, `${why}${texts.startFailedAdvice}`);
  app.exit(1);
}

/** The application's thread is gone: without it no button works any more. */
export async function reportLostApp(app: ElectronApp, texts: Texts): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: texts.stopped,
    detail: texts.stoppedAdvice,
    buttons: [texts.restart, texts.quit],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) app.relaunch();
  app.exit(response === 0 ? 0 : 1);
}

/** The page's process is gone: a reload brings it back, with the same session. */
export function watchPage(window: BrowserWindow, app: ElectronApp, texts: Texts): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: texts.pageStopped,
        detail: texts.pageStoppedAdvice,
        buttons: [texts.reload, texts.quit],
        defaultId: 0,
        cancelId: 1,
        noLink: true,
      })
      .then(({ response }) => (response === 0 ? window.webContents.reload() : app.quit()));
  });
}
