import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import {
  type Bridge,
  type Desktop,
  createDesktopFolder,
  removeDesktopFolder,
  startDesktop,
} from '../support/desktop.ts';
import { StandInContents, StandInFrame } from '../support/electron-stand-in/index.ts';

// The page's way to the application: preload script, IPC and uploads, all real; only Electron's own part stands in.

const own = 'app://countersign/';
const password = 'a long enough passphrase 1';
const admin = { userName: 'zhou.min', displayName: '周敏', password };

const Answer = z.union([
  z.strictObject({ ok: z.literal(true), output: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: z.looseObject({ code: z.string(), message: z.string() }) }),
]);

let desktop: Desktop;
let bridge: Bridge;
let exposed: ReadonlyMap<string, unknown>;

beforeAll(async () => {
  desktop = await startDesktop(await createDesktopFolder());
  ({ bridge, exposed } = await desktop.loadPreload());
});

afterAll(async () => {
  await desktop.quit();
  await removeDesktopFolder(desktop);
});

async function ask(name: unknown, input: unknown = {}) {
  return Answer.parse(await bridge.invoke(name, input));
}

async function output(name: string, input: unknown = {}): Promise<unknown> {
  const answer = await ask(name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}: ${answer.error.message}`);
  return answer.output;
}

async function upload(body: BodyInit | null, headers: HeadersInit = {}) {
  const response = await desktop.electron.request(`${own}api/blobs`, {
    method: 'POST',
    headers,
    body,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
  return { status: response.status, text: await response.text() };
}

describe('the preload script', () => {
  test('gives the page two functions and nothing else', () => {
    expect([...exposed.keys()]).toEqual(['countersign']);
    expect(Object.entries(bridge).map(([name, value]) => [name, typeof value])).toEqual([
      ['invoke', 'function'],
      ['subscribe', 'function'],
    ]);
  });

  test('the main process listens on two channels and no others', () => {
    expect([...desktop.electron.ipcMain.handlers.keys()]).toEqual(['countersign:invoke']);
    expect(desktop.electron.ipcMain.eventNames()).toEqual(['countersign:subscribe']);
  });
});

describe('before a workspace is open', () => {
  test('the first screen gets what it needs', async () => {
    expect(await output('workspaces.status')).toMatchObject({
      open: null,
      canSwitch: true,
      known: [],
      version: '0.0.0-test',
    });
  });

  test('an upload is refused, and says why', async () => {
    const { status, text } = await upload('bytes');
    expect(status).toBe(409);
    expect(JSON.parse(text)).toMatchObject({ ok: false, error: { code: 'no-workspace' } });
  });

  test.each([
    ['constructor', 'unknown-procedure'],
    ['__proto__', 'unknown-procedure'],
    ['nothing.here', 'unknown-procedure'],
    [{ name: 'workspaces.status' }, 'bad-input'],
    [undefined, 'bad-input'],
  ])('no handler is reached by the name %o', async (name, code) => {
    expect(await ask(name)).toMatchObject({ ok: false, error: { code } });
  });
});

describe('only the main frame of our window, showing our page, is answered', () => {
  const page = () => desktop.window.webContents;
  const main = () => page().mainFrame;

  const strangers: readonly (readonly [
    string,
    () => { sender: StandInContents; senderFrame: StandInFrame | null },
  ])[] = [
    [
      'another window that shows our page',
      () => ({ sender: new StandInContents(), senderFrame: new StandInFrame(1, own) }),
    ],
    ['a frame inside our page', () => ({ sender: page(), senderFrame: new StandInFrame(2, own, main()) })],
    ['another top frame', () => ({ sender: page(), senderFrame: new StandInFrame(3, own) })],
    [
      'a frame that shows another origin',
      () => ({ sender: page(), senderFrame: new StandInFrame(1, 'https://example.com/') }),
    ],
    [
      'a frame of another host of our scheme',
      () => ({ sender: page(), senderFrame: new StandInFrame(1, 'app://elsewhere/') }),
    ],
    [
      'a frame that shows a file',
      () => ({ sender: page(), senderFrame: new StandInFrame(1, 'file:///tmp/index.html') }),
    ],
    ['a frame that has navigated since', () => ({ sender: page(), senderFrame: null })],
    [
      'a frame that is destroyed',
      () => ({ sender: page(), senderFrame: Object.assign(new StandInFrame(1, own), { destroyed: true }) }),
    ],
    [
      'a frame that is detached',
      () => ({ sender: page(), senderFrame: Object.assign(new StandInFrame(1, own), { detached: true }) }),
    ],
  ];

  test.each(strangers)('%s is refused', async (_name, sender) => {
    const answer = await desktop.electron.ipcMain.invoke(
      sender(),
      'countersign:invoke',
      'workspaces.status',
      {},
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  test('a page whose contents are destroyed is refused', async () => {
    const sender = { sender: page(), senderFrame: main() };
    page().destroyed = true;
    const answer = await desktop.electron.ipcMain.invoke(
      sender,
      'countersign:invoke',
      'workspaces.status',
      {},
    );
    page().destroyed = false;
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  test('and the main frame is answered', async () => {
    const sender = { sender: page(), senderFrame: main() };
    const answer = await desktop.electron.ipcMain.invoke(
      sender,
      'countersign:invoke',
      'workspaces.status',
      {},
    );
    expect(answer).toMatchObject({ ok: true });
  });
});

describe('with a workspace', () => {
  beforeAll(async () => {
    await output('workspaces.create', { title: '合规部', admin });
  });

  test('whoever made it is signed in, by a token that the page never sees', async () => {
    // The answer's schema above is strict: no `session` came with it.
    expect(await output('users.me')).toMatchObject({
      state: 'signed-in',
      user: { userName: admin.userName },
    });
    expect(JSON.stringify(desktop.window.webContents.sent)).not.toContain('token');
  });

  test('the workspace lies in the user data folder', async () => {
    const [name = ''] = await readdir(join(desktop.userData, 'workspaces')).then((all) =>
      all.filter((entry) => !entry.endsWith('.json')),
    );
    const file: unknown = JSON.parse(
      await readFile(join(desktop.userData, 'workspaces', name, 'workspace.json'), 'utf8'),
    );
    expect(file).toMatchObject({ title: '合规部' });
  });

  test('uploads are stored under their hash', async () => {
    const bytes = new TextEncoder().encode('{"msgid":"1"}\n'.repeat(10_000));
    const { status, text } = await upload(new Blob([bytes]).stream());
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      ok: true,
      output: { blobId: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length },
    });
  });

  test('an empty upload is an empty file', async () => {
    expect((await upload(null)).text).toContain('"bytes":0');
  });

  test('an upload that another origin sent is refused', async () => {
    expect((await upload('bytes', { origin: 'https://example.com' })).status).toBe(403);
    expect((await upload('bytes', { origin: 'app://countersign' })).status).toBe(200);
  });

  test('uploads are posted', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect((await desktop.electron.request(`${own}api/blobs`, { method })).status).toBe(405);
    }
  });

  test('events come as data, to those who listen, until they stop', async () => {
    const seen: unknown[] = [];
    const first = Promise.withResolvers<void>();
    const end = bridge.subscribe((...values) => {
      seen.push(values);
      first.resolve();
    });
    await output('users.create', {
      userName: 'li.na',
      displayName: '李娜',
      roles: ['reviewer'],
      password: 'another long passphrase 2',
    });
    await first.promise;
    // One value: Electron's event object stays in the preload script.
    expect(seen).toContainEqual([{ type: 'changed', topics: expect.arrayContaining(['users']) }]);

    end();
    const sent = desktop.window.webContents.sent.length;
    await output('users.create', {
      userName: 'wang.lei',
      displayName: '王磊',
      roles: ['reviewer'],
      password: 'another long passphrase 3',
    });
    // An answer that comes after the change's event would have come: the worker's messages keep their order.
    await output('users.list');
    expect(desktop.window.webContents.sent.length).toBe(sent);
  });

  test('a stranger can’t end the page’s event stream', async () => {
    const seen = Promise.withResolvers<unknown>();
    const end = bridge.subscribe(seen.resolve);
    const stranger = { sender: new StandInContents(), senderFrame: new StandInFrame(1, own) };
    desktop.electron.ipcMain.receive(stranger, 'countersign:subscribe', false);
    await output('users.create', {
      userName: 'chen.jing',
      displayName: '陈静',
      roles: ['reviewer'],
      password: 'another long passphrase 4',
    });
    expect(await seen.promise).toMatchObject({ type: 'changed' });
    end();
  });

  test('whoever signs in while the page listens sees events of their own session', async () => {
    await output('users.signOut');
    const locked = Promise.withResolvers<unknown>();
    const end = bridge.subscribe((event) => {
      if (z.object({ type: z.literal('session') }).safeParse(event).success) locked.resolve(event);
    });
    expect(await output('users.me')).toMatchObject({ state: 'signed-out' });
    await output('users.signIn', { userName: admin.userName, password });
    await output('users.lock');
    expect(await locked.promise).toEqual({ type: 'session', state: 'locked' });
    end();
    await output('users.unlock', { password });
  });

  test('after signing out the token is gone', async () => {
    await output('users.signOut');
    expect((await upload('bytes')).status).toBe(401);
    expect(await ask('users.list')).toMatchObject({ ok: false, error: { code: 'not-signed-in' } });
  });
});

test('a window that has closed is not answered', async () => {
  const contents = desktop.window.webContents;
  desktop.window.close();
  const answer = await desktop.electron.ipcMain.invoke(
    { sender: contents, senderFrame: contents.mainFrame },
    'countersign:invoke',
    'workspaces.status',
    {},
  );
  expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
});
