import type { Caller } from '../core/contract/handlers.ts';

/**
 * The session of the window's user. The token stays in this process: the renderer asks, and never learns it. There is
 * one window (a second start shows the first one), so there is one session.
 */
export interface DesktopSession {
  caller(): Caller;
  /** Keeps what a procedure's answer says to keep from now on; null: forget it. */
  keep(token: string | null): void;
  /** Calls the listener after each change of the token. */
  onChange(listener: () => void): void;
}

export function createDesktopSession(): DesktopSession {
  let sessionToken: string | null = null;
  const listeners: (() => void)[] = [];
  return {
    caller: () => ({ host: 'desktop', sessionToken }),
    keep(token) {
      if (token === sessionToken) return;
      sessionToken = token;
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
}
