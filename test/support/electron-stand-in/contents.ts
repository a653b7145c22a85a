import type {
  BrowserWindowConstructorOptions,
  HandlerDetails,
  WebContents,
  WebFrameMain,
  WindowOpenHandlerResponse,
} from 'electron';

import { Preventable } from './events.ts';

type FramePart = Pick<
  WebFrameMain,
  'detached' | 'frameTreeNodeId' | 'frameToken' | 'origin' | 'processId' | 'url' | 'isDestroyed'
>;

/** A frame of a page. A frame that has gone is `destroyed`. */
export class StandInFrame implements FramePart {
  readonly frameToken: string;
  readonly processId = 1;
  detached = false;
  destroyed = false;
  readonly frameTreeNodeId: number;
  origin: string;
  url: string;
  readonly parent: StandInFrame | null;

  constructor(frameTreeNodeId: number, url: string, parent: StandInFrame | null = null) {
    this.frameTreeNodeId = frameTreeNodeId;
    this.frameToken = `frame-${frameTreeNodeId}`;
    this.url = url;
    this.origin = originOf(url);
    this.parent = parent;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }
}

/** As Chromium serializes origins: a standard scheme of the app's own has one too, and about:blank has none. */
function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return host === '' ? 'null' : `${protocol}//${host}`;
}

let lastContentsId = 0;

type ContentsPart = Pick<WebContents, 'id' | 'isDestroyed' | 'reload' | 'send' | 'setWindowOpenHandler'>;

/** A page's contents: records what is sent to the page and what guards it. */
export class StandInContents extends Preventable implements ContentsPart {
  readonly id: number;
  destroyed = false;
  mainFrame = new StandInFrame(1, 'about:blank');
  reloads = 0;
  /** Something in the page is not saved: it wants to be kept (`beforeunload`). */
  holds = false;
  readonly sent: { readonly channel: string; readonly values: readonly unknown[] }[] = [];
  windowOpenHandler: ((details: HandlerDetails) => WindowOpenHandlerResponse) | null = null;

  constructor() {
    super();
    lastContentsId += 1;
    this.id = lastContentsId;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  reload(): void {
    this.reloads += 1;
  }

  send(channel: string, ...values: unknown[]): void {
    const copy = structuredClone(values);
    this.sent.push({ channel, values: copy });
    this.emit('sent', channel, copy);
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.windowOpenHandler = handler;
  }
}

type WindowPart = Pick<
  Electron.BrowserWindow,
  'focus' | 'getNormalBounds' | 'isMaximized' | 'isMinimized' | 'loadURL' | 'maximize' | 'restore' | 'show'
>;

/** A window: records its options and what is done with it. */
export class StandInWindow extends Preventable implements WindowPart {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new StandInContents();
  readonly calls: string[] = [];
  readonly loaded: string[] = [];
  visible = false;
  maximized = false;
  minimized = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.webContents.mainFrame = new StandInFrame(1, url);
    this.emit('ready-to-show');
  }

  focus(): void {
    this.calls.push('focus');
  }

  show(): void {
    this.calls.push('show');
    this.visible = true;
  }

  maximize(): void {
    this.maximized = true;
  }

  restore(): void {
    this.calls.push('restore');
    this.minimized = false;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  getNormalBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: this.options.width ?? 0, height: this.options.height ?? 0 };
  }

  /** The user closes the window. */
  close(): void {
    if (this.fire('close')) return;
    // Whoever prevents this event has the page go.
    if (this.webContents.holds && !this.webContents.fire('will-prevent-unload')) return;
    this.webContents.destroyed = true;
    this.emit('closed');
  }
}
