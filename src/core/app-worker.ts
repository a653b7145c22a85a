import { parentPort, workerData } from 'node:worker_threads';

import { createApp } from './app.ts';
import { toErrorBody } from './dispatch.ts';
import { createLog } from './platform/log.ts';
import type { RemoteAppOptions, RemoteReply, RemoteRequest } from './platform/remote-app.ts';

// The worker's side of platform/remote-app.ts.

const log = createLog();

function send(reply: RemoteReply): void {
  parentPort?.postMessage(reply);
}

async function serve(options: RemoteAppOptions): Promise<void> {
  const app = await createApp({ ...options, log });
  const subscriptions = new Map<number, () => void>();

  async function answer(request: RemoteRequest): Promise<void> {
    switch (request.type) {
      case 'dispatch':
        send({
          id: request.id,
          type: 'result',
          result: await app.dispatch(request.name, request.input, request.caller),
        });
        break;
      case 'subscribe':
        subscriptions.set(
          request.id,
          app.subscribe(request.caller, (event) => send({ id: request.id, type: 'event', event })),
        );
        break;
      case 'unsubscribe':
        subscriptions.get(request.id)?.();
        subscriptions.delete(request.id);
        break;
      case 'prepareUpload':
        send({ id: request.id, type: 'result', result: await app.prepareUpload(request.caller) });
        break;
      case 'close':
        await app.close();
        send({ id: request.id, type: 'result', result: null });
        break;
    }
  }

  parentPort?.on('message', (request: RemoteRequest) => {
    answer(request).catch((error: unknown) =>
      send({ id: request.id, type: 'refused', error: toErrorBody(error, request.type, log) }),
    );
  });
  send({ type: 'ready' });
}

serve(workerData as RemoteAppOptions).catch((error: unknown) =>
  send({ type: 'failed', error: toErrorBody(error, 'start', log) }),
);
