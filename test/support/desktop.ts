import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { vi } from 'vitest';

import {
  type ElectronStandIn,
  type StandInOptions,
  type StandInWindow,
  createElectronStandIn,
} from './electron-stand-in/index.ts';
import { createPreloadStandIn } from './electron-stand-in/preload.ts';

/** What the preload script gives the page. */
export interface Bridge {
  invoke(name: unknown, input: unknown): Promise<unknown>;
  subscribe(listener: (event: unknown) => void): () => void;
}

export interface Desktop {
  readonly electron: ElectronStandIn;
  readonly window: StandInWindow;
  /** The folder that the application runs from: out/renderer holds a small page. */
  readonly root: string;
  readonly userData: string;
  /** Loads the real preload script into the window. */
  loadPreload(): Promise<{ readonly bridge: Bridge; readonly exposed: ReadonlyMap<string, unknown> }>;
  /** Quits as a user does, and waits until the application has gone. */
  quit(): Promise<void>;
}

const repository = join(import.meta.dirname, '..', '..');

/** A folder like the built application's, with a page in place of the renderer. */
export async function createDesktopFolder(): Promise<{ readonly root: string; readonly userData: string }> {
  const base = await mkdtemp(join(tmpdir(), 'countersign-desktop-'));
  const root = join(base, 'app');
  const userData = join(base, 'user-data');
  await mkdir(userData);
  await cp(join(import.meta.dirname, '..', 'fixtures', 'renderer'), join(root, 'out', 'renderer'), {
    recursive: true,
  });
  await symlink(join(repository, 'resources'), join(root, 'resources'));
  await writeFile(join(base, 'secret.txt'), 'not for the page');
  return { root, userData };
}

/** Loads the real src/main/index.ts onto a stand-in for Electron. It waits for `becomeReady`. */
export async function loadMain(
  folder: { readonly root: string; readonly userData: string },
  options: Partial<StandInOptions> = {},
): Promise<ElectronStandIn> {
  const electron = createElectronStandIn({ ...folder, ...options });
  vi.resetModules();
  vi.doMock('electron', () => electron.module);
  await import('../../src/main/index.ts');
  return electron;
}

/** Starts the application and waits for its window. */
export async function startDesktop(
  folder: { readonly root: string; readonly userData: string },
  options: Partial<StandInOptions> = {},
): Promise<Desktop> {
  const electron = await loadMain(folder, options);
  electron.app.becomeReady();
  const window = await vi.waitUntil(() => electron.windows.find((entry) => entry.visible));

  return {
    electron,
    window,
    ...folder,
    async loadPreload() {
      const preload = createPreloadStandIn(electron, window);
      vi.resetModules();
      vi.doMock('electron', () => preload.module);
      await import('../../src/preload/index.ts');
      const bridge = preload.exposed.get('countersign');
      if (!isBridge(bridge)) throw new Error('The preload script exposes no bridge.');
      return { bridge, exposed: preload.exposed };
    },
    async quit() {
      const gone = new Promise((resolve) => {
        electron.app.once('exited', resolve);
      });
      electron.app.quit();
      await gone;
    },
  };
}

export async function removeDesktopFolder(folder: { readonly root: string }): Promise<void> {
  await rm(join(folder.root, '..'), { recursive: true, force: true });
}

function isBridge(value: unknown): value is Bridge {
  return typeof value === 'object' && value !== null && 'invoke' in value && 'subscribe' in value;
}
