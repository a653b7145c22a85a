import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { type TestServer, adminAccount, call, cookiesOf, send, startTestServer } from '../support/http.ts';

let server: TestServer;
afterEach(() => server.stop());

/** An open event stream; `until` resolves with the first event that fits. */
async function listen(cookie: string) {
  const sent = request(new URL('/api/events', server.url), { headers: { cookie }, agent: false });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const events: Record<string, unknown>[] = [];
  let pending = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    pending += chunk;
    const blocks = pending.split('\n\n');
    pending = blocks.pop() ?? '';
    for (const block of blocks) if (block.startsWith('data: ')) events.push(JSON.parse(block.slice(6)));
    response.emit('checked');
  });
  response.on('error', () => undefined); // it breaks off when the test, or the server, ends it
  const ended = new Promise<void>((resolve) => response.once('close', resolve));
  return {
    response,
    events,
    ended,
    async until(fits: (event: Record<string, unknown>) => boolean) {
      for (;;) {
        const found = events.find(fits);
        if (found !== undefined) return found;
        await once(response, 'checked');
      }
    },
    stop: () => sent.destroy(),
  };
}

const newUser = (userName: string) => ({
  userName,
  displayName: '李静',
  password: 'violet-harbor-93-lantern',
  roles: ['reviewer'],
});

test('a signed-in reader gets events as they happen, a signed-out one none of them', async () => {
  server = await startTestServer();
  const cookie = await server.signInAsAdmin();
  const reader = await listen(cookie);
  const stranger = await listen('');
  expect(reader.response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect((await call(server.url, 'users.create', newUser('lijing'), cookie)).status).toBe(200);
  const event = await reader.until(
    ({ type, topics }) => type === 'changed' && String(topics).includes('users'),
  );
  expect(event).toMatchObject({ type: 'changed' });
  // The server ends both streams when it closes, so all that was on its way has arrived.
  await server.close();
  await Promise.all([reader.ended, stranger.ended]);
  expect(stranger.events).toEqual([]);
});

test('a signed-out reader sees how far the demo is', async () => {
  server = await startTestServer();
  const stranger = await listen('');
  const opened = await call(server.url, 'workspaces.openDemo', {});
  expect(opened.status).toBe(200);
  const { job } = JSON.parse(opened.text).output;
  const event = await stranger.until(({ type }) => type === 'job');
  expect(event).toMatchObject({ type: 'job', job: { id: job, kind: 'demo' } });
  stranger.stop();
});

test("a browser's streams end when its session changes, so that it opens them as whom it is now", async () => {
  server = await startTestServer();
  const cookie = await server.signInAsAdmin();
  const before = await listen('');
  const other = await listen(cookie);
  const { userName, password } = adminAccount;
  const signedIn = await call(server.url, 'users.signIn', { userName, password });
  await before.ended;
  const own = cookiesOf(signedIn);
  const after = await listen(own);
  expect((await call(server.url, 'users.signOut', {}, own)).status).toBe(200);
  await after.ended;
  expect(other.response.destroyed).toBe(false);
  other.stop();
});

test('a reader that goes away is forgotten', async () => {
  let subscribers = 0;
  let forgotten: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (forgotten = resolve));
  server = await startTestServer({
    wrap: (app) => ({
      ...app,
      subscribe(caller, listener) {
        subscribers += 1;
        const unsubscribe = app.subscribe(caller, listener);
        return () => {
          unsubscribe();
          subscribers -= 1;
          forgotten();
        };
      },
    }),
  });
  const reader = await listen('');
  expect(subscribers).toBe(1);
  reader.stop();
  await gone;
  expect(subscribers).toBe(0);
});

function upload(body: Uint8Array, cookie: string, type = 'application/octet-stream') {
  const { origin } = new URL(server.url);
  return send(server.url, '/api/blobs', {
    method: 'POST',
    headers: { origin, 'content-type': type, cookie },
    body,
  });
}

async function blobFolder(cookie: string): Promise<string> {
  const token = decodeURIComponent(cookie.split('=')[1] ?? '');
  return (await server.app.prepareUpload({ host: 'http', sessionToken: token })).blobDirectory;
}

async function leftovers(folder: string): Promise<readonly string[]> {
  const incoming = join(folder, 'incoming');
  return existsSync(incoming) ? readdir(incoming) : [];
}

test('an upload lands in the blob store under the hash of its bytes', async () => {
  server = await startTestServer();
  const cookie = await server.signInAsAdmin();
  const bytes = randomBytes(5 * 2 ** 20);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const reply = await upload(bytes, cookie);
  expect(reply.status).toBe(200);
  expect(JSON.parse(reply.text)).toEqual({ ok: true, output: { blobId: hash, bytes: bytes.length } });
  const folder = await blobFolder(cookie);
  expect((await readFile(join(folder, hash.slice(0, 2), hash))).equals(bytes)).toBe(true);
  expect(await leftovers(folder)).toEqual([]);
});

test('uploads need a session and the right content-type', async () => {
  server = await startTestServer();
  const cookie = await server.signInAsAdmin();
  expect((await upload(Buffer.from('x'), '')).status).toBe(401);
  expect((await upload(Buffer.from('{}'), cookie, 'application/json')).status).toBe(415);
  const { origin } = new URL('http://evil.example');
  const foreign = await send(server.url, '/api/blobs', {
    method: 'POST',
    headers: { origin, 'content-type': 'application/octet-stream', cookie },
    body: 'x',
  });
  expect(foreign.status).toBe(403);
});

test('an upload over the limit is answered with 413 and leaves nothing', async () => {
  server = await startTestServer({
    wrap: (app) => ({
      ...app,
      prepareUpload: async (caller) => ({ ...(await app.prepareUpload(caller)), limit: 100_000 }),
    }),
  });
  const cookie = await server.signInAsAdmin();
  const reply = await upload(randomBytes(3 * 2 ** 20), cookie);
  expect(reply.status).toBe(413);
  expect(JSON.parse(reply.text)).toMatchObject({ ok: false, error: { code: 'file-too-large' } });
  expect(await leftovers(await blobFolder(cookie))).toEqual([]);
  expect((await upload(randomBytes(100_000), cookie)).status).toBe(200);
});

test('an upload that breaks off leaves nothing', async () => {
  let settled: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (settled = resolve));
  server = await startTestServer({
    wrap: (app) => ({
      ...app,
      async prepareUpload(caller) {
        const prepared = await app.prepareUpload(caller);
        settled();
        return prepared;
      },
    }),
  });
  const cookie = await server.signInAsAdmin();
  const sent = request(new URL('/api/blobs', server.url), {
    method: 'POST',
    headers: {
      origin: new URL(server.url).origin,
      'content-type': 'application/octet-stream',
      'content-length': '1000000',
      cookie,
    },
    agent: false,
  });
  sent.on('error', () => undefined);
  sent.write(randomBytes(50_000));
  await asked;
  sent.destroy();
  // Closing waits for the running request, and so for the upload's cleaning up.
  const folder = await blobFolder(cookie);
  await server.close();
  expect(await leftovers(folder)).toEqual([]);
  expect((await readdir(folder)).filter((name) => name !== 'incoming')).toEqual([]);
});
