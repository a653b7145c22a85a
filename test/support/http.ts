import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { type LocalApp, createApp } from '../../src/core/app.ts';
import type { App } from '../../src/core/contract/handlers.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server/index.ts';
import { cheapPasswords } from './workspace.ts';

// A real server over a real app in a temporary folder, and requests whose every header a test decides: fetch sets Host,
// Origin and the rest by itself.

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Sends the path as it stands: no normalisation of `..`. */
export function send(url: string, path: string, options: RequestOptions = {}): Promise<Reply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolvePromise, reject) => {
    const sent = request(
      { hostname, port, path, method: options.method ?? 'GET', headers: options.headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolvePromise({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}

/** The cookies that a reply sets, as a browser would send them back. */
export function cookiesOf(reply: Reply): string {
  return (reply.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
}

/** Calls a procedure as our own page would, with the given cookies. */
export function call(url: string, name: string, input: unknown, cookie = ''): Promise<Reply> {
  return send(url, `/api/${name}`, {
    method: 'POST',
    headers: {
      origin: new URL(url).origin,
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      cookie,
    },
    body: JSON.stringify(input),
  });
}

export const adminAccount = {
  userName: 'admin',
  displayName: '王敏',
  password: 'orange-kettle-47-window',
} as const;

export interface TestServer extends RunningServer {
  readonly app: App;
  readonly directory: string;
  /** Creates the workspace with `adminAccount` and signs it in; answers the session's cookie. */
  signInAsAdmin(): Promise<string>;
  stop(): Promise<void>;
}

export const pageForTests =
  '<!doctype html><html lang="en"><head><meta name="csp-nonce" content="__CSP_NONCE__"></head><body>The page</body></html>';

/** Starts a server over a new app. `wrap` may narrow the app (a lower limit); it stays the real one. */
export async function startTestServer(
  options: Partial<ServerOptions> & { readonly wrap?: (app: LocalApp) => App } = {},
): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-server-'));
  const rendererDirectory = join(directory, 'renderer');
  await mkdir(join(rendererDirectory, 'assets'), { recursive: true });
  await writeFile(join(rendererDirectory, 'index.html'), pageForTests);
  await writeFile(join(rendererDirectory, 'assets', 'main-Ab12Cd34.js'), 'globalThis.loaded = true;');
  await writeFile(join(rendererDirectory, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(directory, 'secret.txt'), 'not for the network');
  const local = await createApp({
    home: join(directory, 'home'),
    resources: resolve('resources'),
    version: '0.0.0-test',
    log: createLog('silent'),
    passwordCost: cheapPasswords,
  });
  const { wrap, ...serverOptions } = options;
  const app = wrap === undefined ? local : wrap(local);
  const server = await startServer({
    app,
    rendererDirectory,
    port: 0,
    accessKey: null,
    log: createLog('silent'),
    ...serverOptions,
  });
  return {
    ...server,
    app,
    directory,
    async signInAsAdmin() {
      const created = await call(server.url, 'workspaces.create', { title: '测试', admin: adminAccount });
      if (created.status !== 200) throw new Error(created.text);
      const { userName, password } = adminAccount;
      const signedIn = await call(server.url, 'users.signIn', { userName, password });
      if (signedIn.status !== 200) throw new Error(signedIn.text);
      return cookiesOf(signedIn);
    },
    async stop() {
      await server.close();
      await local.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
