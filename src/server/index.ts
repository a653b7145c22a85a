import type { AddressInfo } from 'node:net';

import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';

import type { App } from '../core/contract/handlers.ts';
import { toErrorBody } from '../core/dispatch.ts';
import { inertPolicy } from '../core/platform/content-security-policy.ts';
import { type RandomBytes, systemRandom } from '../core/platform/ids.ts';
import { type Log, createLog } from '../core/platform/log.ts';
import { createRequestCheck, isApi } from './checks.ts';
import { registerEvents } from './events.ts';
import { runServer } from './run.ts';
import { failure, registerRpc, statusOf } from './rpc.ts';
import { createAccessGate, createSessionCookie } from './session.ts';
import { registerStatic, sendAdmittance, sendRefusal } from './static.ts';
import { registerUploads } from './uploads.ts';

export interface ServerOptions {
  readonly app: App;
  /** The built renderer: index.html and its assets. */
  readonly rendererDirectory: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string;
  /** Lets in only the browser that opens the link with this key; null lets in everyone who reaches the port. */
  readonly accessKey: string | null;
  /** Password attempts a minute from one address: a person needs a handful, a guesser thousands. */
  readonly passwordsPerMinute?: number;
  /** How long a client may take over its request's headers, and over a JSON body: both are small. */
  readonly receiveTimeout?: number;
  readonly random?: RandomBytes;
  readonly log?: Log;
}

export interface RunningServer {
  /** The address, ending in a slash. */
  readonly url: string;
  /** The address to open: with the access key where there is one. Works once. */
  readonly link: string;
  close(): Promise<void>;
}

/** An upload of 64 GiB over a slow disk takes this long at most; Node breaks off whatever is slower. */
const longestRequest = 6 * 3_600_000;
/** How long a closing server waits for running requests. */
const closePatience = 5_000;

/** Serves the application and its screens over HTTP until it is closed. The app stays the caller's to close. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const host = options.host ?? '127.0.0.1';
  const random = options.random ?? systemRandom;
  const log = options.log ?? createLog();
  const receiveTimeout = options.receiveTimeout ?? 15_000;

  const server = fastify({
    requestTimeout: longestRequest,
    http: {
      headersTimeout: receiveTimeout,
      connectionsCheckingInterval: Math.min(receiveTimeout, 5_000),
      maxHeaderSize: 16_384,
    },
    // The reply to a request that can't be parsed must not echo it.
    clientErrorHandler: (_error, socket) => {
      if (socket.writable)
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      else socket.destroy();
    },
  });
  const port = () => (server.server.address() as AddressInfo | null)?.port ?? options.port; // a TCP server's address is never a pipe's name

  const session = createSessionCookie(port);
  const gate = createAccessGate(options.accessKey, port, () => Buffer.from(random(32)).toString('base64url'));

  await registerProtection(server, { gate, check: createRequestCheck(host, port), receiveTimeout });
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const body = toPublicError(error, log);
    return reply.code(body.status).send(failure(body.error));
  });
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(failure({ code: 'not-found', message: 'There is nothing here.', details: {} })),
  );
  const events = registerEvents(server, { app: options.app, session });
  registerRpc(server, {
    app: options.app,
    session,
    passwordsPerMinute: options.passwordsPerMinute ?? 30,
    onSessionChange: (previous) => events.endFor(previous),
  });
  registerUploads(server, { app: options.app, session, log });
  await registerStatic(server, { rendererDirectory: options.rendererDirectory, random });
  await server.listen({ host, port: options.port });

  const named = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  const url = `http://${named}:${port()}/`;
  return {
    url,
    link: options.accessKey === null ? url : `${url}?key=${encodeURIComponent(options.accessKey)}`,
    async close() {
      events.endAll();
      const impatient = setTimeout(() => server.server.closeAllConnections(), closePatience);
      try {
        await server.close();
      } finally {
        clearTimeout(impatient);
      }
    },
  };
}

/** Everything that must hold before a request reaches a route. */
async function registerProtection(
  server: FastifyInstance,
  options: {
    readonly gate: ReturnType<typeof createAccessGate>;
    readonly check: ReturnType<typeof createRequestCheck>;
    readonly receiveTimeout: number;
  },
): Promise<void> {
  await server.register(fastifyHelmet, {
    // static.ts sends the page's own policy with a nonce.
    contentSecurityPolicy: false,
    // Loopback speaks plain HTTP; a browser that remembered otherwise would never find us again.
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  await server.register(fastifyCookie);
  await server.register(fastifyRateLimit, { global: false });

  // A cross-site form can send text/plain without asking; JSON it can't.
  server.removeContentTypeParser('text/plain');

  server.addHook('onRequest', async (request, reply) => {
    void reply
      .header('content-security-policy', inertPolicy)
      .header('permissions-policy', 'camera=(), display-capture=(), geolocation=(), microphone=(), usb=()');
    const refused = options.check(request);
    if (refused !== null) return reply.code(403).send(failure(refused));
    const api = isApi(request);
    if (api) void reply.header('cache-control', 'no-store');
    if (!options.gate.admits(request)) {
      const key = request.routeOptions.url === '/' ? keyOf(request.query) : null;
      if (key !== null && options.gate.exchange(reply, key)) return sendAdmittance(reply);
      if (!api) return sendRefusal(reply);
      const message = 'Open the link that is printed in the terminal.';
      return reply.code(403).send(failure({ code: 'forbidden', message, details: {} }));
    }
    if (request.method === 'POST' && request.headers['content-type'] === undefined) {
      const message = 'The request must say its content-type.';
      return reply.code(415).send(failure({ code: 'bad-input', message, details: {} }));
    }
    return undefined;
  });

  // A body that trickles in holds a connection as headers would; uploads.ts watches its own.
  server.addHook('preParsing', async (request, reply, payload) => {
    if (request.method !== 'POST' || request.routeOptions.url !== '/api/:name') return payload;
    const timer = setTimeout(() => {
      if (!reply.sent) request.raw.destroy();
    }, options.receiveTimeout);
    payload.once('close', () => clearTimeout(timer));
    payload.once('end', () => clearTimeout(timer));
    return payload;
  });
}

/** The link's key; a parameter given twice is a list, and no key. */
function keyOf(query: unknown): string | null {
  if (typeof query !== 'object' || query === null || !('key' in query)) return null;
  return typeof query.key === 'string' ? query.key : null;
}

/** What a client may know of an error that no procedure answered: Fastify's own, or the upload's. */
function toPublicError(
  error: FastifyError,
  log: Log,
): { readonly status: number; readonly error: ReturnType<typeof toErrorBody> } {
  if (error.code?.startsWith('FST_') || (error.statusCode !== undefined && error.statusCode < 500)) {
    const status = error.statusCode ?? 400;
    const message =
      status === 413
        ? 'The request is too large.'
        : status === 415
          ? 'The content-type is not one that this address takes.'
          : 'The request could not be read.';
    return { status, error: { code: 'bad-input', message, details: {} } };
  }
  const body = toErrorBody(error, 'http', log);
  return { status: statusOf(body), error: body };
}

if (import.meta.main) await runServer(startServer);
