import { EventEmitter } from 'node:events';

import type {
  App,
  BrowserWindowConstructorOptions,
  CustomScheme,
  Dialog,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NativeTheme,
  Net,
  Protocol,
} from 'electron';

import { StandInContents, type StandInFrame, StandInWindow } from './contents.ts';
import { Preventable, StandInEvent } from './events.ts';
import { StandInSession } from './session.ts';

// Electron's binary can't be had on every machine that builds this project. This stands in for the `electron` module,
// built from its own declarations, so that the real src/main/index.ts starts under plain Node. It records what it is
// told, and the test plays the user, the page and the system.

export interface StandInOptions {
  /** What `app.getAppPath` answers: the folder that holds out/ and resources/. */
  readonly root: string;
  readonly userData: string;
  readonly locale?: string;
  readonly packaged?: boolean;
  readonly dark?: boolean;
  /** False: another instance holds the lock. */
  readonly firstInstance?: boolean;
  /** Which button of a message box the user presses. */
  readonly pressedButton?: number;
}

type InvokeHandler = (event: IpcEvent, ...values: unknown[]) => unknown;
type PathName = Parameters<App['getPath']>[0];

/** An IPC event, with the sender that the test chooses. */
export interface IpcEvent {
  readonly sender: StandInContents;
  readonly senderFrame: StandInFrame | null;
}

class StandInApp extends Preventable {
  readonly #options: StandInOptions;
  readonly #ready = Promise.withResolvers<void>();
  /** What was called, in order. */
  readonly calls: string[] = [];
  readonly isPackaged: boolean;
  isReady = false;
  /** What a quit that nobody prevented does first: closes the windows. False where one stays. */
  closeWindows: () => boolean = () => true;

  constructor(options: StandInOptions) {
    super();
    this.#options = options;
    this.isPackaged = options.packaged ?? false;
  }

  becomeReady(): void {
    this.isReady = true;
    this.#ready.resolve();
  }

  async whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  enableSandbox(): void {
    if (this.isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.calls.push('enableSandbox');
  }

  requestSingleInstanceLock(): boolean {
    this.calls.push('requestSingleInstanceLock');
    return this.#options.firstInstance ?? true;
  }

  getAppPath(): string {
    return this.#options.root;
  }

  getPath(name: PathName): string {
    if (name !== 'userData') throw new Error(`The stand-in has no path for ${name}`);
    return this.#options.userData;
  }

  getLocale(): string {
    return this.isReady ? (this.#options.locale ?? 'en-US') : '';
  }

  getVersion(): string {
    return '0.0.0-test';
  }

  relaunch(): void {
    this.calls.push('relaunch');
  }

  exit(code = 0): void {
    this.calls.push(`exit ${code}`);
    this.emit('exited', code);
  }

  quit(): void {
    this.calls.push('quit');
    if (this.fire('before-quit') || !this.closeWindows() || this.fire('will-quit')) return;
    this.calls.push('quitting');
    this.emit('exited', 0);
  }
}

class StandInIpcMain extends EventEmitter {
  readonly handlers = new Map<string, InvokeHandler>();

  handle(channel: string, handler: InvokeHandler): void {
    if (this.handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  /** The page invokes: values are cloned both ways, as between processes. */
  async invoke(sender: IpcEvent, channel: string, ...values: readonly unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const answer = await handler(Object.assign(new StandInEvent(), sender), ...structuredClone(values));
    return structuredClone(answer);
  }

  /** The page sends, and waits for nothing. */
  receive(sender: IpcEvent, channel: string, ...values: readonly unknown[]): void {
    this.emit(channel, Object.assign(new StandInEvent(), sender), ...structuredClone(values));
  }
}

/** The module, and what a test sees and does with it. */
export function createElectronStandIn(options: StandInOptions) {
  const windows: StandInWindow[] = [];
  const schemes: CustomScheme[] = [];
  const served = new Map<string, (request: Request) => Response | Promise<Response>>();
  const menus: { readonly template: readonly MenuItemConstructorOptions[] }[] = [];
  const boxes: (MessageBoxOptions | { readonly title: string; readonly content: string })[] = [];
  const fetched: string[] = [];
  const defaultSession = new StandInSession();
  const app = new StandInApp(options) satisfies Pick<
    App,
    | 'enableSandbox'
    | 'exit'
    | 'getAppPath'
    | 'getLocale'
    | 'getPath'
    | 'getVersion'
    | 'isPackaged'
    | 'quit'
    | 'relaunch'
    | 'requestSingleInstanceLock'
    | 'whenReady'
  >;
  app.closeWindows = () => {
    for (const window of windows) if (!window.webContents.destroyed) window.close();
    return windows.every((window) => window.webContents.destroyed);
  };
  const ipcMain = new StandInIpcMain();

  const BrowserWindow: new (given?: BrowserWindowConstructorOptions) => StandInWindow =
    class extends StandInWindow {
      constructor(given?: BrowserWindowConstructorOptions) {
        if (!app.isReady) throw new Error('Cannot create BrowserWindow before app is ready');
        super(given);
        windows.push(this);
        app.fire('web-contents-created', this.webContents);
        app.emit('window-opened', this);
      }
    };

  const module = {
    app,
    BrowserWindow,
    ipcMain,
    Menu: {
      buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) => ({ template }),
      setApplicationMenu(menu: { readonly template: readonly MenuItemConstructorOptions[] }) {
        menus.push(menu);
      },
    },
    dialog: {
      showErrorBox(title, content) {
        boxes.push({ title, content });
      },
      async showMessageBox(...values: unknown[]) {
        const box = values.at(-1);
        if (isMessageBox(box)) boxes.push(box);
        return { response: options.pressedButton ?? 0, checkboxChecked: false };
      },
      showMessageBoxSync(...values: unknown[]) {
        const box = values.at(-1);
        if (isMessageBox(box)) boxes.push(box);
        return options.pressedButton ?? 0;
      },
    } satisfies Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showMessageBoxSync'>,
    nativeTheme: { shouldUseDarkColors: options.dark ?? false } satisfies Pick<
      NativeTheme,
      'shouldUseDarkColors'
    >,
    net: {
      async fetch(input) {
        fetched.push(input instanceof Request ? input.url : input);
        return new Response('from the network');
      },
    } satisfies Pick<Net, 'fetch'>,
    protocol: {
      registerSchemesAsPrivileged(custom) {
        if (app.isReady)
          throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
        schemes.push(...custom);
      },
      handle(scheme, handler) {
        if (!app.isReady) throw new Error('protocol.handle can only be used after app is ready');
        served.set(scheme, handler);
      },
    } satisfies Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>,
    screen: {
      getPrimaryDisplay: () => ({ workAreaSize: { width: 1920, height: 1040 } }),
    },
    session: { defaultSession },
  };

  return {
    module,
    app,
    windows,
    ipcMain,
    schemes,
    served,
    menus,
    boxes,
    fetched,
    session: defaultSession,
    /** A page of another window, as if something had managed to open one. */
    strangeContents(): StandInContents {
      const contents = new StandInContents();
      app.fire('web-contents-created', contents);
      return contents;
    },
    /** What the page gets for a URL of a scheme. */
    async request(url: string, init?: RequestInit & { readonly duplex?: 'half' }): Promise<Response> {
      const handler = served.get(url.slice(0, url.indexOf(':')));
      if (!handler) throw new Error(`Nothing serves ${url}`);
      return handler(new Request(url, init));
    },
  };
}

function isMessageBox(value: unknown): value is MessageBoxOptions {
  return typeof value === 'object' && value !== null && 'message' in value;
}

export type ElectronStandIn = ReturnType<typeof createElectronStandIn>;
export { StandInContents, StandInFrame, type StandInWindow } from './contents.ts';
