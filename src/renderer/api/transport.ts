import type { ErrorBody } from '../../core/contract/errors.ts';
import type { AppEvent } from '../../core/contract/events.ts';

/** A procedure's answer as every host sends it. */
export type Answer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: ErrorBody };

/** What the preload script puts on the window of the Electron host. */
export interface Bridge {
  invoke(name: string, input: unknown): Promise<Answer>;
  subscribe(listener: (event: AppEvent) => void): () => void;
}

export interface Transport {
  call(name: string, input: unknown): Promise<Answer>;
  /**
   * The host's count of changes, as the latest answer told it: where it grew, something happened in between. Always 0
   * in the window, whose events come from the moment it subscribes.
   */
  changes(): number;
  /** `onOpen` runs each time the stream is up: events sent before that are lost, so the caller refetches. */
  subscribe(listener: (event: AppEvent) => void, onOpen: () => void): () => void;
}

declare global {
  interface Window {
    readonly countersign?: Bridge;
  }
}

function bridgeTransport(bridge: Bridge): Transport {
  return {
    call: (name, input) => bridge.invoke(name, input),
    changes: () => 0,
    subscribe(listener, onOpen) {
      const end = bridge.subscribe(listener);
      onOpen();
      return end;
    },
  };
}

/** First wait before a lost event stream is opened again; doubled up to the longest. */
const firstRetry = 1_000;
const longestRetry = 30_000;

/** src/server/rpc.ts sends it. */
const changesHeader = 'countersign-changes';
let newestChanges = 0;

const httpTransport: Transport = {
  async call(name, input) {
    const response = await fetch(`./api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'same-origin',
      body: JSON.stringify(input ?? {}),
    });
    // Answers overtake each other: an older one takes nothing back.
    newestChanges = Math.max(newestChanges, Number(response.headers.get(changesHeader)));
    return (await response.json()) as Answer;
  },
  changes: () => newestChanges,
  subscribe(listener, onOpen) {
    let source: EventSource | null = null;
    let timer: number | undefined;
    let wait = firstRetry;
    const open = () => {
      source = new EventSource('./api/events');
      source.addEventListener('open', () => {
        wait = firstRetry;
        onOpen();
      });
      source.addEventListener('message', (message: MessageEvent<string>) => {
        listener(JSON.parse(message.data) as AppEvent);
      });
      source.addEventListener('error', () => {
        // The browser reopens a dropped stream by itself; after an HTTP error it gives up, and this takes over.
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = window.setTimeout(open, wait);
        wait = Math.min(wait * 2, longestRetry);
      });
    };
    open();
    return () => {
      window.clearTimeout(timer);
      source?.close();
    };
  },
};

export const transport: Transport = window.countersign ? bridgeTransport(window.countersign) : httpTransport;
