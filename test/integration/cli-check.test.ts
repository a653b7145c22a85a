import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { runCli } from '../support/cli.ts';
import { docxParts, paragraph, qrCode, simplePdf, zipOf } from '../support/document-fixtures.ts';

let folder: string;
let register: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-check-'));
  register = await file(
    'products.csv',
    '产品代码,产品名称,产品类型,业绩比较基准\nX1,鑫享周周盈,理财,3.1%\nX2,易捷消费贷,贷款,\nX3,坏的,期货,\n',
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const Line = z.strictObject({
  level: z.enum(['block', 'warn', 'note']),
  rule: z.string(),
  basis: z.string(),
  start: z.number(),
  end: z.number(),
  text: z.string(),
  message: z.string().regex(/^.+[.。：].*$/su),
});
const risk = '理财非存款，产品有风险，投资须谨慎。';

describe('countersign check', () => {
  it('prints one object per finding with exactly its keys, and exits with 1 for a block', async () => {
    const text = '早上好。\r\n这款保本保息，年化5.2%。';
    const result = await runCli(['check', await file('a.txt', text)]);
    const lines = result.json().map((line) => Line.parse(line));
    expect(result).toMatchObject({ code: 1, stderr: '' });
    const promise = lines.find(({ text: found }) => found === '保本保息');
    expect(promise).toMatchObject({
      level: 'block',
      rule: 'lexicon',
      basis: '《广告法》第二十五条第（一）项',
    });
    // Offsets are those of the text that was read, whose line ends are \n.
    expect(text.replaceAll('\r\n', '\n').slice(promise?.start, promise?.end)).toBe('保本保息');
  });

  it('exits with 0 where nothing is found, or nothing that blocks', async () => {
    expect(await runCli(['check', await file('b.txt', '您好，请到网点咨询。')])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    });
    const links = await runCli(['check', await file('c.txt', '见 www.lanhubank.com.cn')]);
    expect(links.json()).toMatchObject([{ level: 'note', rule: 'link-unchecked' }]);
    expect(links.code).toBe(0);
  });

  it('goes by the type of product, in either language', async () => {
    const path = await file('d.txt', '新品上线，欢迎咨询');
    for (const product of ['理财', 'wealth-management'])
      expect((await runCli(['check', path, '--product', product])).json()).toMatchObject([
        { level: 'block', rule: 'disclosure-missing', start: 0, end: 0 },
      ]);
    expect((await runCli(['check', path, '--product', '存款'])).json()).toEqual([]);
  });

  it('compares with the sheet of a register’s product', async () => {
    const path = await file('e.txt', `鑫享周周盈，年化5.2%。${risk}`);
    const result = await runCli(['check', path, '--product', 'X1', '--products', register]);
    expect(result.json()).toMatchObject([{ rule: 'fact-differs', text: '5.2%', level: 'block' }]);
    expect(result.stderr).toContain('products.csv:4: passed over: unknown-type: 期货');
  });

  it('names file and part where there are several files', async () => {
    const paths = [
      await file('f.txt', '保本保息'),
      await file('g.txt', '你好'),
      await file('h.txt', '稳赚不赔'),
    ];
    const result = await runCli(['check', ...paths]);
    expect(result.json().map((line) => z.object({ file: z.string(), part: z.string() }).parse(line))).toEqual(
      expect.arrayContaining([
        { file: paths[0], part: 'body' },
        { file: paths[2], part: 'body' },
      ]),
    );
  });

  it('prints lines for people', async () => {
    const path = await file('i.txt', `${risk}\n见 evil.top`);
    const result = await runCli(['check', path, '--allow', 'lanhubank.com.cn', '--format', 'text']);
    expect(result.stdout).toMatch(
      /i\.txt:2:3: block: The address evil\.top is not on the list of allowed domains\./,
    );
    expect(result.code).toBe(1);
  });

  it('says what a type asks for that a file does not have', async () => {
    const result = await runCli(['check', await file('j.txt', '财经早报'), '--type', 'article']);
    expect(result.json()).toMatchObject([{ rule: 'field-to-fill' }, { rule: 'field-to-fill' }]);
    expect(result.code).toBe(0);
  });

  it('reads GBK', async () => {
    const gbk = Buffer.from('b1a3b1beb1a3cfa2', 'hex');
    expect((await runCli(['check', await file('k.txt', gbk)])).json()).toMatchObject([{ text: '保本保息' }]);
  });

  it('reads HTML, with its links, and says an address once', async () => {
    const page =
      '<html><body><h1>早报</h1><p>保本<b>保息</b></p><a href="https://evil.top/a">看这里</a>' +
      '<a href="https://evil.top/b">https://evil.top/b</a><a href="detail.html">详情</a></body></html>';
    const path = await file('page.html', page);
    const result = await runCli(['check', path, '--allow', 'lanhubank.com.cn']);
    expect(result.json()).toMatchObject([
      { rule: 'lexicon', text: '保本保息' },
      { rule: 'link-not-allowed', text: 'https://evil.top/b' },
      { rule: 'link-not-allowed', text: 'https://evil.top/a', start: 0, end: 0 },
    ]);
  });

  it('reads DOCX and PDF, and the codes in them', async () => {
    const docx = await file('a.docx', await zipOf(docxParts(paragraph('早上好') + paragraph('保本保息'))));
    expect((await runCli(['check', docx])).json()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'lexicon', text: '保本保息', start: 4, end: 8 }),
      ]),
    );
    const code = await qrCode('https://evil.top/qr');
    const pdf = await file('a.pdf', simplePdf(['risk-free'], code));
    const result = await runCli(['check', pdf, '--allow', 'bank.example']);
    expect(result.json().map((line) => z.object({ rule: z.string(), text: z.string() }).parse(line))).toEqual(
      expect.arrayContaining([
        { rule: 'lexicon', text: 'risk-free' },
        { rule: 'qr-link-not-allowed', text: 'https://evil.top/qr' },
      ]),
    );
  }, 60_000);

  it('warns only of a disclosure that a picture may show', async () => {
    const code = await qrCode('https://lanhubank.com.cn');
    const path = await file('poster.png', code.png);
    const result = await runCli(['check', path, '--product', '理财', '--allow', 'lanhubank.com.cn']);
    expect(result.code).toBe(0);
    expect(result.json().map((line) => z.object({ level: z.string() }).parse(line).level)).not.toContain(
      'block',
    );
  }, 60_000);

  it('exits with 2 for what can’t be read, names it, and still checks the rest', async () => {
    const good = await file('l.txt', '保本保息');
    const empty = await file('empty.txt', '');
    const broken = await file('broken.docx', 'PK\u0003\u0004 nothing');
    const result = await runCli(['check', join(folder, 'missing.txt'), folder, empty, broken, good]);
    expect(result.code).toBe(2);
    expect(result.json()).toMatchObject([{ file: good, text: '保本保息' }]);
    expect(result.stderr.trim().split('\n')).toEqual([
      expect.stringContaining('missing.txt: there is no such file'),
      expect.stringContaining('this is a folder'),
      expect.stringContaining('empty.txt'),
      expect.stringMatching(/broken\.docx: .*\./),
    ]);
  });

  it.each([
    [['--product', '期货'], 'neither a product type nor the code'],
    [['--allow', 'https://a.com'], 'is no domain'],
    [['--type', 'letter'], 'must be one of'],
    [['--format', 'xml'], 'Allowed choices'],
    [['--products', '/nowhere.csv'], 'no such file'],
  ])('refuses %j', async (options, reason) => {
    const result = await runCli(['check', await file('m.txt', '你好'), ...options]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(reason);
  });
});
