import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type ScannedPiece, createArchiveScan } from '../../src/core/features/archive/scan/index.ts';
import { type FoldName, foldSets, splitWindow } from '../../src/core/features/screening/index.ts';
import { EntryOptions, LexiconSettings } from '../../src/core/features/screening/rules/model.ts';
import { createLineSource } from '../benchmarks/import/generate.ts';
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
        confidence: 1,
        rule: null,
        parts: null,
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
      'file,line,msgid,conversation,from,msgtime,field,term,category,severity,start,end,text,folds,confidence,rule,parts',
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
    expect(warned.stderr).toContain(
      'one.txt:1: "保" is a single character: it will match much that is harmless',
    );
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

describe('the folds of scan', () => {
  async function hits(content: string, ...options: string[]) {
    const archive = await file('folds.jsonl', `${message('m1', content)}\n`);
    const lexicon = await file('folds.txt', '保本保息\n');
    const result = await runCli(['scan', '--lexicon', lexicon, ...options, archive]);
    expect(result.stderr).toBe('');
    return result.json().map((hit) => {
      const { text, folds, confidence } = hit as { text: string; folds: string[]; confidence: number };
      return { text, folds, confidence };
    });
  }

  it.each([
    ['保本保息', ['none'], { text: '保本保息', folds: [], confidence: 1 }],
    ['保-本保息', ['none'], null],
    ['保-本保息', ['standard'], { text: '保-本保息', folds: ['filler'], confidence: 0.9 }],
    ['保-本保息', ['width,case'], null],
    ['保-本保息', ['case, filler'], { text: '保-本保息', folds: ['filler'], confidence: 0.9 }],
    ['宝本宝息', ['standard'], null],
    ['宝本宝息', ['all'], { text: '宝本宝息', folds: ['homophones'], confidence: 0.6 }],
    ['问问bbbx的', ['all'], { text: 'bbbx', folds: ['pinyin'], confidence: 0.7 }],
  ])('%s with %s', async (content, [folds], expected) => {
    expect(await hits(content, '--folds', String(folds))).toEqual(expected === null ? [] : [expected]);
  });

  it('are standard unless said, whatever a lexicon says of its terms; lexicon gives it its way', async () => {
    const archive = await file('own.jsonl', `${message('m1', '保-本保息，宝本宝息')}\n`);
    const lexicon = await file(
      'own.json',
      JSON.stringify({
        settings: { folds: [] },
        terms: [{ text: '保本保息', options: { foldsOn: ['homophones'] } }],
      }),
    );
    const texts = async (...options: string[]) =>
      (await runCli(['scan', '--lexicon', lexicon, ...options, archive]))
        .json()
        .map((hit) => (hit as { text: string }).text);
    expect(await texts()).toEqual(['保-本保息']);
    expect(await texts('--folds', 'standard')).toEqual(['保-本保息']);
    expect(await texts('--folds', 'lexicon')).toEqual(['宝本宝息']);
  });

  it.each(['none,all', 'standard,all', 'lexicon,width', 'width,none', 'all,pinyin', 'standard, standard'])(
    '%s is refused: it says two things',
    async (folds) => {
      const result = await runCli(['scan', '--folds', folds, 'x.jsonl']);
      expect(result.code).toBe(2);
      expect(result.stderr).toMatch(/"(?:none|all|lexicon|standard)" can't be combined/);
    },
  );

  it.each([
    'Standard,同音字',
    'STANDARD, Homophones',
    '全半角与兼容字形,夹杂符号,同音',
    'split across messages,Homophones',
    'Look-alikes and aliases, 拆成多条消息，同音字',
    'ALL',
  ])('%s names them as screens, tables and people do', async (folds) => {
    expect(await hits('宝本宝息', '--folds', folds)).toHaveLength(1);
  });

  it('have the name that says what split is', async () => {
    const archive = await file(
      'parts.jsonl',
      ['保本', '保息'].map((content, index) => `${message(`m${index}`, content)}\n`).join(''),
    );
    const lexicon = await file('parts.txt', '保本保息\n');
    for (const folds of ['split across messages', 'Split', '分条发送']) {
      const result = await runCli(['scan', '--lexicon', lexicon, '--folds', folds, archive]);
      expect({ folds, hits: result.json().length }).toEqual({ folds, hits: 1 });
    }
  });

  it('add to standard by name', async () => {
    expect(await hits('宝本宝息', '--folds', 'standard,homophones')).toHaveLength(1);
  });

  it('that do not exist are refused, with the list of those that do', async () => {
    const result = await runCli(['scan', '--folds', 'width,sound', 'x.jsonl']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('There is no fold "sound"');
    expect(result.stderr).toContain('homophones');
    expect((await runCli(['scan', '--folds', '', 'x.jsonl'])).code).toBe(2);
    expect((await runCli(['scan', '--time-zone', 'Moon/Crater', 'x.jsonl'])).code).toBe(2);
  });

  it('find what is split across messages, and say where each part stands', async () => {
    const at = (seconds: number) => ({ msgtime: 1_790_000_000_000 + seconds * 1000 });
    const lines = [
      message('m1', '加我私人微', at(0)),
      message('m2', '中间的人说话', { ...at(5), from: 'wmAAAA', tolist: ['linxiaolan'] }),
      message('m3', '信，聊聊', at(10)),
      message('m4', '私人微', at(300)),
      message('m5', '信', at(500)),
    ];
    const archive = await file('split.jsonl', `${lines.join('\n')}\n`);
    const lexicon = await file('split.txt', '私人微信\n');
    const scan = (...options: string[]) => runCli(['scan', '--lexicon', lexicon, ...options, archive]);
    const result = await scan('--folds', 'split');
    expect(result.json()).toEqual([
      expect.objectContaining({
        line: 3,
        msgid: 'm3',
        field: 'text.content',
        text: '信',
        start: 0,
        end: 1,
        folds: ['split'],
        confidence: 0.85,
        parts: [
          { msgid: 'm1', start: 2, end: 5, text: '私人微' },
          { msgid: 'm3', start: 0, end: 1, text: '信' },
        ],
      }),
    ]);
    expect((await scan()).json()).toEqual([]);
    const csv = await scan('--folds', 'all', '--format', 'csv');
    expect(csv.stdout).toContain('"[{""msgid"":""m1"",""start"":2');
  });

  it('find what is split over as many messages and seconds as they are told', async () => {
    const sent = [
      ['私人', 0],
      ['微', 1],
      ['信', 2],
      ['私人微', 1000],
      ['信', 1200],
    ] as const;
    const lines = sent.map(([text, seconds], index) =>
      message(`m${index}`, text, { msgtime: 1_790_000_000_000 + seconds * 1000 }),
    );
    const archive = await file('window.jsonl', `${lines.join('\n')}\n`);
    const lexicon = await file('window.txt', '私人微信\n');
    const scan = (...window: string[]) =>
      runCli(['scan', '--lexicon', lexicon, '--folds', 'split', ...window, archive]);
    const hits = (...msgids: string[]) => msgids.map((msgid) => expect.objectContaining({ msgid }));
    expect((await scan()).json()).toEqual(hits('m2'));
    expect((await scan('--split-messages', '2')).json()).toEqual([]);
    expect((await scan('--split-messages', '3', '--split-seconds', '199')).json()).toEqual(hits('m2'));
    expect((await scan('--split-messages', '2', '--split-seconds', '200')).json()).toEqual(hits('m4'));
    for (const window of [
      ['--split-messages', '1'],
      ['--split-seconds', '0.5'],
    ]) {
      const refused = await scan(...window);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('It must be a whole number from');
    }
  });

  it('leave rules, exemptions and scopes of a lexicon as they are', async () => {
    const lines = [
      message('m1', '我要投诉', { from: 'wmAAAA', tolist: ['linxiaolan'] }),
      message('m2', '您要投诉吗'),
      message('m3', '本产品不保本'),
      message('m4', '加我，换个微信聊'),
      message('m5', '夜里的话', { msgtime: Date.parse('2026-03-01T23:30:00+08:00') }),
      message('m6', '白天的话', { msgtime: Date.parse('2026-03-01T11:30:00+08:00') }),
      message('m7', '群里好', { roomid: 'wrROOM' }),
    ];
    const archive = await file('rules.jsonl', `${lines.join('\n')}\n`);
    const words = (word: string) => ({ kind: 'words', words: [word] });
    const lexicon = await file(
      'rules.json',
      JSON.stringify([
        { text: '投诉', options: { scope: { speaker: 'customer' } } },
        { text: '保本', options: { notWhen: [{ phrase: '不保本' }] } },
        {
          text: '私下联系',
          options: { rule: { kind: 'near', first: words('加我'), second: words('微信'), within: 5 } },
        },
        { text: '的话', options: { scope: { hours: { from: '22:00', to: '06:00' } } } },
        { text: '群里', options: { scope: { channel: 'group' } } },
      ]),
    );
    const found = async (...options: string[]) =>
      (await runCli(['scan', '--lexicon', lexicon, ...options, archive])).json().map((hit) => {
        const { msgid, term, rule } = hit as { msgid: string; term: string; rule: string | null };
        return [msgid, term, rule];
      });
    expect(await found()).toEqual([
      ['m1', '投诉', null],
      ['m4', '私下联系', 'near'],
      ['m5', '的话', null],
      ['m7', '群里', null],
    ]);
    expect(await found('--time-zone', 'America/New_York')).toContainEqual(['m6', '的话', null]);
  });

  it('refuse a lexicon with a rule that can never match', async () => {
    const archive = await file('any.jsonl', `${message('m1', '保本')}\n`);
    const rule = {
      kind: 'near',
      first: { kind: 'term', text: '没有' },
      second: { kind: 'term', text: '保本' },
      within: 3,
    };
    const lexicon = await file('missing.json', JSON.stringify(['保本', { text: '规则', options: { rule } }]));
    const result = await runCli(['scan', '--lexicon', lexicon, archive]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(
      '"规则" names the entry "没有", which is not in this lexicon, or is switched off',
    );
  });
});

describe('messages made to hurt', () => {
  it('are screened in time, with at most so many hits of one, and that is said', async () => {
    const archive = await file(
      'hurt.jsonl',
      `${[
        message('m1', '保本'.repeat(500_000)),
        message('m2', '-'.repeat(1_000_000)),
        message('m3', '\ud800保\udc00本\ud800'),
        message('m4', `保${'　'.repeat(1_000_000)}本`),
        message('m5', '保本'),
      ].join('\n')}\n`,
    );
    const lexicon = await file('hurt.txt', '保本\n');
    const result = await runCli(['scan', '--lexicon', lexicon, '--folds', 'none', archive]);
    expect(result.code).toBe(0);
    expect(result.stderr).toBe(
      `${archive}:1: message "m1": cut: it has more than the 1000 hits that are given of one message; ` +
        'given are the first of each entry, then the gravest\n',
    );
    const ids = result.json().map((hit) => (hit as { msgid: string }).msgid);
    expect(ids.filter((id) => id === 'm1')).toHaveLength(1000);
    expect(ids.slice(1000)).toEqual(['m5']);
    const all = await runCli([
      'scan',
      '--lexicon',
      lexicon,
      '--folds',
      'all',
      '--format',
      'summary',
      archive,
    ]);
    expect(all.code).toBe(0);
    expect(all.stdout).toMatch(/messages +5\nquarantined +0\nhits +\d+\ncut +1\n/);
  });
});

describe('a grave hit behind a flood of others', () => {
  const critical = { text: '保本保息', severity: 'critical' } as const;

  it('is given, and fails the scan, whatever stands before it', async () => {
    const archive = await file(
      'padded.jsonl',
      `${message('m1', `${'零风险，'.repeat(1_001)}保本保息，加我私人微信`)}\n`,
    );
    const packs = await runCli(['scan', '--fail-on', 'critical', archive]);
    expect(packs.code).toBe(1);
    expect(packs.stderr).toContain('message "m1": cut: it has more than the 1000 hits');
    const hits = packs.json() as { severity: string; text: string; start: number }[];
    expect(hits).toHaveLength(1_000);
    expect(hits.some(({ severity, text }) => severity === 'critical' && text.startsWith('保本'))).toBe(true);
    expect(hits.map(({ start }) => start)).toEqual(hits.map(({ start }) => start).toSorted((a, b) => a - b));
  });

  it('is given behind 12,000 lighter entries that hit once each', async () => {
    const words = Array.from({ length: 12_000 }, (_, index) => `词${index.toString(36).padStart(4, '0')}尾`);
    const lexicon = await file(
      'light.json',
      JSON.stringify([...words.map((text) => ({ text, severity: 'info' })), critical]),
    );
    const archive = await file('light.jsonl', `${message('m1', `${words.join('，')}，保本保息`)}\n`);
    const result = await runCli(['scan', '--lexicon', lexicon, '--fail-on', 'high', archive]);
    expect(result.code).toBe(1);
    expect(result.json()).toContainEqual(expect.objectContaining({ text: '保本保息', severity: 'critical' }));
  });

  it('is given of each lexicon, whatever the other one has', async () => {
    const exempt = { notWhen: [{ phrase: '不保本' }] };
    const grave = await file(
      'grave.json',
      JSON.stringify([{ text: '保本', severity: 'high', options: exempt }]),
    );
    const light = await file('light.json', JSON.stringify([{ text: '保本', severity: 'info' }]));
    const archive = await file('both.jsonl', `${message('m1', '保本，好。'.repeat(11_000))}\n`);
    const result = await runCli(['scan', '--lexicon', light, '--lexicon', grave, archive]);
    const found = (result.json() as { severity: string }[]).map(({ severity }) => severity);
    expect(found.filter((severity) => severity === 'high')).toHaveLength(999);
    expect(found.filter((severity) => severity === 'info')).toHaveLength(1);
  });

  it('names the work that was spent, where that is the reason', async () => {
    const lexicon = await file(
      'work.json',
      JSON.stringify([
        '加我',
        // Each match has to read to the end of the text before it can be told where it ends.
        { text: '规则', options: { rule: { kind: 'pattern', pattern: '加我(?:.*九)?' } } },
      ]),
    );
    const archive = await file('work.jsonl', `${message('m9', '加我小号'.repeat(250_000))}\n`);
    const result = await runCli(['scan', '--lexicon', lexicon, '--folds', 'none', archive]);
    expect(result.stderr).toContain('message "m9": cut: finding its hits takes more work');
  });
});

describe('a large file', () => {
  const entries = ['理财', '风险测评', '收益'].map((text) => ({
    text,
    options: EntryOptions.parse({}),
    settings: LexiconSettings.parse({}),
  }));
  const pieces = async (
    path: string,
    options: Parameters<typeof createArchiveScan>[0],
    force: FoldName[] | null,
  ) => {
    const start = { entries, suppressions: [], force };
    const scan = createArchiveScan(options);
    scan.setUp({ start, timeZone: 'Asia/Shanghai', window: splitWindow });
    const all: ScannedPiece[] = [];
    try {
      for await (const piece of scan.scan(path, basename(path), () => {})) all.push(piece);
    } finally {
      await scan.close();
    }
    return {
      pieces: all.length,
      messages: all.reduce((sum, piece) => sum + piece.messages, 0),
      quarantine: all.flatMap((piece) => piece.quarantine),
      hits: all.flatMap((piece) => piece.hits),
      cut: all.flatMap((piece) => piece.cut),
    };
  };

  it.each([[777], [20_000], [2 ** 20]])(
    'read in segments of %s bytes gives what one thread gives',
    async (segmentBytes) => {
      const line = createLineSource(5);
      const lines = Array.from({ length: 600 }, (_, index) => {
        if (index % 97 === 0) return '{"msgid": "broken';
        if (index % 89 === 0) return '';
        if (index % 83 === 0) return `{"seq":1,"message":${line(index)}}`;
        if (index === 300) return message('long', '风险'.repeat(30_000));
        return line(index);
      });
      const bytes = Buffer.concat([
        Buffer.from(lines.join('\n')),
        Buffer.from([0x0a, 0x7b, 0xff, 0x7d, 0x0d, 0x0a]),
        Buffer.from(message('last', '理财')),
      ]);
      const path = await file(`segments-${segmentBytes}.jsonl`, bytes);
      const folds = [...foldSets.standard];
      const { pieces: count, ...parallel } = await pieces(
        path,
        { workers: 2, largeBytes: 0, segmentBytes },
        folds,
      );
      const { pieces: _one, ...alone } = await pieces(path, { workers: 1 }, folds);
      expect(count).toBe(Math.ceil(bytes.length / segmentBytes));
      expect(parallel).toEqual(alone);
      expect(alone.hits.length).toBeGreaterThan(100);
      expect(alone.hits.at(-1)?.msgid).toBe('last');
      expect(alone.quarantine.length).toBeGreaterThan(6);
      const lastLine = bytes.toString('latin1').split('\n').length;
      expect(alone.hits.at(-1)?.line).toBe(lastLine);
    },
  );

  it('is read in order where messages are joined to those before them', async () => {
    const line = createLineSource(9);
    const at = (index: number) => ({ msgtime: 1_790_000_000_000 + index * 1000 });
    const lines = Array.from({ length: 400 }, (_, index) =>
      index % 4 === 0
        ? line(index)
        : message(`m${index}`, ['说收', '益', '\ud83d理'][index % 3] ?? '', at(index)),
    );
    const path = await file('joined.jsonl', `${lines.join('\n')}\n`);
    const folds: FoldName[] = ['split', 'filler'];
    const { pieces: count, ...segments } = await pieces(
      path,
      { workers: 2, largeBytes: 0, segmentBytes: 3_000 },
      folds,
    );
    const { pieces: _one, ...alone } = await pieces(path, { workers: 1 }, folds);
    expect(count).toBeGreaterThan(20);
    expect(segments).toEqual(alone);
    expect(alone.hits.filter((hit) => hit.parts !== null).length).toBeGreaterThan(50);
  });

  it('can be left in the middle', async () => {
    const path = await file('left.jsonl', `${message('m1', '理财')}\n`.repeat(200));
    const scan = createArchiveScan({ workers: 2, largeBytes: 0, segmentBytes: 1_000 });
    await scan.warmUp([path]);
    scan.setUp({
      start: { entries, suppressions: [], force: [] },
      timeZone: 'Asia/Shanghai',
      window: splitWindow,
    });
    const parts = scan.scan(path, 'left.jsonl', () => {});
    expect((await parts.next()).done).toBe(false);
    await parts.return(undefined);
    await scan.close();
  });
});
