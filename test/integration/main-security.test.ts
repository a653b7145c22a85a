import { access, readFile, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Desktop, createDesktopFolder, removeDesktopFolder, startDesktop } from '../support/desktop.ts';

// One test per point of Electron's security checklist, on the real main process: docs/security.md names them. Each was
// seen to fail with its setting taken out.

const own = 'app://countersign/';
let desktop: Desktop;

beforeAll(async () => {
  desktop = await startDesktop(await createDesktopFolder());
});

afterAll(async () => {
  await desktop.quit();
  await removeDesktopFolder(desktop);
});

function preferences() {
  return desktop.window.options.webPreferences ?? {};
}

describe('the window', () => {
  test('runs its page in a sandbox, as all processes do', () => {
    expect(preferences().sandbox).toBe(true);
    expect(desktop.electron.app.calls).toContain('enableSandbox');
  });

  test('keeps the preload script in a world of its own', () => {
    expect(preferences().contextIsolation).toBe(true);
    expect(preferences().preload).toBe(join(desktop.root, 'out', 'preload', 'index.cjs'));
  });

  test.each(['nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames'] as const)(
    'gives the page no Node: %s',
    (name) => {
      expect(preferences()[name]).toBe(false);
    },
  );

  test('keeps web security on', () => {
    expect(preferences().webSecurity).toBe(true);
    expect(preferences().allowRunningInsecureContent).toBe(false);
  });

  test.each(['experimentalFeatures', 'webviewTag', 'plugins', 'spellcheck', 'navigateOnDragDrop'] as const)(
    'does without %s',
    (name) => {
      expect(preferences()[name]).toBe(false);
    },
  );

  test('has no developer tools outside development', () => {
    expect(preferences().devTools).toBe(false);
  });

  test('enables no Blink features and takes no arguments for the page', () => {
    expect(Object.keys(preferences())).not.toContain('enableBlinkFeatures');
    expect(Object.keys(preferences())).not.toContain('additionalArguments');
  });

  test('loads our own scheme and nothing else', () => {
    expect(desktop.window.loaded).toEqual([own]);
  });
});

describe('the scheme', () => {
  test('is standard and secure, and bypasses no rule', () => {
    expect(desktop.electron.schemes).toEqual([
      {
        scheme: 'app',
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
    expect([...desktop.electron.served.keys()]).toEqual(['app']);
  });

  test('sends the page with a strict policy', async () => {
    const response = await desktop.electron.request(own);
    const policy = new Map(
      (response.headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
        const [name = '', ...values] = directive.split(' ');
        return [name, values.join(' ')];
      }),
    );
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('style-src')).toMatch(/^'self' 'nonce-[\w-]{22}'$/);
    expect(policy.get('connect-src')).toBe("'self'");
    expect(policy.get('img-src')).toBe("'self' data: blob:");
    const refused = ['base-uri', 'form-action', 'frame-ancestors', 'object-src'];
    expect(refused.map((name) => policy.get(name))).toEqual(refused.map(() => "'none'"));
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*|https?:/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('uses a nonce once, and tells it to the page', async () => {
    const load = async () => {
      const response = await desktop.electron.request(own);
      const told = /name="csp-nonce" content="([^"]+)"/.exec(await response.text())?.[1] ?? 'none';
      const policy = response.headers.get('content-security-policy');
      expect(policy).toContain(`'nonce-${told}'`);
      return told;
    };
    expect(await load()).not.toBe(await load());
  });

  test('sends what is no page with a policy that loads nothing', async () => {
    const response = await desktop.electron.request(`${own}assets/index.js`);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'",
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('every page that is ever made', () => {
  const elsewhere = [
    'https://example.com/',
    'http://countersign/',
    'file:///etc/passwd',
    'app://elsewhere/',
    'app://countersign.example/',
    'app://someone@countersign/',
    'data:text/html,hello',
    'javascript:alert(1)',
    'not a url',
  ];

  test.each(elsewhere)('does not navigate to %s', (url) => {
    for (const contents of [desktop.window.webContents, desktop.electron.strangeContents()]) {
      expect(contents.fireWith('will-navigate', { url })).toBe(true);
      expect(contents.fireWith('will-frame-navigate', { url, isMainFrame: true })).toBe(true);
      expect(contents.fireWith('will-redirect', { url })).toBe(true);
    }
  });

  test('may reload itself, and navigate no frame inside it', () => {
    const contents = desktop.window.webContents;
    expect(contents.fireWith('will-navigate', { url: own })).toBe(false);
    expect(contents.fireWith('will-frame-navigate', { url: own, isMainFrame: true })).toBe(false);
    expect(contents.fireWith('will-frame-navigate', { url: own, isMainFrame: false })).toBe(true);
  });

  test.each([own, 'https://example.com/', 'about:blank', 'mailto:someone@example.com'])(
    'opens no window for %s',
    (url) => {
      const handler = desktop.window.webContents.windowOpenHandler;
      const details = {
        url,
        frameName: '',
        features: '',
        disposition: 'new-window',
        referrer: { url: '', policy: 'default' },
      } as const;
      expect(handler?.(details)).toEqual({ action: 'deny' });
    },
  );

  test('attaches no web view', () => {
    expect(desktop.window.webContents.fire('will-attach-webview', {}, { src: own })).toBe(true);
  });
});

describe('the session', () => {
  test.each([
    'media',
    'geolocation',
    'notifications',
    'midi',
    'fullscreen',
    'openExternal',
    'clipboard-read',
    'display-capture',
    'hid',
    'serial',
    'usb',
    'fileSystem',
    'local-fonts',
    'idle-detection',
    'storage-access',
    'unknown',
  ] as const)('denies the permission %s', async (permission) => {
    expect(await grants(permission, own)).toBe(false);
    expect(desktop.electron.session.finds(permission, own)).toBe(false);
  });

  test('lets our own page copy, and no other', async () => {
    expect(await grants('clipboard-sanitized-write', own)).toBe(true);
    expect(desktop.electron.session.finds('clipboard-sanitized-write', own)).toBe(true);
    expect(await grants('clipboard-sanitized-write', 'https://example.com/')).toBe(false);
    expect(desktop.electron.session.finds('clipboard-sanitized-write', 'https://example.com/')).toBe(false);
  });

  test.each(['hid', 'serial', 'usb'] as const)('grants no device: %s', (deviceType) => {
    const device = {
      vendorId: 1,
      productId: 1,
      deviceId: 'x',
      name: 'x',
      guid: 'x',
      collections: [],
      portId: 'x',
      portName: 'x',
      displayName: 'x',
      serialNumber: 'x',
      deviceClass: 0,
      deviceSubclass: 0,
      deviceProtocol: 0,
      usbVersionMajor: 0,
      usbVersionMinor: 0,
      usbVersionSubminor: 0,
      deviceVersionMajor: 0,
      deviceVersionMinor: 0,
      deviceVersionSubminor: 0,
      configurations: [],
    };
    expect(desktop.electron.session.grantsDevice({ deviceType, origin: own, device })).toBe(false);
  });

  test.each([
    'https://example.com/x.js',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'wss://example.com/',
    'devtools://devtools/',
  ])('loads nothing from %s', async (url) => {
    expect(await desktop.electron.session.loads(url)).toBe(false);
  });

  test.each([own, `${own}assets/index.js`, 'data:image/png;base64,AA==', 'blob:app://countersign/1'])(
    'loads %s',
    async (url) => {
      expect(await desktop.electron.session.loads(url)).toBe(true);
    },
  );

  test('downloads what the page itself made, and nothing else', () => {
    const { session } = desktop.electron;
    expect(session.downloads('blob:app://countersign/0b3f')).toBe(true);
    const others = [
      'blob:https://example.com/1',
      'https://example.com/setup.exe',
      own,
      'data:text/plain,x',
      'file:///etc/passwd',
    ];
    expect(others.filter((url) => session.downloads(url))).toEqual([]);
  });

  test('fetches no dictionaries', () => {
    expect(desktop.electron.session.spellChecker).toBe(false);
  });

  test('trusts no certificate that Chromium distrusts', () => {
    expect(desktop.electron.session.certificateVerifyProc).toBeNull();
    expect(desktop.electron.app.listenerCount('certificate-error')).toBe(0);
    expect(desktop.window.webContents.listenerCount('certificate-error')).toBe(0);
  });
});

test('no link is handed to the system, and nothing of Electron is reached in any other way', async () => {
  const folder = join(import.meta.dirname, '..', '..', 'src', 'main');
  for (const name of await readdir(folder)) {
    const source = await readFile(join(folder, name), 'utf8');
    expect(source).not.toMatch(/openExternal|openPath|executeJavaScript|\bshell\b|remote\b.*electron/);
  }
});

test('the file that a hostile path would name is really there', async () => {
  await access(join(desktop.root, '..', 'secret.txt'));
});

describe('a path that leads elsewhere is not found', () => {
  test.each([
    '../../../secret.txt',
    '..%2f..%2f..%2fsecret.txt',
    '%2e%2e/%2e%2e/%2e%2e/secret.txt',
    '%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.txt',
    '..%5c..%5c..%5csecret.txt',
    '..\\..\\..\\secret.txt',
    'assets/..%2f..%2f..%2f..%2fsecret.txt',
    'assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/secret.txt',
    '%252e%252e/secret.txt',
    '/etc/passwd',
    '//etc/passwd',
    '%2fetc%2fpasswd',
    'index.html%00',
    '%00',
    'assets%00/index.js',
    'index.html%',
    'index.html::$DATA',
    'C:/Windows/win.ini',
    'c%3a%5cwindows%5cwin.ini',
    '.env',
    'assets/',
    'assets',
    'assets//index.js',
    'assets/./%2e/index.js%2f',
    'index.html/',
    'missing.js',
  ])('%s', async (path) => {
    const response = await desktop.electron.request(`${own}${path}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  test('nor is a symbolic link, wherever it leads', async () => {
    const renderer = join(desktop.root, 'out', 'renderer');
    await symlink(join(desktop.root, '..', 'secret.txt'), join(renderer, 'link.txt'));
    await symlink(join(renderer, 'assets'), join(renderer, 'linked'));
    expect((await desktop.electron.request(`${own}link.txt`)).status).toBe(404);
    expect((await desktop.electron.request(`${own}linked/index.js`)).status).toBe(404);
    expect((await desktop.electron.request(`${own}assets/index.js`)).status).toBe(200);
  });

  test('nor is another host of the scheme', async () => {
    expect((await desktop.electron.request('app://elsewhere/index.html')).status).toBe(404);
  });

  test('and files are read, never written', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await desktop.electron.request(`${own}index.html`, { method })).status).toBe(405);
    }
  });
});

function grants(permission: Parameters<typeof desktop.electron.session.finds>[0], url: string) {
  return desktop.electron.session.grants(desktop.window.webContents, permission, url);
}
