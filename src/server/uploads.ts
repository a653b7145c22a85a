import type { Readable } from 'node:stream';

import type { FastifyInstance } from 'fastify';

import { AppError } from '../core/contract/errors.ts';
import type { App } from '../core/contract/handlers.ts';
import type { Log } from '../core/platform/log.ts';
import { receiveUpload } from '../core/platform/uploads.ts';
import type { SessionCookie } from './session.ts';

/** An upload that sends nothing for this long has lost its sender. */
const stalledMilliseconds = 60_000;

/** Passes the body on, and breaks off when its sender stalls. Leaves the socket open, so that an error can be answered. */
async function* watched(body: Readable): AsyncGenerator<Uint8Array> {
  const stall = () => {
    body.destroy(new AppError('file-truncated', 'The upload stopped before the file was complete.'));
  };
  let timer = setTimeout(stall, stalledMilliseconds);
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      clearTimeout(timer);
      yield chunk;
      timer = setTimeout(stall, stalledMilliseconds);
    }
  } finally {
    clearTimeout(timer);
  }
}

/**
 * `POST /api/blobs` streams a file into the blob store: its bytes never lie in memory, and an upload that breaks off
 * leaves nothing behind. Procedures then name the file by the id that comes back.
 */
export function registerUploads(
  server: FastifyInstance,
  { app, session, log }: { readonly app: App; readonly session: SessionCookie; readonly log: Log },
): void {
  // In a scope of its own: only this route takes a body that isn't JSON.
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
    const running = new Set<Promise<unknown>>();
    // A broken-off upload has no connection left to wait for, but still a temporary file to remove.
    scope.addHook('onClose', () => Promise.allSettled(running).then(() => undefined));
    scope.post('/api/blobs', async (request, reply) => {
      const receiving = receiveUpload(app, session.caller(request), watched(request.raw), log);
      running.add(receiving);
      const { status, answer } = await receiving.finally(() => running.delete(receiving));
      return reply.code(status).send(answer);
    });
  });
}
