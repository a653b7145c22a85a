import { describe, expect, it } from 'vitest';

import { engineNames } from './generators/index.ts';
import { type FoldName, compileMatcher, foldNames, foldSets } from './index.ts';

const written: readonly (readonly [string, string])[] = [
  ['利率', 'lilv'],
  ['利率', 'lilü'],
  ['利率', 'lìlǜ'],
  ['利率', 'li\u0300lu\u0308\u0300'],
  ['利率', '利lǜ'],
  ['利率', '利lu\u0308'],
  ['利率', 'lì率'],
  ['女性', 'nüxing'],
  ['女性', 'nǚxìng'],
  ['旅游', 'lüyou'],
  ['旅游', 'lǚ游'],
  ['策略', 'cèlüè'],
  ['保本', 'bàoběn'],
  ['保本', '保be\u030cn'],
  ['账簿', '账bu'],
];

describe.each(engineNames)('letters, on %s', (engine) => {
  const slicesOf = (term: string, text: string, folds: readonly FoldName[]) =>
    compileMatcher([{ text: term }], { folds, engine })
      .scan(text)
      .map((match) => [text.slice(match.start, match.end), ...match.folds].join(' '));

  it.each(written)('say %s as %s, which is pinyin and nothing else', (term, own) => {
    for (const folds of [['pinyin'], [...foldSets.standard, 'pinyin'], foldNames] as const) {
      expect(slicesOf(term, own, folds)).toEqual([`${own} pinyin`]);
      expect(slicesOf(term, `请看${own}，好`, folds)).toEqual([`${own} pinyin`]);
    }
  });

  it('say ü only by itself, by v and by two dots: lu is another syllable', () => {
    expect(slicesOf('旅游', 'luyou', foldNames)).toEqual([]);
    expect(slicesOf('旅游', 'lǔyou', foldNames)).toEqual([]);
    // It looks like a u, though.
    expect(slicesOf('路由', 'lüyou', [...foldSets.standard, 'pinyin'])).toEqual([]);
    expect(slicesOf('旅游', 'LǙYÓU', foldNames)).toEqual(['LǙYÓU pinyin']);
  });

  it('are none in the middle of a word', () => {
    for (const own of [
      'xbaoben',
      'baobenx',
      'XBAOBEN',
      'BaoBenX',
      'ｘbaoben',
      'baobenｘ',
      'bbaoben',
      'baobenn',
    ])
      expect(slicesOf('保本', `请看${own}，好`, foldNames)).toEqual([]);
    // Neither are words that stand for one.
    for (const own of ['vx', '微x', 'wx'])
      expect(slicesOf('微信', `请看${own}，好`, foldNames)).toEqual([`${own} look-alikes`]);
    for (const own of ['avx', 'vxa', '微xa', 'wxwork', 'vvx', 'vxx'])
      expect(slicesOf('微信', `请看${own}，好`, foldNames)).toEqual([]);
    expect(slicesOf('微信abc', '请vxabcd', foldNames)).toEqual(['vxabc look-alikes']);
    // What is beside the part that is scanned is not read.
    const units = Uint16Array.from('xbaobenx', (letter) => letter.charCodeAt(0));
    const found: number[][] = [];
    compileMatcher([{ text: '保本' }], { folds: foldNames, engine }).scanUnits(
      units,
      1,
      7,
      (_term, start, end) => {
        found.push([start, end]);
      },
    );
    expect(found).toEqual([[1, 7]]);
    const initials = compileMatcher([{ text: '内部消息', initials: true }], { folds: foldNames, engine });
    for (const own of ['nbxx', 'NBXX', 'nbxX']) expect(initials.scan(`看${own}，好`)).toHaveLength(1);
    for (const own of ['nbxxa', 'anbxx', 'nbxxx']) expect(initials.scan(`看${own}，好`)).toEqual([]);
  });

  it('are capitals or not, whether or not cases are folded', () => {
    for (const own of ['baoben', 'BaoBen', 'BAOBEN', 'Bao本', '保BEN'])
      expect(slicesOf('保本', own, ['pinyin'])).toEqual([`${own} pinyin`]);
    for (const own of ['V信', 'v信', 'VX', 'vx', '威X'])
      expect(slicesOf('微信', `请看${own}`, ['look-alikes'])).toEqual([`${own} look-alikes`]);
    for (const own of ['baoBen', 'bAOben', '😀baoBen', 'é'])
      expect(slicesOf(own === 'é' ? '大额转出' : '保本', `大${own}转出`, ['pinyin'])).toHaveLength(1);
    for (const own of ['WeChat', 'vX', 'wX'])
      expect(slicesOf('微信', `请看${own}`, ['look-alikes'])).toEqual([`${own} look-alikes`]);
    for (const folds of [foldNames, [...foldSets.standard, 'look-alikes', 'pinyin'] as const]) {
      expect(slicesOf('微信', '请看V信', folds)).toEqual(['V信 look-alikes']);
      expect(slicesOf('保本', '请看BaoBen', folds)).toEqual(['BaoBen pinyin']);
    }
    // Those of the term itself are another matter.
    expect(slicesOf('VIP保本', 'vip保本', ['pinyin', 'look-alikes'])).toEqual([]);
  });

  it('of other alphabets look like capitals where they are some', () => {
    for (const [term, own] of [
      ['VIP', 'ѴІР'],
      ['BTC', 'ВТС'],
      ['vip', 'ѵір'],
      ['USDT', 'UЅDТ'],
    ] as const) {
      expect(slicesOf(term, `买${own}的`, ['look-alikes'])).toEqual([`${own} look-alikes`]);
      expect(slicesOf(term, `买${own}的`, foldNames)).toEqual([`${own} look-alikes`]);
    }
    expect(slicesOf('vip', '买ѴІР的', ['look-alikes'])).toEqual([]);
    expect(slicesOf('vip', '买ѴІР的', foldNames)).toEqual(['ѴІР case look-alikes']);
  });

  it('stand beside look-alikes, whether or not homophones are folded', () => {
    const usual = [...foldSets.standard, 'look-alikes', 'split', 'pinyin'] as const;
    for (const [term, own] of [
      ['微信', '薇xin'],
      ['私人微信', 'si人葳信'],
      ['稳赚', '吻zhuan'],
      ['支付宝', 'zhi付抱'],
      ['保本', '褓ben'],
    ] as const) {
      expect(slicesOf(term, `请看${own}`, usual)).toEqual([`${own} look-alikes pinyin`]);
      expect(slicesOf(term, `请看${own}`, foldNames)).toHaveLength(1);
    }
  });
});
