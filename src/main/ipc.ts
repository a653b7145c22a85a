import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';

import type { ErrorBody } from '../core/contract/errors.ts';
import type { App, DispatchResult } from '../core/contract/handlers.ts';
import type { DesktopSession } from './desktop-session.ts';
import type { Page } from './page.ts';

// The only way from the renderer into this process. src/preload/index.ts spells the same names (a sandboxed preload
// script imports nothing of ours).
export const channels = {
  invoke: 'countersign:invoke',
  subscribe: 'countersign:subscribe',
  event: 'countersign:event',
} as const;

/** What the renderer gets: a procedure's result without the session's token. */
type Answer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: ErrorBody };

const refusal: Answer = {
  ok: false,
  error: { code: 'forbidden', message: "This page isn't the application's window.", details: {} },
};

const badName: Answer = {
  ok: false,
  error: { code: 'bad-input', message: 'name: not a text', details: { path: 'name', problem: 'not a text' } },
};

export interface IpcOptions {
  readonly app: App;
  readonly session: DesktopSession;
  readonly page: Page;
  /** The window's contents, or null while there is none. */
  readonly contents: () => WebContents | null;
}

/** Registers both channels. The sender is checked here, once, for whatever comes in. */
export function connectIpc(ipcMain: IpcMain, options: IpcOptions): void {
  const { app, session, page, contents } = options;
  const isOurs = (event: IpcMainEvent | IpcMainInvokeEvent) => isTrusted(event, contents(), page);
  const events = createEventStream(options);

  ipcMain.handle(channels.invoke, async (event, name: unknown, input: unknown): Promise<Answer> => {
    if (!isOurs(event)) return refusal;
    if (typeof name !== 'string') return badName;
    const result = await app.dispatch(name, input, session.caller());
    if (result.session) session.keep(result.session.token);
    return withoutToken(result);
  });

  ipcMain.on(channels.subscribe, (event, wanted: unknown) => {
    if (!isOurs(event)) return;
    if (wanted === true) events.start();
    else events.stop();
  });
}

/** Whether a message comes from the main frame of our window, while that frame shows our page. */
function isTrusted(
  event: IpcMainEvent | IpcMainInvokeEvent,
  contents: WebContents | null,
  page: Page,
): boolean {
  if (contents === null || contents.isDestroyed() || event.sender !== contents) return false;
  const frame = event.senderFrame;
  // Null: the frame navigated or went away since it sent this.
  if (frame === null || frame.isDestroyed() || frame.detached) return false;
  if (frame.frameTreeNodeId !== contents.mainFrame.frameTreeNodeId) return false;
  return frame.origin === page.origin;
}

function withoutToken(result: DispatchResult): Answer {
  return result.ok ? { ok: true, output: result.output } : { ok: false, error: result.error };
}

/** Sends the events that the session's user may see, from `start` to `stop`, whoever signs in meanwhile. */
function createEventStream({ app, session, contents }: IpcOptions) {
  let end: (() => void) | null = null;

  function start(): void {
    const last = end;
    // The new subscription first, so that no event falls between the two.
    end = app.subscribe(session.caller(), (event) => {
      const receiver = contents();
      if (receiver !== null && !receiver.isDestroyed()) receiver.send(channels.event, event);
    });
    last?.();
  }

  session.onChange(() => {
    if (end !== null) start();
  });

  return {
    start,
    stop() {
      end?.();
      end = null;
    },
  };
}
