import { PassThrough } from 'node:stream';

import type { FastifyInstance } from 'fastify';

import type { App } from '../core/contract/handlers.ts';
import { failure } from './rpc.ts';
import type { SessionCookie } from './session.ts';

/** A comment line this often keeps the connection from looking dead to proxies, which give up after 30 s at the earliest. */
const heartbeatMilliseconds = 15_000;
/** A browser has one stream per tab; more than this is a leak or an attack. */
const mostStreams = 100;
/** A reader that lets this many bytes pile up is gone or asleep; it opens the stream again when it wakes. */
const mostWaitingBytes = 4 * 2 ** 20;
/** How soon a browser opens an ended stream again. */
const retryMilliseconds = 500;

export interface EventStreams {
  /** Ends the streams opened with this token, so that their browsers open them again with the one they have now. */
  endFor(sessionToken: string | null): void;
  endAll(): void;
}

/** `GET /api/events`: the events that the caller's user may see, as server-sent events with one JSON object each. */
export function registerEvents(
  server: FastifyInstance,
  { app, session }: { readonly app: App; readonly session: SessionCookie },
): EventStreams {
  const streams = new Map<PassThrough, string | null>();

  server.get('/api/events', async (request, reply) => {
    if (streams.size >= mostStreams) {
      return reply
        .code(503)
        .send(failure({ code: 'throttled', message: 'Too many event streams are open.', details: {} }));
    }
    const caller = session.caller(request);
    const stream = new PassThrough();
    streams.set(stream, caller.sessionToken);
    stream.write(`retry: ${retryMilliseconds}\n\n`);
    const unsubscribe = app.subscribe(caller, (event) => {
      if (stream.writableEnded || stream.destroyed) return;
      if (stream.writableLength > mostWaitingBytes) stream.end();
      else stream.write(`data: ${JSON.stringify(event)}\n\n`);
    });
    const heartbeat = setInterval(() => {
      if (!stream.writableEnded) stream.write(': still here\n\n');
    }, heartbeatMilliseconds);
    // Fastify destroys the stream when its reader goes; ended by us, it closes once all of it was sent.
    stream.once('close', () => {
      clearInterval(heartbeat);
      unsubscribe();
      streams.delete(stream);
    });
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(stream);
  });

  return {
    endFor(sessionToken) {
      for (const [stream, token] of streams) if (token === sessionToken) stream.end();
    },
    endAll() {
      for (const stream of streams.keys()) stream.end();
    },
  };
}
