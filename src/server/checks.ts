import { hostname, networkInterfaces } from 'node:os';

import type { FastifyRequest } from 'fastify';

import type { ErrorBody } from '../core/contract/errors.ts';

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'] as const;
const everyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address);

/** The names under which this server may be addressed; computed per request only where it listens on every address. */
function ownNames(host: string): readonly string[] {
  if (!everyAddress.has(host)) return [...loopbackNames, bracketed(host)];
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return [...loopbackNames, hostname(), ...addresses.map((entry) => bracketed(entry.address))];
}

/** By the route that answers: a path can be spelled in many ways (`/%61pi/`). */
export function isApi(request: FastifyRequest): boolean {
  return (request.routeOptions.url ?? request.url).startsWith('/api/');
}

/** The error of a request that no browser would send on behalf of our own page; null: it may pass. */
export type RequestCheck = (request: FastifyRequest) => ErrorBody | null;

/**
 * - The Host header must name this server: a foreign name that was made to resolve to 127.0.0.1 (DNS rebinding) would
 *   otherwise put another site's scripts into our origin.
 * - What changes state must carry our own Origin, and browsers that say where a request comes from (Sec-Fetch-Site) must
 *   say it is us: SameSite cookies alone let other ports of 127.0.0.1 through, which are the same site.
 */
export function createRequestCheck(host: string, port: () => number): RequestCheck {
  return (request) => {
    const addressed = request.headers.host?.toLowerCase() ?? '';
    const allowed = ownNames(host).map((name) => `${name.toLowerCase()}:${port()}`);
    if (!allowed.includes(addressed)) {
      return forbidden('This server answers only under its own address.');
    }
    const api = isApi(request);
    const site = request.headers['sec-fetch-site'];
    if (api && site !== undefined && site !== 'same-origin') {
      return forbidden('The request comes from another site.');
    }
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && request.headers.origin !== `http://${addressed}`) {
      return forbidden("The request's Origin is not this server.");
    }
    return null;
  };
}

function forbidden(message: string): ErrorBody {
  return { code: 'forbidden', message, details: {} };
}
