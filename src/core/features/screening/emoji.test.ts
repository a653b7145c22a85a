import { describe, expect, it } from 'vitest';

import { engineNames } from './generators/index.ts';
import { type FoldName, compileMatcher, foldNames, foldSets } from './index.ts';

// Emoji are fillers, and words too (洗💰 for 洗钱): only fields that have such a one are read for those.

describe.each(engineNames)('emoji, on %s', (engine) => {
  function slicesOf(terms: readonly string[], text: string, folds: readonly FoldName[] = foldNames) {
    const matcher = compileMatcher(
      terms.map((own) => ({ text: own })),
      { folds, engine },
    );
    return matcher
      .scan(text)
      .map(({ term, start, end, folds: needed }) => [term, text.slice(start, end), needed.join(' ')]);
  }

  it('passes over them beside a repeated character', () => {
    for (const written of ['保本本😀息', '保本😀本息', '保本本😀😀息', '保本本、😀息'])
      expect(slicesOf(['保本息'], written, foldSets.standard)).toEqual([[0, written, 'filler repeats']]);
  });

  it('tells one that is asked for from one before it that begins alike', () => {
    expect(slicesOf(['保本💰'], '保本😀💰', foldSets.standard)).toEqual([[0, '保本😀💰', 'filler']]);
    expect(slicesOf(['洗钱'], '洗😀💰')).toEqual([[0, '洗😀💰', 'filler look-alikes']]);
    expect(slicesOf(['洗钱'], '洗💰💰')).toEqual([[0, '洗💰', 'look-alikes']]);
    expect(slicesOf(['洗钱'], '洗😀')).toEqual([]);
  });

  it('finds what has one in rewritten text, also as its last character', () => {
    expect(slicesOf(['群💰'], '加君羊💰')).toEqual([[0, '君羊💰', 'look-alikes']]);
    expect(slicesOf(['包洗钱'], 'bao洗💰')).toEqual([[0, 'bao洗💰', 'look-alikes pinyin']]);
    expect(slicesOf(['群洗钱'], 'qun洗💰')).toEqual([[0, 'qun洗💰', 'look-alikes pinyin']]);
  });

  it('finds what has one in the fields that have it, by the letter and by sound', () => {
    const terms = ['包洗钱', '保本'];
    const text = ['包洗😀', '包喜💰', '保本', '包洗💵包洗💰', '讠亻 包洗💰 保ben', '💰包洗'].join('\u001e');
    expect(slicesOf(terms, text)).toEqual([
      [0, '包喜💰', 'look-alikes homophones'],
      [1, '保本', ''],
      [0, '包洗💵', 'look-alikes'],
      [0, '包洗💰', 'look-alikes'],
      [0, '包洗💰', 'look-alikes'],
      [1, '保ben', 'pinyin'],
    ]);
  });

  it('finds one in front of a word over what may stand between', () => {
    for (const written of ['💰-群', '💰😀群', '💰</b>群', '💰 [微笑]群'])
      expect(slicesOf(['💰群'], `<b>${written}了`, foldSets.standard)).toEqual([[0, written, 'filler']]);
    expect(slicesOf(['💰群'], '💰----群，💰。群', foldSets.standard)).toEqual([]);
    expect(slicesOf(['💰群'], '💰-群', ['width'])).toEqual([]);
    expect(slicesOf(['《保本》'], '《-保-本》', foldSets.standard)).toEqual([[0, '《-保-本》', 'filler']]);
  });

  it('finds terms that all have one', () => {
    expect(slicesOf(['💰群', '加💰'], '进💰群，加 💰')).toEqual([
      [0, '💰群', ''],
      [1, '加 💰', 'filler'],
    ]);
    expect(slicesOf(['💰群'], '进群')).toEqual([]);
  });
});
