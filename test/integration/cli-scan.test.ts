import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runCli } from '../support/cli.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-scan-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function message(msgid: string, content: string, extra: Record<string, unknown> = {}): string {
  return JSON.stringify({
    msgid,
    action: 'send',
    from: 'linxiaolan',
    tolist: ['wmAAAA'],
    roomid: '',
    msgtime: 1_790_000_000_000,
    msgtype: 'text',
    text: { content },
    ...extra,
  });
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('countersign scan', () => {
  it('prints one JSON object per hit, with exact offsets into the original', async () => {
    const text = '放心，😀保本保息，ＡＢ级';
    const archive = await file('hits.jsonl', `${message('m1', text)}\n${message('m2', '好的')}\n`);
    const lexicon = await file(
      'terms.csv',
      'term,category,severity,basis\n保本,承诺,high,广告法 §25\nab级,评级,low,x\n',
    );
    const result = await runCli(['scan', '--lexicon', lexicon, archive]);
    expect(result.stderr).toBe('');
    expect(result.code).toBe(0);
    expect(result.json()).toEqual([
      {
        file: archive,
        line: 1,
        msgid: 'm1',
        conversation: expect.any(String),
        from: 'linxiaolan',
        msgtime: 1_790_000_000_000,
        field: 'text.content',
        term: '保本',
        category: '承诺',
        severity: 'high',
        start: text.indexOf('保本'),
        end: text.indexOf('保本') + 2,
        text: '保本',
        folds: [],
      },
      expect.objectContaining({ term: 'ab级', text: 'ＡＢ级', start: 10, end: 13, folds: ['width', 'case'] }),
    ]);
  });

  it('uses the starter packs when no lexicon is named', async () => {
    const archive = await file('starter.jsonl', `${message('m1', '这款保本保息，加我私人微信')}\n`);
    const result = await runCli(['scan', archive]);
    expect(result.json().length).toBeGreaterThanOrEqual(2);
  });

  it('exits with 1 when a hit is as grave as --fail-on, and with 0 when none is', async () => {
    const archive = await file('grave.jsonl', `${message('m1', '保本')}\n`);
    const lexicon = await file('grave.csv', 'term,category,severity\n保本,承诺,medium\n');
    expect((await runCli(['scan', '--lexicon', lexicon, '--fail-on', 'medium', archive])).code).toBe(1);
    expect((await runCli(['scan', '--lexicon', lexicon, '--fail-on', 'high', archive])).code).toBe(0);
  });

  it('reports what it could not read line by line, and goes on', async () => {
    const archive = await file(
      'bad.jsonl',
      `${message('m1', '保本')}\n{"msgid":\n${message('m3', '保本')}\n`,
    );
    const result = await runCli(['scan', archive, '--format', 'summary']);
    expect(result.code).toBe(0);
    expect(result.stderr).toContain(`${archive}:2: quarantined: broken-json`);
    expect(result.stdout).toMatch(/entries +3\nmessages +2\nquarantined +1\n/);
  });

  it('prints CSV that a spreadsheet reads back', async () => {
    const archive = await file('quotes.jsonl', `${message('m1', '他说"保本, 真的"')}\n`);
    const lexicon = await file('quotes.txt', '# one term a line\n"保本, 真的"\n');
    const result = await runCli(['scan', '--lexicon', lexicon, '--format', 'csv', archive]);
    const [header, row] = result.stdout.split('\r\n');
    expect(header).toBe(
      'file,line,msgid,conversation,from,msgtime,field,term,category,severity,start,end,text,folds',
    );
    expect(row).toContain('"""保本, 真的"""');
  });

  it('reads several files, gzip and standard input', async () => {
    const plain = message('m1', '保本保息');
    const packed = await file('packed.jsonl.gz', gzipSync(`${message('m2', '保本保息')}\n`));
    const result = await runCli(['scan', '-', packed], {}, Readable.from([Buffer.from(`${plain}\n`)]));
    const files = new Set(result.json().map((hit) => (hit as { file: string }).file));
    expect([...files]).toEqual(['-', packed]);
  });

  it.each([
    ['nothing there', async () => join(folder, 'absent.jsonl')],
    ['an empty file', () => file('empty.jsonl', '')],
    [
      'a folder',
      async () => {
        const path = join(folder, 'folder');
        await mkdir(path, { recursive: true });
        return path;
      },
    ],
    [
      'no JSON at all',
      () => file('picture.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])),
    ],
    ['a gzip that was cut off', () => file('cut.gz', gzipSync('x'.repeat(100_000)).subarray(0, 60))],
  ])('exits with 2 for %s, says which file, and still reads the others', async (_what, make) => {
    const bad = await make();
    const good = await file('good.jsonl', `${message('m1', '保本保息')}\n`);
    const result = await runCli(['scan', bad, good]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(bad);
    expect(result.stderr.split('\n').filter((line) => line.startsWith('countersign: ')).length).toBe(1);
    expect(result.json().length).toBeGreaterThan(0);
  });

  it.each([
    [['scan']],
    [['scan', '--format', 'xml', 'a']],
    [['scan', '--fail-on', 'grave', 'a']],
    [['frobnicate']],
    [[]],
  ])('exits with 2 and says how it is used for %j', async (arguments_) => {
    const result = await runCli(arguments_);
    expect(result.code).toBe(2);
    expect(result.stdout).toBe('');
    expect(result.stderr).not.toBe('');
  });

  it.each(['scan', 'import', 'screen', 'hits', 'serve', 'workspace', 'audit', 'demo'])(
    '%s has its help',
    async (command) => {
      const result = await runCli([command, '--help']);
      expect(result.code).toBe(0);
      expect(result.stdout).toContain(`Usage: countersign ${command}`);
    },
  );

  it('warns of a one-character term and refuses a lexicon that is no lexicon', async () => {
    const archive = await file('one.jsonl', `${message('m1', '保')}\n`);
    const warned = await runCli(['scan', '--lexicon', await file('one.txt', '保\n'), archive]);
    expect(warned.stderr).toContain('one-character');
    expect(warned.json()).toHaveLength(1);
    const refused = await runCli(['scan', '--lexicon', await file('broken.json', '{"terms": 5}'), archive]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('broken.json');
  });

  it('prints nothing on stdout where nothing is found', async () => {
    const archive = await file('quiet.jsonl', `${message('m1', '今天天气不错')}\n`);
    expect((await runCli(['scan', archive])).stdout).toBe('');
  });
});

describe('the help of scan', () => {
  it('says the default of --lexicon once', async () => {
    const { code, stdout } = await runCli(['scan', '--help']);
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('(default: the starter packs)');
    expect(stdout).not.toContain('[]');
  });
});
