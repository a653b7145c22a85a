import { type IpcRendererEvent, contextBridge, ipcRenderer } from 'electron';

// The renderer's whole view of the host: two functions. What they carry is data; Electron's own objects stay here.
// The names of the channels are those of src/main/ipc.ts: a sandboxed preload script imports types only.
const bridge = {
  /** Asks for a procedure of the contract. */
  invoke(name: unknown, input: unknown): Promise<unknown> {
    return ipcRenderer.invoke('countersign:invoke', name, input);
  },
  /** Delivers the host's events until the returned function is called. */
  subscribe(listener: (event: unknown) => void): () => void {
    const deliver = (_event: IpcRendererEvent, event: unknown) => listener(event);
    ipcRenderer.on('countersign:event', deliver);
    ipcRenderer.send('countersign:subscribe', true);
    return () => {
      ipcRenderer.off('countersign:event', deliver);
      if (ipcRenderer.listenerCount('countersign:event') === 0) {
        ipcRenderer.send('countersign:subscribe', false);
      }
    };
  },
};

contextBridge.exposeInMainWorld('countersign', bridge);
