import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { runCli } from '../support/cli.ts';
import { contactEvent, csv, customerIds, eventsXml } from '../support/feeds.ts';

const admin = { COUNTERSIGN_USER: 'chen', COUNTERSIGN_PASSWORD: 'qiuye-2026-luodi' };

let folder: string;
let workspace: string;
let archive: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-cli-'));
  workspace = join(folder, 'workspace');
  archive = join(folder, 'archive.jsonl');
  const entry = (msgid: string, content: string) =>
    JSON.stringify({
      msgid,
      action: 'send',
      from: 'linxiaolan',
      tolist: ['wmAAAA'],
      roomid: '',
      msgtime: 1_790_000_000_000,
      msgtype: 'text',
      text: { content },
    });
  await writeFile(
    archive,
    [entry('m1', '这款保本保息'), entry('m2', '好的'), entry('m1', '这款保本保息'), '{"broken'].join('\n'),
  );
  const made = await runCli(['workspace', 'create', workspace, '--admin', 'chen', '--title', '测试'], admin);
  expect(made).toMatchObject({ code: 0, stderr: '' });
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the command line on a workspace', () => {
  it('imports, and the numbers add up: read = imported + duplicates + quarantined', async () => {
    const first = await runCli(['import', archive, '--workspace', workspace, '--json'], admin);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/^archive\.jsonl: line 4 is in quarantine: .+\n$/);
    const counts = { read: 4, imported: 2, duplicates: 1, quarantined: 1 };
    expect(first.json()).toEqual([
      expect.objectContaining({
        ...counts,
        files: [expect.objectContaining({ name: 'archive.jsonl', ...counts })],
      }),
    ]);
    const again = await runCli(['import', archive, '--workspace', workspace, '--json'], admin);
    expect(again.json()).toEqual([
      expect.objectContaining({ read: 4, imported: 0, duplicates: 3, quarantined: 1 }),
    ]);
  });

  it('imports feeds of a day, and names the kind of each', async () => {
    const files = {
      'list.json': JSON.stringify(customerIds('chenxiao', ['wmCliA', 'wmCliB'])),
      'events.xml': eventsXml([contactEvent('del_follow_user', { userid: 'chenxiao', customer: 'wmCliA' })]),
      'people.csv': csv(['工号', '姓名'], [['chenxiao', '陈晓']]),
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const paths = Object.keys(files).map((name) => join(folder, name));
    const args = ['--workspace', workspace, '--as-of', '2026-03-02'];
    expect((await runCli(['import', ...paths, ...args], admin)).stdout).toBe(
      'list.json (customers): read 2, imported 2, duplicates 0, quarantined 0\n' +
        'events.xml (events): read 1, imported 1, duplicates 0, quarantined 0\n' +
        'people.csv (roster): read 1, imported 1, duplicates 0, quarantined 0\n' +
        'all: read 4, imported 4, duplicates 0, quarantined 0\n',
    );
    const [list = ''] = paths;
    const again = await runCli(['import', list, ...args, '--kind', 'customers'], admin);
    expect(again.stdout).toContain('duplicates 2');
    const wrong = await runCli(['import', list, ...args, '--kind', 'groups'], admin);
    expect(wrong.stdout).toBe('list.json (groups): read 1, imported 0, duplicates 0, quarantined 1\n');
    expect(wrong.stderr).toContain('list.json: line 1 is in quarantine: this is customers, not groups');
    for (const day of ['2026-02-30', 'yesterday']) {
      const refused = await runCli(['import', list, '--workspace', workspace, '--as-of', day], admin);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('YYYY-MM-DD');
    }
  });

  it('says what is in quarantine and what brought nothing, without an app', async () => {
    const write = async (name: string, content: string) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    };
    const args = ['--workspace', workspace];
    const errors = Array.from(
      { length: 5 },
      (_, code) => `{"errcode":4000${code + 1},"errmsg":"no\\u001b[1mgo"}`,
    );
    const many = await runCli(['import', await write('errors.jsonl', errors.join('\n')), ...args], admin);
    expect(many).toMatchObject({
      code: 0,
      stdout: 'errors.jsonl (unknown): read 5, imported 0, duplicates 0, quarantined 5\n',
    });
    expect(many.stderr).toBe(
      'errors.jsonl: line 1 is in quarantine: errcode 40001: no [1mgo\n' +
        'errors.jsonl: line 2 is in quarantine: errcode 40002: no [1mgo\n' +
        'errors.jsonl: line 3 is in quarantine: errcode 40003: no [1mgo\n' +
        '2 more in quarantine: Imports in the app lists them all.\n',
    );

    const page = await runCli(
      ['import', await write('page.json', '{"errcode":0,"info":[]}'), ...args],
      admin,
    );
    expect(page.code).toBe(0);
    expect(page.stderr).toMatch(/^page\.json: read as unassigned, and there is no record in it: .+\n$/);

    const nothing = await runCli(['import', await write('nothing.json', '[]'), ...args], admin);
    expect(nothing).toMatchObject({
      code: 2,
      stdout: 'nothing.json (unknown): read 0, imported 0, duplicates 0, quarantined 0\n',
    });
    expect(nothing.stderr).toMatch(/^countersign: nothing\.json: nothing\.json holds no record.+--kind.+\n$/);

    const absent = ['import', join(folder, 'absent.json'), ...args, '--kind', 'customers'];
    expect((await runCli(absent, admin)).stdout).toContain('absent.json (customers): read 0');
  });

  it('screens what is new and prints the hits in the same words as scan', async () => {
    const screened = await runCli(['screen', '--workspace', workspace, '--json'], admin);
    expect(screened).toMatchObject({ code: 0, stderr: '' });
    const again = await runCli(['screen', '--workspace', workspace, '--json'], admin);
    expect(again.json()).toEqual([expect.objectContaining({ messages: 0, hits: 0 })]);
    const hits = (await runCli(['hits', '--workspace', workspace, '--format', 'jsonl'], admin)).json();
    const scanned = (await runCli(['scan', archive])).json();
    const place = (hit: unknown) => {
      const { msgid, conversation, from, msgtime, field, term, category, severity, start, end, text, folds } =
        hit as Record<string, unknown>;
      return { msgid, conversation, from, msgtime, field, term, category, severity, start, end, text, folds };
    };
    // `scan` reads the file, where m1 stands twice; the archive holds it once.
    const once = new Map(scanned.map((hit) => [JSON.stringify(place(hit)), place(hit)]));
    expect(hits.map(place)).toEqual(expect.arrayContaining([...once.values()]));
    expect(hits).toHaveLength(once.size);
    expect(hits[0]).toMatchObject({ state: 'open', decidedBy: null });
  });

  it('verifies the log, describes, checks and copies the workspace', async () => {
    const verified = await runCli(['audit', 'verify', '--workspace', workspace, '--json'], admin);
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.json()).toEqual([expect.objectContaining({ ok: true, problems: [] })]);
    const info = await runCli(['workspace', 'info', workspace, '--json'], admin);
    expect(info.json()).toEqual([expect.objectContaining({ title: '测试', messages: 2, holder: null })]);
    const copy = join(folder, 'copy');
    expect((await runCli(['workspace', 'backup', workspace, copy], admin)).code).toBe(0);
    expect((await runCli(['workspace', 'check', copy], admin)).code).toBe(0);
    expect((await runCli(['workspace', 'backup', workspace, copy], admin)).code).toBe(2);
  });

  it('finds a stored file that was changed, and says so with exit code 1', async () => {
    const copy = join(folder, 'damaged');
    await runCli(['workspace', 'backup', workspace, copy], admin);
    const [blobFolder] = await readdir(join(copy, 'blobs'));
    const [blob] = await readdir(join(copy, 'blobs', blobFolder ?? ''));
    const path = join(copy, 'blobs', blobFolder ?? '', blob ?? '');
    await chmod(path, 0o600);
    await writeFile(path, `${await readFile(path, 'utf8')} `);
    const checked = await runCli(['workspace', 'check', copy], admin);
    expect(checked.code).toBe(1);
    expect(checked.stdout).toContain(blob);
  });

  it('is in the audit log under the name of the user who did it', async () => {
    const exported = await runCli(['hits', '--workspace', workspace], admin);
    expect(exported.code).toBe(0);
    const { openSession } = await import('../../src/cli/session.ts');
    const { processTerminal } = await import('../../src/cli/output.ts');
    const session = await openSession({ ...processTerminal, environment: admin }, workspace, 'shared');
    try {
      const { events } = await session.call('audit.list', { limit: 500 });
      const actions = events
        .filter((event) => event.userName === 'chen' && event.host === 'cli')
        .map((event) => event.action);
      expect(actions).toEqual(
        expect.arrayContaining([
          'users.signIn',
          'archive.startImport',
          'supervision.startScreening',
          'workspaces.backup',
        ]),
      );
    } finally {
      await session.close();
    }
  });

  it.each([
    ['a wrong password', { ...admin, COUNTERSIGN_PASSWORD: 'not-the-password' }],
    ['no user', {}],
    ['no password', { COUNTERSIGN_USER: 'chen' }],
  ])('refuses %s with exit code 2 and changes nothing', async (_what, environment) => {
    const result = await runCli(['import', archive, '--workspace', workspace, '--json'], environment);
    expect(result.code).toBe(2);
    expect(result.stdout).toBe('');
    expect(result.stderr).toMatch(/^countersign: .+\n$/);
  });

  it('names a missing file, and imports the others', async () => {
    const result = await runCli(
      ['import', archive, join(folder, 'absent.jsonl'), '--workspace', workspace],
      admin,
    );
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('absent.jsonl');
    expect(result.stdout).toContain('archive.jsonl (chat): read 4');
  });

  it('refuses to make a workspace where there is something, and a weak password', async () => {
    expect((await runCli(['workspace', 'create', workspace, '--admin', 'chen'], admin)).code).toBe(2);
    const weak = await runCli(['workspace', 'create', join(folder, 'weak'), '--admin', 'chen'], {
      COUNTERSIGN_PASSWORD: 'short',
    });
    expect(weak.code).toBe(2);
    await expect(stat(join(folder, 'weak'))).rejects.toThrow(/ENOENT/);
  });
});

const countersign = join(import.meta.dirname, '../../scripts/countersign.mjs');

describe('countersign scan', () => {
  it('does its work when nobody reads its complaints', async () => {
    const file = join(folder, 'mostly-broken.jsonl');
    const good = await readFile(archive, 'utf8');
    await writeFile(file, `${'{"broken\n'.repeat(900)}${good}`);
    const scan = spawn(process.execPath, [countersign, 'scan', '--fail-on', 'info', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    scan.stderr.destroy();
    let printed = '';
    scan.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const [code] = await once(scan, 'close');
    expect(code).toBe(1);
    expect(printed).toContain('"msgid":"m1"');
  });
});

describe('countersign serve', () => {
  let server: ChildProcess | null = null;

  afterAll(() => {
    server?.kill('SIGTERM');
  });

  /** Starts it and answers its address. */
  async function serve(): Promise<string> {
    server = spawn(process.execPath, [countersign, 'serve', '--workspace', workspace, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { stdout } = server;
    if (stdout === null) throw new Error('the server has no standard output');
    for await (const line of createInterface({ input: stdout })) {
      const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0];
      if (url !== undefined) return url;
    }
    throw new Error('the server printed no address');
  }

  /** Sends the signal to the command alone, not to the server below it; answers the command's exit code. */
  async function signal(name: NodeJS.Signals): Promise<unknown> {
    if (server === null) throw new Error('there is no server');
    const ended = once(server, 'exit');
    server.kill(name);
    const [code] = await ended;
    server = null;
    return code;
  }

  const holder = async () => {
    const [info] = (await runCli(['workspace', 'info', workspace, '--json'], admin)).json();
    return z.object({ holder: z.object({ processId: z.number() }).nullable() }).parse(info).holder;
  };

  it.each(['SIGINT', 'SIGHUP'] as const)('leaves no server behind when %s comes', async (name) => {
    await serve();
    expect(await signal(name)).toBe(0);
    expect(await holder()).toBeNull();
  });

  it('does not pass for a success when the server is killed', async () => {
    await serve();
    const { processId } = (await holder()) ?? {};
    if (server === null || processId === undefined) throw new Error('nobody holds the workspace');
    const ended = once(server, 'exit');
    process.kill(processId, 'SIGKILL');
    expect((await ended)[0]).toBe(2);
    server = null;
  });

  it('serves the workspace until it is told to stop; a second process is told who holds it', async () => {
    const url = await serve();
    const response = await fetch(new URL('api/users.signIn', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: new URL(url).origin },
      body: JSON.stringify({ userName: 'chen', password: admin.COUNTERSIGN_PASSWORD }),
    });
    expect(response.status).toBe(200);

    const second = await runCli(['import', archive, '--workspace', workspace], admin);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(userInfo().username);
    expect(second.stderr).toMatch(/process \d+/);
    // Commands that only look work beside it.
    expect((await runCli(['audit', 'verify', '--workspace', workspace], admin)).code).toBe(0);

    expect(await signal('SIGTERM')).toBe(0);
    expect((await runCli(['workspace', 'info', workspace, '--json'], admin)).json()).toEqual([
      expect.objectContaining({ holder: null }),
    ]);
  });
});
