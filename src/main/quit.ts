import type { App as ElectronApp } from 'electron';

import type { App } from '../core/contract/handlers.ts';

/**
 * How long quitting waits for running jobs to stop at a safe place. They survive being cut off (they resume), so a job
 * that hangs must not keep the application from closing.
 */
const patience = 10_000;

/**
 * Quits only after the application has closed its workspace: the lock is gone, the database is whole. Windows are closed before
 * that: one whose page is kept, since something in it is not saved, still needs the application.
 */
export function closeBeforeQuit(app: ElectronApp, core: App): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void finish();
  });

  async function finish(): Promise<void> {
    await closeInTime(core);
    state = 'closed';
    app.quit();
  }
}

async function closeInTime(core: App): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, patience);
  // A core that never started or has already stopped has nothing to close.
  await Promise.race([core.close().catch(() => undefined), late]);
  clearTimeout(timer);
}
