import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { type Protocol, net } from 'electron';

import type { App } from '../core/contract/handlers.ts';
import {
  commonSecurityHeaders,
  contentSecurityPolicy,
  createNonce,
  inertPolicy,
  withNonce,
} from '../core/platform/content-security-policy.ts';
import type { RandomBytes } from '../core/platform/ids.ts';
import type { Log } from '../core/platform/log.ts';
import { receiveUpload } from '../core/platform/uploads.ts';
import type { DesktopSession } from './desktop-session.ts';
import { type Page, describePage, scheme } from './page.ts';
import { contentTypeOf, resolveStaticFile } from './static-files.ts';

/** Makes `app://` an origin like `https://`: with storage, fetch and streams. Only before the app is ready. */
export function registerScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        codeCache: true,
        corsEnabled: false,
        bypassCSP: false,
        allowServiceWorkers: false,
        allowExtensions: false,
      },
    },
  ]);
}

const uploadPath = '/api/blobs';

export interface ProtocolOptions {
  /** The built renderer. */
  readonly directory: string;
  readonly app: App;
  readonly session: DesktopSession;
  readonly random: RandomBytes;
  readonly log: Log;
}

/** Answers `app://countersign/…`: the renderer's files, and `POST /api/blobs`. Everything else is not found. */
export function serveScheme(protocol: Protocol, options: ProtocolOptions): void {
  const page = describePage(undefined);
  protocol.handle(scheme, async (request) => {
    if (!page.owns(request.url)) return plain(404);
    const { pathname } = new URL(request.url);
    if (pathname === uploadPath) return takeUpload(request, page.origin, options);
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405);
    return sendFile(pathname, request.method === 'HEAD', options);
  });
}

/** In development the page comes from a server that knows nothing of uploads: they are taken in here all the same. */
export function serveDevelopmentUploads(protocol: Protocol, page: Page, options: ProtocolOptions): void {
  protocol.handle('http', async (request) => {
    const isUpload = page.owns(request.url) && new URL(request.url).pathname === uploadPath;
    if (isUpload) return takeUpload(request, page.origin, options);
    return net.fetch(request, { bypassCustomProtocolHandlers: true });
  });
}

async function sendFile(pathname: string, headOnly: boolean, options: ProtocolOptions): Promise<Response> {
  const file = await resolveStaticFile(options.directory, pathname);
  if (file === null) return plain(404);
  const isPage = basename(file) === 'index.html';
  const nonce = createNonce(options.random);
  const headers = {
    ...commonSecurityHeaders,
    'content-type': contentTypeOf(file),
    'content-security-policy': isPage ? contentSecurityPolicy(nonce) : inertPolicy,
    // The page's nonce is good once; the other files have their hash in their name.
    'cache-control': isPage ? 'no-store' : 'no-cache',
  };
  if (headOnly) return new Response(null, { headers });
  // The renderer's largest file is about 2 MB: not worth a stream.
  const body = isPage ? withNonce(await readFile(file, 'utf8'), nonce) : await readFile(file);
  return new Response(body, { headers });
}

async function takeUpload(request: Request, origin: string, options: ProtocolOptions): Promise<Response> {
  if (request.method !== 'POST') return plain(405);
  const sender = request.headers.get('origin');
  if (sender !== null && sender !== origin) return plain(403);
  const { status, answer } = await receiveUpload(
    options.app,
    options.session.caller(),
    request.body ?? emptyBody(),
    options.log,
  );
  return new Response(JSON.stringify(answer), {
    status,
    headers: {
      ...commonSecurityHeaders,
      'content-type': 'application/json; charset=utf-8',
      'content-security-policy': inertPolicy,
      'cache-control': 'no-store',
    },
  });
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

function plain(status: 403 | 404 | 405): Response {
  return new Response(null, {
    status,
    headers: { ...commonSecurityHeaders, 'content-security-policy': inertPolicy },
  });
}
