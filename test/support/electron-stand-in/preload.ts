import { EventEmitter } from 'node:events';

import type { ContextBridge, IpcRenderer } from 'electron';

import type { StandInWindow } from './contents.ts';
import type { ElectronStandIn } from './index.ts';

/** What `electron` is to a sandboxed preload script: its messages reach the stand-in's main process. */
export function createPreloadStandIn(electron: ElectronStandIn, window: StandInWindow) {
  const { webContents } = window;
  const sender = () => ({ sender: webContents, senderFrame: webContents.mainFrame });
  const exposed = new Map<string, unknown>();

  class StandInIpcRenderer extends EventEmitter {
    async invoke(channel: string, ...values: unknown[]): Promise<unknown> {
      return electron.ipcMain.invoke(sender(), channel, ...values);
    }

    send(channel: string, ...values: unknown[]): void {
      electron.ipcMain.receive(sender(), channel, ...values);
    }
  }
  const ipcRenderer = new StandInIpcRenderer() satisfies Pick<IpcRenderer, 'invoke' | 'send'>;
  webContents.on('sent', (channel: string, values: readonly unknown[]) => {
    ipcRenderer.emit(channel, { sender: ipcRenderer }, ...values);
  });

  const module = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld(name, api) {
        exposed.set(name, api);
      },
    } satisfies Pick<ContextBridge, 'exposeInMainWorld'>,
  };
  return { module, exposed, ipcRenderer };
}
