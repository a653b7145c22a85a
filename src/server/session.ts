import { timingSafeEqual, createHash } from 'node:crypto';

import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Caller } from '../core/contract/handlers.ts';

// Both cookies are out of reach of scripts and of other sites, live until the browser closes, and carry the port in
// their names, since browsers share the cookies of 127.0.0.1 between all its ports. There is no `Secure`: on loopback the
// connection is plain HTTP, and Safari keeps no secure cookie there.
const cookieOptions = {
  httpOnly: true,
  sameSite: 'strict',
  path: '/',
} satisfies CookieSerializeOptions;

/** Keeps the session's token in the browser; the only place from which a caller's identity comes. */
export interface SessionCookie {
  caller(request: FastifyRequest): Caller;
  keep(reply: FastifyReply, token: string | null): void;
}

export function createSessionCookie(port: () => number): SessionCookie {
  const name = () => `countersign-session-${port()}`;
  return {
    caller: (request) => ({ host: 'http', sessionToken: request.cookies[name()] ?? null }),
    keep(reply, token) {
      if (token === null) reply.clearCookie(name(), cookieOptions);
      else reply.setCookie(name(), token, cookieOptions);
    },
  };
}

/** The one-time link that lets one browser of this computer in, and nobody else who can reach the port. */
export interface AccessGate {
  /** Whether this browser has come in by the link. Always true where there is no key. */
  admits(request: FastifyRequest): boolean;
  /** Exchanges the key for a cookie. False: the key is wrong, or was used before. */
  exchange(reply: FastifyReply, key: string): boolean;
}

function sameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

export function createAccessGate(
  accessKey: string | null,
  port: () => number,
  newSecret: () => string,
): AccessGate {
  const name = () => `countersign-access-${port()}`;
  let key = accessKey;
  const admitted = newSecret();
  return {
    admits(request) {
      if (accessKey === null) return true;
      const cookie = request.cookies[name()];
      return cookie !== undefined && sameSecret(cookie, admitted);
    },
    exchange(reply, given) {
      if (key === null || !sameSecret(given, key)) return false;
      key = null;
      reply.setCookie(name(), admitted, cookieOptions);
      return true;
    },
  };
}
