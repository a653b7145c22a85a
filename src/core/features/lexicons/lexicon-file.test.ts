import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AppError } from '../../contract/errors.ts';
import { checkEntries, compileScreener } from '../screening/index.ts';
import { TermInput } from './contract.ts';
import { readLexiconFile } from './lexicon-file.ts';
import { severities } from './model.ts';
import { newSettings, plainOptions, storedOptions } from './options.ts';
import { arbitraryOptions, arbitrarySettings } from '../../../../test/support/entry-arbitraries.ts';
import { fitsTable } from './table-options.ts';
import { testLexicon } from './test-lexicon.ts';
import { writeLexicon } from './write-lexicon.ts';

const utf8 = (text: string) => Buffer.from(text, 'utf8');

function read(content: string | Uint8Array, fileName: string) {
  return readLexiconFile(typeof content === 'string' ? utf8(content) : content, fileName);
}

function failureOf(content: string | Uint8Array, fileName: string): AppError {
  try {
    read(content, fileName);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the file was read without an error');
}

function errorOf(content: string | Uint8Array, fileName: string) {
  const { code, details } = failureOf(content, fileName);
  return { code, line: details['line'] ?? null };
}

/** What the renderer makes its sentence of. */
function problemIn(content: string, fileName: string) {
  return failureOf(content, fileName).details;
}

describe('readLexiconFile', () => {
  it('reads lines with comments, in any line ending, with or without a byte order mark', () => {
    const { terms, onlyTexts } = read('\ufeff# 注释\r\n 保本保息 \r\n\r\n\\#话题\n\\\\斜线', '词库.txt');
    expect(terms.map((term) => term.text)).toEqual(['保本保息', '#话题', '\\斜线']);
    expect(terms[0]).toEqual({
      text: '保本保息',
      category: '未分类',
      severity: 'medium',
      basis: '',
      note: '',
      enabled: true,
      options: plainOptions,
    });
    expect(onlyTexts).toBe(true);
  });

  it('reads GBK and UTF-16', () => {
    // 保本 and 稳赚 in GBK.
    const gbk = Uint8Array.from([0xb1, 0xa3, 0xb1, 0xbe, 0x0a, 0xce, 0xc8, 0xd7, 0xac, 0x0a]);
    expect(read(gbk, 'gbk.txt').terms.map((term) => term.text)).toEqual(['保本', '稳赚']);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('保本', 'utf16le')]);
    expect(read(utf16, 'utf16.txt').terms.map((term) => term.text)).toEqual(['保本']);
  });

  it('reads columns by Chinese and English names, in any order, with any of three delimiters', () => {
    const chinese = read('等级,词条,备注,依据,启用\n严重,保本,说明,广告法,否\n', 'a.csv').terms;
    expect(chinese).toEqual([
      {
        text: '保本',
        category: '未分类',
        severity: 'critical',
        basis: '广告法',
        note: '说明',
        enabled: false,
        options: plainOptions,
      },
    ]);
    expect(read('Term;Severity;Unknown\nVIP;HIGH;x\n', 'a.csv').terms[0]).toMatchObject({
      text: 'VIP',
      severity: 'high',
    });
    expect(read('词条\t分类\n保本\t承诺\n', 'a.tsv').terms[0]).toMatchObject({ category: '承诺' });
  });

  it('reads JSON exports, starter packs and plain lists', () => {
    expect(read('["保本", "稳赚"]', 'a.json').terms).toHaveLength(2);
    expect(read('{"id":"x","terms":[{"text":"保本","severity":"high"}]}', 'a.json').terms[0]).toMatchObject({
      severity: 'high',
      category: '未分类',
      enabled: true,
    });
  });

  it('says which line is wrong', () => {
    expect(errorOf('词条,等级\n好,高\n坏,很坏\n', 'a.csv')).toEqual({ code: 'lexicon-invalid', line: 3 });
    expect(errorOf('没有,表头\n', 'a.csv')).toEqual({ code: 'lexicon-invalid', line: 1 });
    expect(errorOf('词条\n"没有关上\n', 'a.csv').code).toBe('lexicon-invalid');
    expect(errorOf('[\n"a",\n]', 'a.json')).toEqual({ code: 'lexicon-invalid', line: 3 });
    expect(errorOf('{"words":[]}', 'a.json').code).toBe('lexicon-invalid');
    expect(errorOf('["a", 5]', 'a.json').code).toBe('lexicon-invalid');
    expect(errorOf('# 只有注释\n', 'a.txt').code).toBe('lexicon-invalid');
    expect(problemIn('词条,等级\n好,高\n坏,很坏\n', 'a.csv')).toMatchObject({
      problem: 'unknown-severity',
      value: '很坏',
    });
    expect(problemIn('["a", 5]', 'a.json')).toMatchObject({ problem: 'not-a-term', number: 2, line: null });
    expect(problemIn('# 只有注释\n', 'a.txt')).toMatchObject({ problem: 'no-terms' });
    expect(errorOf('', 'a.txt').code).toBe('file-empty');
    expect(errorOf(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0xff]), 'a.txt').code).toBe(
      'wrong-encoding',
    );
  });

  it('warns of what is odd, leaves out what can never be a term, and bounds the warnings', () => {
    const { terms, warnings, skipped } = read(
      `保本\n保本\n赔\nVIP\nｖｉｐ\n${'长'.repeat(201)}\n\u200b\na\u0007b\n`,
      'a.txt',
    );
    expect(terms.map((term) => term.text)).toEqual(['保本', '赔', 'VIP', 'ｖｉｐ', '\u200b']);
    expect(warnings.map(({ kind, line }) => [kind, line])).toEqual([
      ['duplicate', 2],
      ['one-character', 3],
      ['same-when-folded', 5],
      ['too-long', 6],
      ['never-matches', 7],
      ['control-character', 8],
    ]);
    expect(warnings[2]).toEqual({ kind: 'same-when-folded', line: 5, text: 'ｖｉｐ', other: 'VIP' });
    expect(skipped).toBe(3);
    const many = read(`好的\n${'好的\n'.repeat(500)}`, 'a.txt').warnings;
    expect(many).toHaveLength(201);
    expect(many.at(-1)).toEqual({ kind: 'more', line: null, text: '300' });
  });

  it('warns of an empty cell', () => {
    const { terms, warnings } = read('词条,分类\n,承诺\n保本,承诺\n', 'a.csv');
    expect(terms).toHaveLength(1);
    expect(warnings).toEqual([{ kind: 'empty-term', line: 2, text: '' }]);
  });
});

describe('the columns for options', () => {
  it('hold whole word, folds by Chinese or English names, exceptions, examples and a suggestion', () => {
    const table =
      '词条,整词,归一开启,归一关闭,例外,命中示例,不命中示例,建议用语\n' +
      '保本,是,同音|pinyin,夹杂符号,不保本｜非保本 | 保本型产品已停售,本产品保本|保 本,不保本,业绩比较基准\n';
    const { terms, statedOptions, warnings } = read(table, 'a.csv');
    expect(warnings).toEqual([]);
    expect(statedOptions).toHaveLength(7);
    expect(terms[0]?.options).toMatchObject({
      wholeWord: true,
      foldsOn: ['homophones', 'pinyin'],
      foldsOff: ['filler'],
      notWhen: ['不保本', '非保本', '保本型产品已停售'].map((phrase) => ({ phrase, code: '', reason: '' })),
      examples: [
        { text: '本产品保本', expect: 'hit' },
        { text: '保 本', expect: 'hit' },
        { text: '不保本', expect: 'no-hit' },
      ],
      suggestion: '业绩比较基准',
    });
  });

  it('hold examples of several messages, with two strokes between those', () => {
    const table =
      '词条,命中示例,不命中示例\n' +
      '加我私人微信,加我私人||微信|加我私人微||信｜加我 ｜｜ 私人微信,\\|\\|不加|||加||好的||微信||\n';
    const { terms } = read(table, 'a.csv');
    const options = terms[0]?.options;
    expect(options?.examples).toEqual([
      { text: '加我私人', followedBy: ['微信'], expect: 'hit' },
      { text: '加我私人微', followedBy: ['信'], expect: 'hit' },
      { text: '加我', followedBy: ['私人微信'], expect: 'hit' },
      { text: '||不加', followedBy: [], expect: 'no-hit' },
      { text: '加', followedBy: ['好的', '微信'], expect: 'no-hit' },
    ]);
    const { content } = writeLexicon(
      { name: '例', description: '', number: 1, settings: newSettings, terms },
      'csv',
    );
    expect(content).toContain('加我私人||微信|加我私人微||信|加我||私人微信,\\|\\|不加|加||好的||微信');
    expect(read(content, 'b.csv').terms[0]?.options).toEqual(options);
  });

  it('are read by name only, so that older files say nothing of options', () => {
    expect(read('词条,等级\n保本,高\n', 'a.csv').statedOptions).toEqual([]);
    expect(read('term,must hit\n保本,保本\n', 'a.csv').statedOptions).toEqual(['hits']);
  });

  it('point to .json where a table tries to hold rules', () => {
    expect(read('词条,规则\n保本,near\n', 'a.csv').warnings).toEqual([
      { kind: 'rules-need-json', line: 1, text: '规则' },
    ]);
  });

  it('say which cell is wrong', () => {
    expect(problemIn('词条,归一开启\n保本,魔法\n', 'a.csv')).toMatchObject({
      problem: 'unknown-fold',
      line: 2,
      value: '魔法',
      column: '归一开启',
    });
    expect(problemIn('词条,整词\n保本,大概\n', 'a.csv')).toMatchObject({
      problem: 'unknown-enabled',
      line: 2,
    });
    expect(problemIn(`词条,例外\n保本,${'长'.repeat(201)}\n`, 'a.csv')).toMatchObject({
      problem: 'bad-cell',
      line: 2,
      column: '例外',
    });
    expect(problemIn(`词条,不命中示例\n保本,${'长'.repeat(2001)}\n`, 'a.csv')).toMatchObject({
      problem: 'bad-cell',
    });
  });
});

describe('the JSON of rules', () => {
  it('warns of no rule for its name', () => {
    const rule = { kind: 'any-of', operands: [{ kind: 'words', words: ['转账', '汇款'] }] };
    const { warnings } = read(
      JSON.stringify(['VIP', { text: '甲', options: { rule } }, { text: 'ｖｉｐ', options: { rule } }]),
      'a.json',
    );
    expect(warnings).toEqual([]);
  });

  it('says which entry has options that can not be used, and which settings', () => {
    const near = { kind: 'near', first: { kind: 'words', words: ['转账'] }, within: 5 };
    expect(
      problemIn(JSON.stringify(['保本', { text: '转账', options: { rule: near } }]), 'a.json'),
    ).toMatchObject({ problem: 'bad-options', number: 2, path: 'options.rule.second', entry: '转账' });
    expect(problemIn('{"terms":[{"text":"保本","options":{"fold":[]}}]}', 'a.json')).toMatchObject({
      problem: 'bad-options',
      number: 1,
      path: 'options.fold',
      entry: '保本',
    });
    expect(problemIn('["保本",{"text":"转账","severity":"urgent"}]', 'a.json')).toMatchObject({
      problem: 'bad-options',
      number: 2,
      path: 'severity',
      mistake: 'no-choice',
      found: 'urgent',
      choices: 'info, low, medium, high, critical',
    });
    expect(problemIn('["保本",{"text":"转账","sevrity":"high"}]', 'a.json')).toMatchObject({
      problem: 'bad-options',
      number: 2,
      entry: '转账',
      mistake: 'unknown-key',
      key: 'sevrity',
    });
    const words = { kind: 'words', words: ['a'] };
    const misspelt = { kind: 'near', first: words, second: words, withing: 3 };
    expect(problemIn(JSON.stringify([{ text: '近', options: { rule: misspelt } }]), 'a.json')).toMatchObject({
      path: 'options.rule.withing',
      mistake: 'unknown-key-for',
      lacking: 'within',
    });
    expect(problemIn('{"settings":{"folds":["magic"]},"terms":["保本"]}', 'a.json')).toMatchObject({
      problem: 'bad-settings',
      path: 'folds.0',
    });
  });
});

describe('half a character', () => {
  it('is a problem of its entry, also of a plain word', () => {
    const { terms } = read(String.raw`["保本","半\ud83d字"]`, 'a.json');
    const { problems } = testLexicon(terms, newSettings);
    expect(problems).toEqual([{ kind: 'unpaired-surrogate', entry: '半\ud83d字', detail: 'U+D83D' }]);
  });
});

describe('rules that could only be left out', () => {
  const rule = { kind: 'any-of', operands: [{ kind: 'words', words: ['转账'] }] };

  it.each([
    [['保本', { text: '保本', options: { rule } }], 'rule-name-taken', 2],
    [[{ text: '保本', options: { rule } }, '稳赚', ' 保本 '], 'rule-name-taken', 3],
    [['保本', { text: ' ', options: { rule } }], 'rule-without-name', 2],
    [[{ text: '长'.repeat(201), options: { rule } }], 'rule-name-unusable', 1],
    [[{ text: '两\n行', options: { rule } }], 'rule-name-unusable', 1],
  ])('are refused by their number: %j', (terms, problem, number) => {
    expect(problemIn(JSON.stringify(terms), 'a.json')).toMatchObject({ problem, number });
  });

  it('leaves words that stand there twice a warning, and says which of a .json they are', () => {
    expect(read('["保本","稳赚","保本",""]', 'a.json').warnings).toEqual([
      { kind: 'duplicate', line: null, text: '保本', number: 3 },
      { kind: 'empty-term', line: null, text: '', number: 4 },
    ]);
  });
});

describe('what is wrong with a .json', () => {
  it.each([
    ['{"terms":[{"text":"保本"},]}', 1, 25],
    ['[\n"a",\n]', 3, 1],
    ['{"terms":[{"text":"保', 1, 21],
    ['["😀", nul]', 1, 10],
  ])('is named by line and column: %j', (text, line, column) => {
    expect(problemIn(text, 'a.json')).toMatchObject({ problem: 'not-json-at', line, column });
  });

  it.each([
    [{ options: { rule: { kind: 'any-of', operands: [] } } }, 'options.rule.operands has to list 1 or more'],
    [
      { options: { rule: { kind: 'nea' } } },
      'options.rule.kind has to be one of near, all-of, any-of, pattern, detector, required, not "nea"',
    ],
    [{ options: { rule: {} } }, 'options.rule.kind is missing; it has to be one of near, all-of, any-of'],
    [
      { options: { rule: { kind: 'any-of', operands: [{ kind: 'words', words: [''] }] } } },
      'options.rule.operands.0.words.0 is an empty text',
    ],
    [
      { options: { rule: { kind: 'pattern', pattern: 'a'.repeat(501) } } },
      'options.rule.pattern has more than 500 characters',
    ],
    [{ rule: { kind: 'any-of' } }, '"rule" belongs into "options"'],
    [{ options: { rule: 5 } }, 'options.rule has to be an object, not 5'],
    [{ options: { foldOn: ['pinyin'] } }, 'options has no key "foldOn"'],
    [{ options: { fillers: 1.5 } }, 'options.fillers has to be a whole number, not 1.5'],
    [{ options: { fillers: 21 } }, 'options.fillers has to be 20 or less, not 21'],
    [{ options: { fillers: -1 } }, 'options.fillers has to be 0 or more, not -1'],
    [{ options: { wholeWord: 'yes' } }, 'options.wholeWord has to be true or false, not yes'],
    [
      { options: { scope: { hours: { from: '9', to: '10:00' } } } },
      'options.scope.hours.from has to be a time such as 09:30, not "9"',
    ],
    [
      { options: { examples: [{ expect: 'hit' }] } },
      'options.examples.0.text is missing; it has to be a text',
    ],
    [{ options: { notWhen: ['不保本'] } }, 'options.notWhen.0 has to be an object, not 不保本'],
  ])('is said in a sentence: %j', (more, sentence) => {
    const text = JSON.stringify(['稳赚', { text: '保本', ...more }]);
    expect(() => read(text, 'a.json')).toThrow(`a.json: term number 2, "保本": ${sentence}`);
  });

  it('names the key of the settings', () => {
    const settings = { components: [{ char: '甲', parts: '乙丙' }] };
    expect(() => read(JSON.stringify({ settings, terms: ['保本'] }), 'a.json')).toThrow(
      'a.json: its settings: components.0 has no key "char", and "character" is missing.',
    );
    expect(() => read('{"settings":{"components":{"甲":["乙丙"]}},"terms":["保本"]}', 'a.json')).toThrow(
      'a.json: its settings: components has to be a list, not {…}.',
    );
  });
});

describe('docs/formats.md', () => {
  it('shows a lexicon with all other keys, whose examples hold, and names each key in its tables', () => {
    const formats = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8');
    const [, section = '', example = ''] =
      /### The other keys of (.*?)```json\n(.*?)```/su.exec(formats) ?? [];
    const { terms, settings, warnings } = read(example, 'formats.json');
    expect(warnings).toEqual([]);
    expect(testLexicon(terms, settings ?? newSettings)).toMatchObject({
      examples: 3,
      problems: [],
      failures: [],
    });
    const [entry] = terms;
    const keys = Object.keys(entry?.options ?? {}).filter((key) => key !== 'rule');
    for (const key of [...keys, ...Object.keys(entry?.options.scope ?? {}), ...Object.keys(settings ?? {})]) {
      expect(section).toMatch(new RegExp(`^\\| .*\`${key}\`.* \\|`, 'mu'));
      expect(example).toContain(`"${key}":`);
    }
  });

  it('shows a lexicon with one rule of each kind, which reads and has no problem', () => {
    const formats = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8');
    const [, , example = ''] = /### The keys inside (.*?)```json\n(.*?)```/su.exec(formats) ?? [];
    const { terms, settings } = read(example, 'formats.json');
    expect(terms.flatMap(({ options }) => options.rule?.kind ?? [])).toEqual([
      'near',
      'all-of',
      'any-of',
      'pattern',
      'detector',
      'required',
    ]);
    expect(checkEntries(terms, settings ?? newSettings)).toEqual([]);
    const screener = compileScreener(
      terms.map(({ text, options }) => ({ text, options, settings: settings ?? newSettings })),
      [],
    );
    const text = '私人账户转账，13800138000，稳赚，年化 5.2%，https://evil.example.org 理财';
    const known = {
      speaker: null,
      channel: null,
      kind: null,
      minuteOfDay: null,
      branch: null,
      productType: null,
    };
    const found = new Set(screener.screen(text, known).map(({ entry }) => terms[entry]?.text));
    expect(found).toEqual(new Set(terms.map((term) => term.text).filter((name) => name !== '保本')));
  });
});

function comparable({ text, category, severity, basis, note, enabled, options }: TermInput): string {
  return JSON.stringify([text, category, severity, basis, note, enabled, storedOptions(options)]);
}

describe('writeLexicon', () => {
  const label = fc
    .string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'保本"\',;=+-@#\\a 1'.split('')) })
    .filter((text) => text.trim() !== '');
  const term = fc.record({
    text: label.map((text) => text.trim()),
    category: label.map((text) => text.trim()),
    severity: fc.constantFrom(...severities),
    basis: fc
      .string({ maxLength: 12, unit: fc.constantFrom(...'法"\'=,; \n'.split('')) })
      .map((text) => text.trim()),
    note: fc.constantFrom('', "'=1", '=HYPERLINK("x")', '说明'),
    enabled: fc.boolean(),
    options: fc.option(arbitraryOptions, { nil: plainOptions, freq: 2 }),
  });
  const terms = fc.uniqueArray(term, { minLength: 1, maxLength: 8, selector: (entry) => entry.text });

  const lexicon = (written: readonly TermInput[], settings = newSettings) => ({
    name: 'a/b',
    description: '',
    number: 3,
    settings,
    terms: written,
  });

  it('writes .json that reads back the same, with rules, options and settings', () => {
    fc.assert(
      fc.property(terms, arbitrarySettings, (written, settings) => {
        const parsed = written.map((entry) => TermInput.parse(entry));
        const file = writeLexicon(lexicon(parsed, settings), 'json');
        expect(file.fileName).toBe('a_b-v3.json');
        expect(file.warnings).toEqual([]);
        const back = read(file.content, file.fileName);
        expect(back.terms.map(comparable)).toEqual(parsed.map(comparable));
        expect(back.settings).toEqual(settings);
        expect(writeLexicon(lexicon(back.terms, settings), 'json')).toEqual(file);
      }),
      { numRuns: 200 },
    );
  });

  it('writes .csv that reads back the same but for what its warnings name', () => {
    fc.assert(
      fc.property(terms, (written) => {
        const parsed = written.map((entry) => TermInput.parse(entry));
        const words = parsed.filter((entry) => entry.options.rule === null);
        if (words.length === 0) return;
        const file = writeLexicon(lexicon(parsed), 'csv');
        expect(file.fileName).toBe('a_b-v3.csv');
        const back = read(file.content, file.fileName);
        expect(back.terms.map(({ text }) => text)).toEqual(words.map(({ text }) => text));
        expect(file.warnings.some(({ kind }) => kind === 'rules-left-out')).toBe(
          words.length < parsed.length,
        );
        const different = words.filter(
          (entry, index) => comparable(entry) !== comparable(back.terms[index] ?? entry),
        );
        expect(different.every((entry) => !fitsTable(entry.options))).toBe(true);
        expect(file.warnings.some(({ kind }) => kind === 'options-left-out')).toBe(different.length > 0);
      }),
      { numRuns: 200 },
    );
  });

  it('writes .txt with the enabled words, and says how many entries it leaves out', () => {
    fc.assert(
      fc.property(terms, (written) => {
        const parsed = written.map((entry) => TermInput.parse(entry));
        const file = writeLexicon(lexicon(parsed), 'txt');
        const words = parsed.filter((entry) => entry.enabled && entry.options.rule === null);
        expect(file.content.includes(`# ${parsed.length - words.length} entries are not in this file`)).toBe(
          words.length < parsed.length,
        );
        expect(file.warnings.some(({ kind }) => kind === 'disabled-left-out')).toBe(
          parsed.some((entry) => !entry.enabled),
        );
        if (words.length === 0) return;
        expect(read(file.content, file.fileName).terms.map((entry) => entry.text)).toEqual(
          words.map((entry) => entry.text),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('writes no cell that a spreadsheet would run', () => {
    const cell = TermInput.parse({ text: '=1+1', category: '@x', severity: 'low' });
    const { content } = writeLexicon(lexicon([cell]), 'csv');
    expect(content).toContain("'=1+1,'@x,low");
  });

  it('names the first three of what it leaves out, and counts them', () => {
    const off = ['甲甲', '乙乙', '丙丙', '丁丁'].map((text) =>
      TermInput.parse({ text, category: 'x', severity: 'low', enabled: false }),
    );
    expect(writeLexicon(lexicon(off), 'txt').warnings).toEqual([
      { kind: 'disabled-left-out', line: null, text: '甲甲 / 乙乙 / 丙丙 … (4)' },
    ]);
  });
});
