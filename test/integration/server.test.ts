import { once } from 'node:events';
import { connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestServer, adminAccount, call, cookiesOf, send, startTestServer } from '../support/http.ts';

let server: TestServer;
let cookie: string;
beforeAll(async () => {
  server = await startTestServer({ receiveTimeout: 300 });
  cookie = await server.signInAsAdmin();
});
afterAll(() => server.stop());

const code = (text: string): unknown => JSON.parse(text).error.code;
const ownHeaders = () => ({ origin: new URL(server.url).origin, 'content-type': 'application/json', cookie });

describe('procedures over HTTP', () => {
  test('a signed-in caller gets the answer, with nothing cached', async () => {
    const reply = await call(server.url, 'users.me', {}, cookie);
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toMatchObject({ ok: true, output: { state: 'signed-in' } });
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  test('a signed-out caller gets 401, an unknown procedure 404, a bad input 400', async () => {
    const signedOut = await call(server.url, 'users.list', {});
    expect([signedOut.status, code(signedOut.text)]).toEqual([401, 'not-signed-in']);
    const unknown = await call(server.url, 'constructor', {}, cookie);
    expect([unknown.status, code(unknown.text)]).toEqual([404, 'unknown-procedure']);
    const bad = await call(server.url, 'jobs.get', { id: 'x' }, cookie);
    expect([bad.status, code(bad.text)]).toEqual([400, 'bad-input']);
  });

  test('no error carries a stack or a path of this machine', async () => {
    const replies = await Promise.all([
      send(server.url, '/api/users.me', { method: 'POST', headers: ownHeaders(), body: '{"broken' }),
      send(server.url, '/api/users.me', {
        method: 'POST',
        headers: ownHeaders(),
        body: '{"__proto__":{"a":1}}',
      }),
      send(server.url, '/nothing/here'),
      send(server.url, '/api/nothing/here', { method: 'POST', headers: ownHeaders(), body: '{}' }),
      send(server.url, '/api/%00', { method: 'POST', headers: ownHeaders(), body: '{}' }),
      send(server.url, '/%E0%A4%A'),
    ]);
    for (const reply of replies) {
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expect(reply.status).toBeLessThan(500);
      expect(reply.text).not.toMatch(/\bat \/|node_modules|\.ts:|"stack"/);
    }
  });

  test('a body over 4 MiB is refused before it is parsed', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(5 * 2 ** 20) });
    const reply = await send(server.url, '/api/users.me', { method: 'POST', headers: ownHeaders(), body });
    expect([reply.status, code(reply.text)]).toEqual([413, 'bad-input']);
  });

  test('the session cookie is out of reach of scripts and other sites, and goes at sign-out', async () => {
    const { userName, password } = adminAccount;
    const signedIn = await call(server.url, 'users.signIn', { userName, password });
    const [line = ''] = signedIn.headers['set-cookie'] ?? [];
    expect(line).toMatch(/^countersign-session-\d+=[\w.-]{20,}; /);
    expect(line).toContain('HttpOnly');
    expect(line).toContain('SameSite=Strict');
    expect(line).toContain('Path=/');
    expect(signedIn.text).not.toContain(line.split(/[=;]/)[1]);

    const own = cookiesOf(signedIn);
    const signedOut = await call(server.url, 'users.signOut', {}, own);
    expect(signedOut.headers['set-cookie']?.[0]).toMatch(/^countersign-session-\d+=;.*1970/);
    expect((await call(server.url, 'users.list', {}, own)).status).toBe(401);
  });
});

describe('requests from elsewhere', () => {
  const me = (headers: Record<string, string>, body = '{}') =>
    send(server.url, '/api/users.me', { method: 'POST', headers: { ...ownHeaders(), ...headers }, body });

  test('our own page passes, so the refusals below are for their own reason', async () => {
    expect((await me({})).status).toBe(200);
    expect((await me({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  test('a foreign Host is refused on every path: DNS rebinding', async () => {
    const { port } = new URL(server.url);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.evil.example:${port}`,
    ]) {
      for (const path of ['/', '/api/events', '/assets/main-Ab12Cd34.js']) {
        expect((await send(server.url, path, { headers: { host, cookie } })).status, host + path).toBe(403);
      }
      expect((await me({ host, origin: `http://${host}` })).status).toBe(403);
    }
    expect((await send(server.url, '/', { headers: { host: `localhost:${port}` } })).status).toBe(200);
  });

  test('a foreign, absent or opaque Origin is refused: CSRF', async () => {
    const { port } = new URL(server.url);
    for (const origin of [
      'https://evil.example',
      'null',
      `https://127.0.0.1:${port}`,
      'http://127.0.0.1:1',
      '',
    ]) {
      expect((await me({ origin })).status, origin).toBe(403);
    }
    const { origin: _, ...without } = ownHeaders();
    expect(
      (await send(server.url, '/api/users.me', { method: 'POST', headers: without, body: '{}' })).status,
    ).toBe(403);
  });

  test('a browser that says the request is cross-site is believed', async () => {
    for (const site of ['cross-site', 'same-site', 'none']) {
      expect((await me({ 'sec-fetch-site': site })).status, site).toBe(403);
      const events = await send(server.url, '/api/events', { headers: { cookie, 'sec-fetch-site': site } });
      expect(events.status, site).toBe(403);
      // The same path, spelled otherwise.
      const spelled = await send(server.url, '/%61pi/events', {
        headers: { cookie, 'sec-fetch-site': site },
      });
      expect(spelled.status, site).toBe(403);
    }
  });

  test('only JSON is taken: a form can send everything else without asking', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      expect((await me({ 'content-type': type })).status, type).toBe(415);
    }
    const { 'content-type': _, ...without } = ownHeaders();
    const untyped = await send(server.url, '/api/users.me', { method: 'POST', headers: without });
    expect(untyped.status).toBe(415);
  });

  test('no other site is allowed to read answers', async () => {
    const reply = await send(server.url, '/api/users.me', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(reply.status).toBe(403);
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('the page and its files', () => {
  test('the page carries the nonce of its own policy, fresh each time', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/index.html']) {
      const reply = await send(server.url, path);
      const policy = String(reply.headers['content-security-policy']);
      const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? '';
      expect(reply.text).toContain(`content="${nonce}"`);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-|https?:|\*/);
      expect(reply.headers['cache-control']).toBe('no-store');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  test('every answer carries the common headers, and what is no page may load nothing', async () => {
    for (const path of ['/', '/assets/main-Ab12Cd34.js', '/nothing', '/api/events?x']) {
      const reply = await send(server.url, path, { headers: { 'sec-fetch-site': 'cross-site' } });
      expect(reply.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      if (path !== '/')
        expect(reply.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
    }
  });

  test('hashed assets are kept for good, other files are asked for again', async () => {
    const asset = await send(server.url, '/assets/main-Ab12Cd34.js');
    expect(asset.text).toBe('globalThis.loaded = true;');
    expect(asset.headers['content-type']).toMatch(/^(text|application)\/javascript/);
    expect(asset.headers['cache-control']).toContain('immutable');
    expect((await send(server.url, '/icon.svg')).headers['cache-control']).toBe('no-cache');
  });

  test('nothing outside of the renderer can be named', async () => {
    for (const path of [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
      '/..%5csecret.txt',
      '/assets/..%252f..%252fsecret.txt',
      '//secret.txt',
      `/${encodeURIComponent(server.directory)}/secret.txt`,
    ]) {
      const reply = await send(server.url, path);
      expect(reply.status, path).toBeGreaterThanOrEqual(400);
      expect(reply.text, path).not.toContain('not for the network');
    }
  });
});

describe('slow and broken clients', () => {
  async function talk(text: string): Promise<string> {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('error', () => undefined);
    socket.write(text);
    await once(socket, 'close');
    return received;
  }

  test('headers that never end are cut off', async () => {
    expect(await talk('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')).not.toContain('200 OK');
  });

  test('a body that never ends is cut off', async () => {
    const { host, origin } = new URL(server.url);
    const head = `POST /api/users.me HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":`;
    expect(await talk(head)).not.toContain('200 OK');
  });

  test('what is no HTTP gets a bare 400', async () => {
    expect(await talk('nonsense\r\n\r\n')).toBe(
      'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    );
  });
});

describe('password attempts', () => {
  test('are limited per machine, on top of the limit per account', async () => {
    const strict = await startTestServer({ passwordsPerMinute: 3 });
    try {
      const attempt = (userName: string) =>
        call(strict.url, 'users.signIn', { userName, password: 'wrong-wrong-wrong' });
      for (const name of ['first', 'second', 'third']) {
        expect((await attempt(name)).status, name).not.toBe(429);
      }
      const refused = await attempt('fourth');
      expect([refused.status, code(refused.text)]).toEqual([429, 'throttled']);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      // Screens say how long to wait, as they do for the limit per account.
      expect(JSON.parse(refused.text)).toMatchObject({
        error: { details: { seconds: Number(refused.headers['retry-after']) } },
      });
      expect((await call(strict.url, 'users.unlock', { password: 'x' })).status).toBe(429);
      const change = { current: 'x', next: 'y' };
      expect((await call(strict.url, 'users.changeOwnPassword', change)).status).toBe(429);
      expect((await call(strict.url, 'users.me', {})).status).toBe(200);
    } finally {
      await strict.stop();
    }
  });
});
