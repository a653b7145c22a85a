import { describe, expect, it } from 'vitest';

import { builtInForms, formsNotBuiltIn } from './alias-table.ts';
import { engineNames } from './generators/index.ts';
import { type CompileOptions, compileMatcher } from './index.ts';
import { type Alias, type FoldName, foldNames, inOneOrder } from './model.ts';
import { EntryOptions, LexiconSettings } from './rules/model.ts';
import { checkEntries, compileScreener } from './screener.ts';

const byLook: readonly FoldName[] = ['width', 'case', 'script', 'look-alikes'];

function off(target: string, ...written: string[]): Alias[] {
  return [{ target, written }];
}

function findsAll(term: string, text: string, options: CompileOptions = {}): boolean {
  return compileMatcher([{ text: term }], { folds: byLook, ...options })
    .scan(text)
    .some(({ start, end }) => start === 0 && end === text.length);
}

describe('a built-in alias that is off', () => {
  it('is not found, while all others of its word still are', () => {
    const table = builtInForms();
    const most = Math.max(...table.map(({ written }) => written.length));
    // The first form of every word, then the second of each…: a matcher for each form would take seconds.
    for (let place = 0; place < most; place += 1) {
      const aliasesOff = table.flatMap(({ target, written }) =>
        off(target, ...written.slice(place, place + 1)),
      );
      const matcher = compileMatcher(
        table.map(({ target }) => ({ text: target })),
        { folds: byLook, aliasesOff },
      );
      table.forEach(({ target, written }, term) => {
        for (const [index, form] of written.entries()) {
          const found = matcher.scan(form).filter((match) => match.term === term);
          // Of 加wx the wx is found, even where that alone is on.
          const has =
            index === place ? found.some(({ start, end }) => end - start === form.length) : found.length > 0;
          expect(has, `${form} for ${target}, ${written[place] ?? 'none'} off`).toBe(index !== place);
        }
      });
    }
  });

  it.each(engineNames)('is left out inside of longer words and by fillers too, on %s', (engine) => {
    const found = (texts: readonly string[], aliasesOff: readonly Alias[]) => {
      const folds = foldNames.filter((fold) => fold !== 'pinyin' && fold !== 'homophones');
      const matcher = compileMatcher([{ text: '加我微信' }], { folds, aliasesOff, engine });
      return texts.filter((text) => matcher.scan(text).length > 0);
    };
    const gone = ['加我徽信', '加我徽-信', '加我VX', '加我ｖｘ', '加 我 v.x'];
    const kept = ['加我微信', '加我薇信', '加我wx', '加我V信'];
    expect(found([...gone, ...kept], [])).toEqual([...gone, ...kept]);
    expect(found([...gone, ...kept], off('微信', '徽信', 'vx'))).toEqual(kept);
  });

  it('still counts for other words, and as a longer alias or one of the lexicon itself', () => {
    expect(findsAll('徽章', '徽章', { aliasesOff: off('微信', '徽信') })).toBe(true);
    expect(findsAll('微信号', '徽信号', { aliasesOff: off('微信', '徽信') })).toBe(true);
    expect(findsAll('微信号', '徽信号', { aliasesOff: off('微信号', '徽信号') })).toBe(false);
    expect(findsAll('钱', '💰', { aliasesOff: off('洗钱', '洗💰') })).toBe(true);
    for (const form of ['徽信', 'vx'])
      expect(
        findsAll('微信', form, { aliasesOff: off('微信', form), aliases: off('微信', form) }),
        form,
      ).toBe(true);
  });

  it('takes no time to leave out where a term says its word over and over', () => {
    const words = builtInForms().filter(({ target }, index) => target === '加我' || index % 8 === 0);
    for (const { target, written } of words) {
      const text = target.repeat(Math.floor((target === '加我' ? 200 : 24) / target.length));
      const aliasesOff = off(target, ...written);
      // Some ways are left; were all tried that are not, it would take hours.
      expect(findsAll(text, text, { aliasesOff })).toBe(true);
    }
    const nested = Array.from({ length: 100 }, (_, index) => ({
      target: '微'.repeat(index + 1),
      written: ['伪'.repeat(index + 1)],
    }));
    for (const options of [{ aliasesOff: nested }, { aliases: nested }])
      expect(findsAll('微'.repeat(100), '微'.repeat(100), options)).toBe(true);
  }, 20_000);

  it('is told by whole words of the term', () => {
    // 咖我 is off for 加我; half of it stands in another word.
    expect(findsAll('加我微信', '咖我微信', { aliasesOff: off('加我', '咖我') })).toBe(false);
    expect(findsAll('参加我们', '参咖我们', { aliasesOff: off('加我', '咖我') })).toBe(false);
    expect(findsAll('参加', '参咖', { aliasesOff: off('加我', '咖我') })).toBe(findsAll('参加', '参咖'));
    expect(findsAll('加我微信', '加我徽信', { aliasesOff: off('加我', '咖我') })).toBe(true);
  });

  it('may be found by its sound, which is another fold', () => {
    const aliasesOff = off('微信', '薇信');
    expect(findsAll('微信', '薇信', { aliasesOff })).toBe(false);
    const [match] = compileMatcher([{ text: '微信' }], { folds: foldNames, aliasesOff }).scan('薇信');
    expect(match?.folds).toEqual(['homophones']);
  });

  it('concerns the lexicon that says so, and its exemptions', () => {
    const withAll = LexiconSettings.parse({});
    const without = LexiconSettings.parse({ aliasesOff: off('微信', 'vx') });
    const plain = EntryOptions.parse({});
    const exempting = EntryOptions.parse({ notWhen: [{ phrase: '官方微信' }] });
    const circumstances = {
      speaker: null,
      channel: null,
      kind: null,
      minuteOfDay: null,
      branch: null,
      productType: null,
    };
    const screener = compileScreener(
      [
        { text: '微信', options: plain, settings: withAll },
        { text: '微信', options: plain, settings: without },
        { text: '官方', options: exempting, settings: withAll },
        { text: '官方', options: exempting, settings: without },
      ],
      [],
    );
    const hits = (text: string) =>
      screener
        .screen(text, circumstances)
        .filter(({ silencedBy }) => silencedBy === null)
        .map(({ entry }) => entry)
        .toSorted((one, other) => one - other);
    expect(hits('我的vx')).toEqual([0]);
    expect(hits('我的wx')).toEqual([0, 1]);
    expect(hits('我们官方vx在此')).toEqual([0, 3]);
  });
});

describe('forms that are off and not in the table', () => {
  it('are named, with their words', () => {
    const aliasesOff = [...off('微信', 'vx', '绿泡泡'), ...off('保本', 'bao本'), ...off('无此词', 'vx')];
    // bao本 is the pinyin fold's.
    expect(formsNotBuiltIn(aliasesOff)).toEqual([
      ...off('保本', 'bao本'),
      ...off('微信', '绿泡泡'),
      ...off('无此词', 'vx'),
    ]);
    expect(checkEntries([], LexiconSettings.parse({ aliasesOff }))).toEqual(
      ['bao本 → 保本', '绿泡泡 → 微信', 'vx → 无此词'].map((detail) => ({
        kind: 'unknown-alias',
        entry: '',
        detail,
      })),
    );
    expect(checkEntries([], LexiconSettings.parse({ aliasesOff: builtInForms() }))).toEqual([]);
  });
});

describe('one order of aliases', () => {
  it('has each word and each of its forms once', () => {
    const order = inOneOrder([...off('微信', 'wx', 'vx'), ...off('QQ', '扣扣'), ...off('微信', 'vx', 'v信')]);
    expect(order).toEqual([...off('QQ', '扣扣'), ...off('微信', 'vx', 'v信', 'wx')]);
    expect(inOneOrder(order)).toEqual(order);
  });
});
