import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestServer, call, cookiesOf, send, startTestServer } from '../support/http.ts';

const key = 'k3y-of-the-link';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ accessKey: key });
});
afterAll(() => server.stop());

test('without the link there is a page that says to use it, and nothing else', async () => {
  const page = await send(server.url, '/');
  expect(page.status).toBe(403);
  expect(page.text).toContain('printed in the terminal');
  for (const path of ['/index.html', '/assets/main-Ab12Cd34.js', '/icon.svg', '/api/events', '/nothing']) {
    expect((await send(server.url, path)).status, path).toBe(403);
  }
  expect((await call(server.url, 'workspaces.status', {})).status).toBe(403);
  const { origin } = new URL(server.url);
  const upload = await send(server.url, '/api/blobs', {
    method: 'POST',
    headers: { origin, 'content-type': 'application/octet-stream' },
    body: 'bytes',
  });
  expect(upload.status).toBe(403);
});

test('a wrong key is refused, and does not use the right one up', async () => {
  for (const query of ['?key=wrong', '?key=', `?key=${key}&key=${key}`, '?other=1']) {
    expect((await send(server.url, `/${query}`)).status, query).toBe(403);
  }
});

test('the link lets one browser in, once', async () => {
  expect(server.link).toBe(`${server.url}?key=${key}`);
  const admitted = await send(server.url, `/?key=${key}`);
  expect(admitted.status).toBe(200);
  // On to the app, with the key gone from the address.
  expect(admitted.text).toContain('content="0; url=/"');
  expect(admitted.text).not.toContain(key);
  const [line = ''] = admitted.headers['set-cookie'] ?? [];
  expect(line).toMatch(/^countersign-access-\d+=[\w-]{43}; /);
  expect(line).toContain('HttpOnly');
  expect(line).toContain('SameSite=Strict');

  const cookie = cookiesOf(admitted);
  expect((await send(server.url, '/', { headers: { cookie } })).text).toContain('The page');
  expect((await call(server.url, 'workspaces.status', {}, cookie)).status).toBe(200);

  const replayed = await send(server.url, `/?key=${key}`);
  expect(replayed.status).toBe(403);
  expect(replayed.headers['set-cookie']).toBeUndefined();
  // The browser that is in may open its link again, from the history or the terminal.
  expect((await send(server.url, `/?key=${key}`, { headers: { cookie } })).status).toBe(200);
  const forged = cookie.replace(/=.*/, `=${'A'.repeat(43)}`);
  expect((await send(server.url, '/', { headers: { cookie: forged } })).status).toBe(403);
});
