import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { engineNames } from './generators/index.ts';
import { type FoldName, compileMatcher, foldNames, foldSets } from './index.ts';
import type { UnitMatcher } from './matcher.ts';
import { defaultFillers } from './model.ts';

// What stands between the characters of a term that is written in several ways at once: whatever it is made of, and whatever
// stands around the term.

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

/** Each is one filler. */
const emoji = [
  '😀',
  '👍🏽',
  '👨‍👩‍👧',
  '👩🏽‍❤️‍💋‍👨🏻',
  '🇨🇳',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  '❤️',
  '❤',
];
const fillers = [...emoji, ' ', '-', '、', '~', '<br>', '[微笑]', '&nbsp;', '&#45;'];
const nothing = ['', '', '\u200b', '\u00ad'];

/** Terms, character by character, with how each is said. */
const terms: readonly (readonly (readonly [string, string])[])[] = [
  [
    ['返', 'fan'],
    ['点', 'dian'],
  ],
  [
    ['飞', 'fei'],
    ['单', 'dan'],
  ],
  [
    ['零', 'ling'],
    ['风', 'feng'],
    ['险', 'xian'],
  ],
  [
    ['保', 'bao'],
    ['本', 'ben'],
    ['保', 'bao'],
    ['息', 'xi'],
  ],
  [
    ['内', 'nei'],
    ['部', 'bu'],
    ['消', 'xiao'],
    ['息', 'xi'],
  ],
  [
    ['代', 'dai'],
    ['客', 'ke'],
    ['理', 'li'],
    ['财', 'cai'],
  ],
];
const textOf = (term: readonly (readonly [string, string])[]) => term.map(([own]) => own).join('');

const before = [
  '',
  '请',
  '，',
  '。',
  '\n',
  ' ',
  '你好 ',
  '给你 ',
  '😀',
  '👍🏽',
  '🇨🇳',
  'abc，',
  '1',
  '(',
  '\u001e',
  '𠮷',
];
const behind = ['', '吧', '，好', '。', ' ok', '😀', '👨‍👩‍👧', '!', ')', '1', '\u001e好', '𠮷'];

describe.each(engineNames)('what stands between characters, on %s', (engine) => {
  // To compile takes far longer than to scan one of these texts.
  const compiled = new Map<string, UnitMatcher>();
  const compile = (text: string, folds: readonly FoldName[], most = defaultFillers) => {
    const key = [text, most, ...folds].join(' ');
    const matcher = compiled.get(key) ?? compileMatcher([{ text, fillers: most }], { folds, engine });
    compiled.set(key, matcher);
    return matcher;
  };
  const slicesOf = (term: string, text: string, folds: readonly FoldName[] = foldNames, most?: number) =>
    compile(term, folds, most)
      .scan(text)
      .map((match) => [text.slice(match.start, match.end), ...match.folds].join(' '));

  it.each(emoji)('an emoji beside a syllable is a filler like others: %s', (own) => {
    for (const context of before)
      for (const written of [`返${own}dian`, `fan${own}点`, `fan${own}dian`]) {
        for (const folds of [foldNames, [...foldSets.standard, 'pinyin'] as const])
          expect(slicesOf('返点', `${context}${written}`, folds)).toEqual([`${written} filler pinyin`]);
      }
  });

  it('passes over as many as the term allows beside a syllable too', () => {
    expect(slicesOf('返点', '返😀🇨🇳❤️dian')).toEqual(['返😀🇨🇳❤️dian filler pinyin']);
    expect(slicesOf('返点', '返😀🇨🇳❤️-dian')).toEqual([]);
    expect(slicesOf('返点', '返😀🇨🇳❤️--dian', foldNames, 5)).toEqual(['返😀🇨🇳❤️--dian filler pinyin']);
  });

  it('one filler parts the parts of a character, be it an emoji, and two do not', () => {
    for (const own of fillers.filter((filler) => !filler.startsWith('&'))) {
      expect(slicesOf('保本', `亻${own}呆本`)).toEqual([`亻${own}呆本 filler look-alikes`]);
      expect(slicesOf('利息', `禾${own}刂息`)).toEqual([`禾${own}刂息 filler look-alikes`]);
      expect(slicesOf('保本', `亻${own}-呆本`)).toEqual([]);
    }
    expect(slicesOf('保本', '亻\u200b呆本')).toEqual(['亻\u200b呆本 invisible look-alikes']);
  });

  it(`finds a term in characters and syllables with fillers between in any context, and its slice alone by the folds named (seed ${seed})`, () => {
    const between = fc.oneof(
      fc.constantFrom(...nothing),
      fc.array(fc.constantFrom(...fillers), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    );
    const written = (term: readonly (readonly [string, string])[]) =>
      fc
        .tuple(
          fc.array(fc.nat(1), { minLength: term.length, maxLength: term.length }),
          fc.array(between, { minLength: term.length, maxLength: term.length }),
        )
        .map(([spelled, gaps]) =>
          term.map((ways, at) => `${at === 0 ? '' : gaps[at]}${ways[spelled[at] ?? 0]}`).join(''),
        );
    fc.assert(
      fc.property(
        fc.constantFrom(...terms).chain((term) => fc.tuple(fc.constant(textOf(term)), written(term))),
        fc.constantFrom(...before),
        fc.constantFrom(...behind),
        ([term, own], front, back) => {
          const matcher = compile(term, foldNames);
          const found = matcher
            .scan(front + own + back)
            .find(({ start, end }) => start === front.length && end === front.length + own.length);
          expect(found).toBeDefined();
          const alone = compile(term, found?.folds ?? []).scan(own);
          expect(alone.some(({ start, end }) => start === 0 && end === own.length)).toBe(true);
        },
      ),
      { numRuns: 600, seed },
    );
  }, 120_000);
});
