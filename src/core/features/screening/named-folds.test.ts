import { describe, expect, it } from 'vitest';

import { engineNames } from './generators/index.ts';
import { type FoldName, compileMatcher, foldNames } from './index.ts';

// The folds that a match names are enough for its slice alone, and none of them can be done without.

const written: readonly (readonly [string, string, string])[] = [
  ['保本', '保&#26412;', 'width'],
  ['保本', '&#x4fdd;本', 'width'],
  ['保本', '保&#45;本', 'width filler'],
  ['保本', '保&#128512;本', 'width filler'],
  ['保本', '保&#8203;本', 'width invisible'],
  ['保本', '保&nbsp;本', 'filler'],
  ['保本', '保&shy;本', 'invisible'],
  ['代客理财', '代👨‍👩‍👧客理财', 'filler'],
  ['代客理财', '代❤️客理财', 'filler'],
  ['代客理财', '代👍🏽客🇨🇳理🏴\u{e0067}\u{e0062}\u{e007f}财', 'filler'],
  ['代客理财', '代\u200d客理财', 'invisible'],
  ['代客理财', '代客\ufe0f理财', 'invisible'],
  ['❤️客', '❤️客', ''],
  ['加我10086', '加我1OO86', 'digits'],
  ['138000', '138OOO', 'digits'],
  ['138000', '138ＯＯO', 'width digits'],
  ['138000', '138оОо', 'digits look-alikes'],
  ['加我10', '加我1⓿', 'digits'],
  ['加我10', '加我1🄋', 'digits'],
  ['加我10', '加我1🄌', 'digits'],
  ['istanbul', 'İSTANBUL', 'case'],
  ['İSTANBUL', 'istanbul', 'case'],
  ['Istanbul', 'İstanbul', 'case'],
  ['保证息', '保证證息', 'script repeats'],
  ['保本息', '保本&#26412;息', 'width repeats'],
  ['保本', '亻-呆本', 'filler look-alikes'],
  ['保本', '亻\u200b呆本', 'invisible look-alikes'],
];

describe.each(engineNames)('the folds that a match names, on %s', (engine) => {
  const found = (term: string, text: string, folds: readonly FoldName[]) =>
    compileMatcher([{ text: term }], { folds, engine })
      .scan(text)
      .find(({ start, end }) => start === 0 && end === text.length);

  it('may be none of the invisible ones where a term itself begins with what joins emoji', () => {
    for (const term of ['\u200d客', '❤️客', '💰\ufe0f群'])
      expect(found(term, term, ['filler'])?.folds, term).toEqual([]);
  });

  it.each(written)('%s in %j needs %s', (term, text, names) => {
    const match = found(term, text, foldNames);
    expect(match?.folds.join(' ')).toBe(names);
    const folds = match?.folds ?? [];
    expect(found(term, text, folds)?.folds).toEqual(folds);
    for (const name of folds) {
      const fewer = folds.filter((other) => other !== name);
      expect(found(term, text, fewer), `without ${name}`).toBeUndefined();
    }
  });
});
