import { Worker } from 'node:worker_threads';

import type { AppEvent } from '../contract/events.ts';
import { AppError, type ErrorBody } from '../contract/errors.ts';
import type { App, Caller, DispatchResult } from '../contract/handlers.ts';
import type { AppOptions } from '../app.ts';
import { workerUrl } from './worker-url.ts';

// The application in a worker thread, so that no query, however slow, holds up the window's or the server's thread
// (docs/decisions/0003-application-in-a-worker.md). One message there, one back; events as they come.

export type RemoteRequest =
  | {
      readonly id: number;
      readonly type: 'dispatch';
      readonly name: string;
      readonly input: unknown;
      readonly caller: Caller;
    }
  | { readonly id: number; readonly type: 'subscribe'; readonly caller: Caller }
  | { readonly id: number; readonly type: 'unsubscribe' }
  | { readonly id: number; readonly type: 'prepareUpload'; readonly caller: Caller }
  | { readonly id: number; readonly type: 'close' };

export type RemoteReply =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly error: ErrorBody }
  | { readonly id: number; readonly type: 'result'; readonly result: unknown }
  | { readonly id: number; readonly type: 'refused'; readonly error: ErrorBody }
  | { readonly id: number; readonly type: 'event'; readonly event: AppEvent };

export type RemoteAppOptions = Pick<
  AppOptions,
  'home' | 'workspace' | 'resources' | 'version' | 'program' | 'passwordCost'
>;

/**
 * Starts the worker and answers when its workspace is open. Rejects with the AppError that opening it met. `onLost`
 * is called when the worker stops later on, other than by `close`.
 */
export async function startRemoteApp(
  options: RemoteAppOptions,
  onLost: (reason: unknown) => void = () => undefined,
): Promise<App> {
  const worker = new Worker(workerUrl('app-worker'), { workerData: options });
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: unknown): void }>();
  const subscribers = new Map<number, (event: AppEvent) => void>();
  let lastId = 0;
  let ready = false;
  let closing = false;
  let stopped: AppError | null = null;
  let crash: unknown = null;

  function ask<Result>(request: (id: number) => RemoteRequest): Promise<Result> {
    lastId += 1;
    const id = lastId;
    return new Promise<Result>((resolve, reject) => {
      if (stopped !== null) {
        reject(stopped);
        return;
      }
      worker.postMessage(request(id));
      // The worker's reply is typed by its own side of this file's protocol.
      waiting.set(id, { resolve, reject });
    });
  }

  await new Promise<void>((resolve, reject) => {
    worker.on('message', (reply: RemoteReply) => {
      switch (reply.type) {
        case 'ready':
          ready = true;
          resolve();
          break;
        case 'failed':
          reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
          break;
        case 'result':
          waiting.get(reply.id)?.resolve(reply.result);
          waiting.delete(reply.id);
          break;
        case 'refused':
          waiting
            .get(reply.id)
            ?.reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
          waiting.delete(reply.id);
          break;
        case 'event':
          subscribers.get(reply.id)?.(reply.event);
          break;
      }
    });
    worker.on('error', (error) => {
      crash = error;
      reject(error);
    });
    worker.on('exit', () => {
      const gone = new AppError(
        'internal',
        'The application stopped. Start it again; what was saved is safe.',
      );
      for (const entry of waiting.values()) entry.reject(gone);
      waiting.clear();
      reject(gone);
      stopped = gone;
      if (ready && !closing) onLost(crash ?? gone);
    });
  });

  return {
    async dispatch(name, input, caller) {
      try {
        return await ask<DispatchResult>((id) => ({ id, type: 'dispatch', name, input, caller }));
      } catch (error) {
        // The worker stopped, or the input can't be cloned to it.
        const body: ErrorBody =
          error instanceof AppError
            ? error.toBody()
            : { code: 'bad-input', message: 'The input can hold data only.', details: {} };
        return { ok: false, error: body };
      }
    },
    subscribe(caller, listener) {
      lastId += 1;
      const id = lastId;
      subscribers.set(id, listener);
      worker.postMessage({ id, type: 'subscribe', caller } satisfies RemoteRequest);
      return () => {
        subscribers.delete(id);
        worker.postMessage({ id, type: 'unsubscribe' } satisfies RemoteRequest);
      };
    },
    prepareUpload: (caller) => ask((id) => ({ id, type: 'prepareUpload', caller })),
    async close() {
      closing = true;
      if (stopped !== null) return;
      try {
        await ask((id) => ({ id, type: 'close' }));
      } catch (error) {
        // A worker that is gone is closed; one that could not close must not live on.
        if (stopped === null) throw error;
      } finally {
        await worker.terminate();
      }
    },
  };
}
