import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestReport, summarize } from '../../scripts/lib/test-summary.ts';
import { isNewEnough } from '../../scripts/node-version.mjs';
import { browserForTests } from '../support/browser.ts';

const root = resolve('.');

/** A Node of this machine that is too old for us, where there is one: entry points must cope with it. */
function findOldNode(): string | null {
  for (const file of [process.env['COUNTERSIGN_OLD_NODE'], '/usr/bin/node', '/usr/local/bin/node']) {
    if (file === undefined) continue;
    const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
    if (status === 0 && !isNewEnough(stdout.trim().slice(1))) return file;
  }
  return null;
}
const oldNode = findOldNode();

/** As a shell starts it: without the variables of the test run, and without `node_modules/.bin` on the path. */
function run(
  program: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd = root,
) {
  const { PATH, HOME } = process.env;
  const path = (PATH ?? '')
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .join(':');
  return spawnSync(program, words, {
    cwd,
    encoding: 'utf8',
    env: { PATH: path, ...(HOME === undefined ? {} : { HOME }), ...environment },
  });
}

describe('the version of Node', () => {
  test('is compared number by number', () => {
    expect(['24.2.0', '24.21.0', '25.0.0', '100.0.0'].map(isNewEnough)).toEqual([true, true, true, true]);
    expect(['24.1.9', '23.99.0', '20.20.2', '9.0.0'].map(isNewEnough)).toEqual([false, false, false, false]);
  });

  test('is checked by every entry point before it loads anything else', async () => {
    const entries = (await readdir('scripts')).filter(
      (name) => name.endsWith('.mjs') && name !== 'node-version.mjs',
    );
    expect(entries).toEqual(
      expect.arrayContaining(['start.mjs', 'test.mjs', 'countersign.mjs', 'build.mjs', 'bench.mjs']),
    );
    for (const name of entries) {
      const text = await readFile(join('scripts', name), 'utf8');
      const imports = [...text.matchAll(/^import .* from '(.*)';$/gm)].map((match) => match[1]);
      expect(imports, name).toEqual(['./node-version.mjs']);
      expect(text, name).toMatch(/^await requireNode\(\);$/m);
    }
  });

  test.skipIf(oldNode === null)('too old: the same command runs under the own Node of the project', () => {
    const bench = run(oldNode ?? '', ['scripts/bench.mjs', 'no-such-benchmark']);
    expect(bench.stderr).toContain('No benchmark matches no-such-benchmark');
    expect(bench.status).toBe(2);
    const tests = run(oldNode ?? '', ['scripts/test.mjs', '--project=unit', 'no-such-file']);
    expect(tests.stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed');
    expect(tests.status).toBe(1);
  });

  test.skipIf(oldNode === null)('too old, and no other there: one line says what to do', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'countersign-scripts-'));
    try {
      await cp('scripts', join(copy, 'scripts'), { recursive: true });
      for (const name of await readdir('scripts')) {
        if (!name.endsWith('.mjs') || name === 'node-version.mjs') continue;
        const { status, stdout, stderr } = run(oldNode ?? '', [join('scripts', name)], {}, copy);
        expect(status, name).toBe(2);
        expect(stdout, name).toBe('');
        expect(stderr, name).toMatch(
          /^Countersign needs Node 24\.2 or newer, and this is \d.*: run "npm ci".*\n$/,
        );
      }
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  });
});

describe('the sum of the tests', () => {
  const report = (changes: Partial<TestReport>): TestReport => ({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...changes,
  });

  test('counts what passed, failed and was skipped', () => {
    expect(summarize(0, report({ numPassedTests: 7 }))).toEqual({
      line: '7 passed, 0 failed',
      exitCode: 0,
      notes: [],
    });
    expect(
      summarize(1, report({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 3 })),
    ).toEqual({
      line: '7 passed, 2 failed, 4 skipped',
      exitCode: 1,
      notes: [],
    });
  });

  test('a failure of any kind is never called 0 failed', () => {
    const unloaded = { name: 'a.test.ts', status: 'failed', assertionResults: [] };
    expect(summarize(1, report({ numPassedTests: 7, testResults: [unloaded] })).line).toBe(
      '7 passed, 1 failed',
    );
    // An unhandled rejection: all tests passed, and vitest's exit code is 1.
    expect(summarize(1, report({ numPassedTests: 7 }))).toMatchObject({
      line: '7 passed, 1 failed',
      exitCode: 1,
    });
    expect(summarize(0, report({}))).toMatchObject({ line: '0 passed, 1 failed', exitCode: 1 });
    expect(summarize(0, report({ numPendingTests: 5 }))).toMatchObject({
      line: '0 passed, 1 failed, 5 skipped',
      exitCode: 1,
    });
    expect(summarize(137, null)).toMatchObject({ line: '0 passed, 1 failed', exitCode: 1 });
  });

  test('names what passed only when tried again', () => {
    const { line, exitCode, notes } = summarize(
      0,
      report({
        numPassedTests: 2,
        testResults: [
          {
            name: 'a.test.ts',
            status: 'passed',
            assertionResults: [
              {
                status: 'passed',
                fullName: 'a quick key',
                failureMessages: ['TimeoutError: 60 s\n    at a.ts'],
              },
              { status: 'passed', fullName: 'a slow key', failureMessages: [] },
            ],
          },
        ],
      }),
    );
    expect({ line, exitCode }).toEqual({ line: '2 passed, 0 failed', exitCode: 0 });
    expect(notes).toEqual(['Passed only when tried again: a quick key (a.test.ts): TimeoutError: 60 s']);
  });

  test('is the last line of the command, which fails when no test ran', () => {
    const some = run(process.execPath, [
      'scripts/test.mjs',
      '--project=unit',
      'src/core/features/supervision/model.test.ts',
    ]);
    expect(some.stdout.trimEnd().split('\n').at(-1)).toMatch(/^[1-9]\d* passed, 0 failed$/);
    expect(some.status).toBe(0);
    const none = run(process.execPath, ['scripts/test.mjs', '--project=unit', 'no-such-file']);
    expect(none.stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed');
    expect(none.status).toBe(1);
  });
});

describe('the browser of the tests', () => {
  test('is the one that is named, and no other in its place', () => {
    expect(browserForTests({ COUNTERSIGN_CHROMIUM: process.execPath }).executable).toBe(process.execPath);
    expect(browserForTests({ CHROME_PATH: process.execPath }).executable).toBe(process.execPath);
    const missing = browserForTests({
      ...process.env,
      COUNTERSIGN_REQUIRE_BROWSER: '',
      COUNTERSIGN_CHROMIUM: '/no/such',
    });
    expect(missing).toEqual({ executable: null, reason: expect.stringContaining('/no/such does not exist') });
  });

  test('may not be absent where it is required', () => {
    const environment = { COUNTERSIGN_CHROMIUM: '/no/such', COUNTERSIGN_REQUIRE_BROWSER: '1' };
    expect(() => browserForTests(environment)).toThrow(/can't run: \/no\/such does not exist/);
  });

  test("is looked for in Playwright's cache too", async () => {
    const cache = await mkdtemp(join(tmpdir(), 'countersign-cache-'));
    const file = join(cache, 'chromium-1234', 'chrome-linux64', 'chrome');
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, '');
    const found = browserForTests({ PATH: '', PLAYWRIGHT_BROWSERS_PATH: cache }).executable;
    await rm(cache, { recursive: true });
    // A browser of the system comes first, where there is one.
    expect(
      found === file ||
        found?.startsWith('/usr/bin/') ||
        found?.startsWith('/opt/') ||
        found?.startsWith('/Applications/'),
    ).toBe(true);
  });
});

describe('the build', () => {
  let copy: string;
  let isStale: () => Promise<boolean>;
  const products = ['out/main/index.js', 'out/main/server.js', 'out/main/cli.js', 'out/renderer/index.html'];
  const stamp = () => writeFile(join(copy, 'out', 'build.json'), JSON.stringify({ startedAt: Date.now() }));
  const long = new Date('2020-01-01');

  async function age(path: string): Promise<void> {
    await utimes(join(copy, path), long, long);
  }

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'countersign-build-'));
    await cp('scripts', join(copy, 'scripts'), { recursive: true });
    for (const folder of ['src/core', 'out/main', 'out/renderer'])
      await mkdir(join(copy, folder), { recursive: true });
    await writeFile(join(copy, 'src', 'core', 'app.ts'), '');
    await writeFile(join(copy, 'src', 'core', 'app.test.ts'), '');
    for (const path of ['src/core/app.ts', 'src/core', 'src']) await age(path);
    for (const file of products) await writeFile(join(copy, file), '');
    ({ isStale } = await import(pathToFileURL(join(copy, 'scripts', 'lib', 'build.ts')).href));
  });
  afterAll(() => rm(copy, { recursive: true, force: true }));

  test('is stale without its stamp, and fresh with it', async () => {
    expect(await isStale()).toBe(true);
    await stamp();
    expect(await isStale()).toBe(false);
  });

  test('is stale when a source changed, was added or removed, but not for a test', async () => {
    const later = new Date(Date.now() + 5_000);
    await stamp();
    await utimes(join(copy, 'src/core/app.test.ts'), later, later);
    expect(await isStale()).toBe(false);
    await utimes(join(copy, 'src/core/app.ts'), later, later);
    expect(await isStale()).toBe(true);
    await age('src/core/app.ts');
    expect(await isStale()).toBe(false);
    await utimes(join(copy, 'src/core'), later, later);
    expect(await isStale()).toBe(true);
    await age('src/core');
  });

  test('is stale when one of its files is missing', async () => {
    await stamp();
    for (const file of products) {
      await rm(join(copy, file));
      expect(await isStale(), file).toBe(true);
      await writeFile(join(copy, file), '');
    }
    expect(await isStale()).toBe(false);
  });
});

test('the build has an entry for every worker that the core starts by name', async () => {
  const started = await readFile('src/core/platform/worker-url.ts', 'utf8');
  const names = [...started.matchAll(/^  '([a-z-]+)': '\.\.\/(.+)',$/gm)];
  const config = await readFile('electron.vite.config.ts', 'utf8');
  expect(names.length).toBeGreaterThan(3);
  for (const [, name, path] of names) {
    expect(config).toContain(`'${name}': from('src/core/${path}')`);
    expect(existsSync(join('src', 'core', path ?? '')), path).toBe(true);
  }
});

describe('npm start without a display', () => {
  test('says why in one line, serves the app, and stops cleanly', async () => {
    const home = await mkdtemp(join(tmpdir(), 'countersign-home-'));
    const { DISPLAY: _, WAYLAND_DISPLAY: __, ...environment } = process.env;
    // Under the old Node where there is one, since that is what a fresh machine has.
    const child = spawn(oldNode ?? process.execPath, ['scripts/start.mjs'], {
      env: { ...environment, COUNTERSIGN_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    try {
      const lines: string[] = [];
      let link: string | null = null;
      for await (const line of createInterface({ input: child.stdout })) {
        lines.push(line);
        link ??= /http:\/\/127\.0\.0\.1:\d+\/\?key=\S+/.exec(line)?.[0] ?? null;
        if (link !== null && line.includes('Ctrl-C')) break;
      }
      expect(lines[0]).toBe(
        'No window, because there is no display: Countersign runs in the browser instead.',
      );
      expect(link).not.toBeNull();
      const page = await fetch(link ?? '');
      expect(page.status).toBe(200);
      const refused = await fetch(link ?? '');
      expect(refused.status).toBe(403);
      // As a terminal's Ctrl-C: to every process at once.
      process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
      const code = await new Promise((done) => child.once('exit', done));
      expect(code).toBe(0);
      expect(errors.replace(/^Building Countersign.*\n/, '')).toBe('');
    } finally {
      if (child.exitCode === null) process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
      await rm(home, { recursive: true, force: true });
    }
  });
});

describe('the server as a program', () => {
  const serve = (...words: string[]) => run(process.execPath, ['src/server/index.ts', ...words]);

  test('says in one line what is wrong', () => {
    for (const [words, message] of [
      [['--port', '99999'], /99999 is no port/],
      [['--port', 'x'], /x is no port/],
      [['--workspace', '/no/such/workspace', '--port', '0'], /./],
      [['--unknown'], /Unknown option '--unknown'/],
    ] as const) {
      const { status, stdout, stderr } = serve(...words);
      expect(status, words.join(' ')).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(message);
      expect(
        stderr
          .trimEnd()
          .split('\n')
          .filter((line) => !line.startsWith('{')),
      ).toHaveLength(1);
    }
  });

  test('stops when it is told so while it starts', async () => {
    const home = await mkdtemp(join(tmpdir(), 'countersign-home-'));
    const program = fileURLToPath(new URL('../support/server-told-to-stop.ts', import.meta.url));
    const words = [program, '--home', home, '--port', '0'];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const impatient = setTimeout(() => child.kill('SIGKILL'), 20_000);
    try {
      const code = await new Promise((done) => child.once('close', done));
      expect(code).toBe(0);
      expect(printed).toBe('');
    } finally {
      clearTimeout(impatient);
      await rm(home, { recursive: true, force: true });
    }
  });

  test('explains its options', () => {
    expect(serve('--help').stdout).toContain('--workspace DIR');
  });
});
