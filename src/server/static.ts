import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { contentSecurityPolicy, createNonce, withNonce } from '../core/platform/content-security-policy.ts';
import type { RandomBytes } from '../core/platform/ids.ts';

/** Vite names these files by their content's hash, so a changed file has another name. */
const hashedFolder = /[\\/]assets[\\/]/;

const refusal = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Countersign 会签台</title></head>
  <body>
    <h1>Countersign 会签台</h1>
    <p>Open the link that is printed in the terminal. It works once, in one browser; for a new link, start Countersign again.</p>
    <p lang="zh-CN">请使用终端中打印的链接打开。链接只能使用一次，只对一个浏览器有效；需要新链接时，请重新启动 Countersign。</p>
  </body>
</html>
`;

/**
 * Leads on to the app, and takes the key out of the address bar. No HTTP redirect: a browser that followed the link from
 * another program's page would not send the strict cookie along with it, but does so from this page of our own.
 */
const admittance = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><title>Countersign 会签台</title></head>
  <body><a href="/">Countersign 会签台</a></body>
</html>
`;

/** The answer to the link, once its cookie is set. */
export function sendAdmittance(reply: FastifyReply): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('content-type', 'text/html; charset=utf-8')
    .send(admittance);
}

/** The page for a browser that did not come in by the link. */
export function sendRefusal(reply: FastifyReply): FastifyReply {
  return reply
    .code(403)
    .header('cache-control', 'no-store')
    .header('content-type', 'text/html; charset=utf-8')
    .send(refusal);
}

/**
 * Serves the built renderer. Each file found at the start has its own route, so no request can name any other:
 * containment by construction. The page itself is sent with a fresh nonce in its policy.
 */
export async function registerStatic(
  server: FastifyInstance,
  options: {
    readonly rendererDirectory: string;
    readonly random: RandomBytes;
  },
): Promise<void> {
  const page = await readFile(join(options.rendererDirectory, 'index.html'), 'utf8');

  await server.register(fastifyStatic, {
    root: options.rendererDirectory,
    wildcard: false,
    index: false,
    globIgnore: ['index.html'],
    dotfiles: 'ignore',
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply, path) {
      const value = hashedFolder.test(path) ? 'private, max-age=31536000, immutable' : 'no-cache';
      void reply.header('cache-control', value);
    },
  });

  async function sendPage(_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const nonce = createNonce(options.random);
    return reply
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .header('cache-control', 'no-store')
      .header('content-type', 'text/html; charset=utf-8')
      .send(withNonce(page, nonce));
  }

  server.get('/index.html', sendPage);
  server.get<{ Querystring: { key?: unknown } }>('/', async (request, reply) =>
    // A browser that is in already opened its link again.
    request.query.key === undefined ? sendPage(request, reply) : sendAdmittance(reply),
  );
}
