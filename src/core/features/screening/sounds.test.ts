import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type EngineName, engineNames } from './generators/index.ts';
import { type Alias, type FoldName, compileMatcher, foldNames, foldSets } from './index.ts';
import { builtInComponents } from './tables/index.ts';

// Where homophones are folded, what is written to the letter is looked for by its sound, too. Nothing of it may be lost, and
// none of it may be called a homophone.

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

/**
 * Characters that sound alike, that have several readings, that look alike and sound alike or don't, figures in all forms, parts
 * of characters, letters, emoji, what is passed over.
 */
const alphabet = [
  ['洁', '婕', '杰', '诚', '盛', '成', '拆', '差', '行', '航', '长', '重', '乐', '了', '瞭'],
  ['保', '堡', '葆', '宝', '本', '夲', '微', '徽', '薇', '信', '伩', '心', '芯', '己', '已', '巳'],
  ['1', '一', '壹', '幺', '①', '0', '〇', '零', 'o', '八', '8', '３'],
  ['亻', '呆', '女', '子', '好', '月', '日', '明', '證', '证', '發', '髮', '发', '乾', '干'],
  ['v', 'V', 'x', 'xin', 'bao', 'A', 'а', '㏄', '㈱', '株'],
  [' ', '-', '《', '。', '\u200b', '😀', '💰', '❤'],
].flat();
const aliases: readonly Alias[] = [
  { target: '保本', written: ['堡夲', '饱本', 'bb'] },
  { target: '洁', written: ['杰', 'j'] },
];
const textOf = (minLength: number, maxLength: number) =>
  fc
    .array(fc.tuple(fc.constantFrom(...alphabet), fc.constantFrom(1, 1, 1, 1, 2)), { minLength, maxLength })
    .map((parts) => parts.map(([unit, times]) => unit.repeat(times)).join(''));
const folds = fc.oneof(
  fc.constant(foldNames.filter((name) => name !== 'homophones')),
  fc.subarray(foldNames.filter((name) => name !== 'homophones')),
);
const edges = /^[\s。\-《😀\p{Cf}]+|[\s。\-《😀\p{Cf}]+$/gu;

describe.each(engineNames)('by sound, on %s', (engine: EngineName) => {
  it(`is found all that is found by the letter (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            text: textOf(1, 5).map((text) => text.replaceAll(edges, '')),
            hears: fc.constantFrom(true, true, true, false),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        fc.array(textOf(0, 14), { minLength: 4, maxLength: 4 }),
        folds,
        fc.constantFrom<FoldName>('homophones', 'homophones', 'pinyin'),
        (terms, texts, usual, sound) => {
          const heard: readonly FoldName[] = [...usual, sound];
          const specs = terms.map(({ text, hears }) => ({ text, folds: hears ? heard : usual }));
          const without = compileMatcher(
            terms.map(({ text }) => ({ text, folds: usual })),
            { engine, aliases },
          );
          const matcher = compileMatcher(specs, { engine, aliases });
          const steady = compileMatcher(specs, { engine: 'automaton', aliases });
          const [other = { text: '' }] = terms;
          for (const text of [...texts, `${texts[0]}${other.text}${texts[1]}`]) {
            const found = matcher.scan(text);
            const line = ({ term, start, end, folds: own }: (typeof found)[number]) =>
              `${term} ${start}-${end} ${own.join('+')}`;
            expect(found.map(line)).toEqual(expect.arrayContaining(without.scan(text).map(line)));
            expect(found).toEqual(steady.scan(text));
          }
        },
      ),
      { numRuns: 80, seed },
    );
  }, 300_000);

  const slicesOf = (text: string, term: string) =>
    compileMatcher([{ text: term }], { folds: foldNames, engine, aliases })
      .scan(text)
      .map((match) => [text.slice(match.start, match.end), ...match.folds].join(' '));
  const plainly = (own: string) => compileMatcher([{ text: '13800012345' }], { engine }).scan(own);

  it('are look-alikes that sound alike, unless it takes homophones anyway', () => {
    expect(slicesOf('堡本', '保本')).toEqual(['堡本 look-alikes']);
    expect(slicesOf('堡夲', '保本')).toEqual(['堡夲 look-alikes']);
    expect(slicesOf('堡奔', '保本')).toEqual(['堡奔 homophones']);
    expect(slicesOf('薇xin', '微信')).toEqual(['薇xin look-alikes pinyin']);
    expect(slicesOf('薇心', '私微信')).toEqual([]);
    // Only in the word that the alias is for.
    expect(slicesOf('饱本', '保本')).toEqual(['饱本 look-alikes']);
    expect(slicesOf('饱息', '保息')).toEqual(['饱息 homophones']);
  });

  it('tells how it read a look-alike that sounds alike', () => {
    const matcher = compileMatcher([{ text: '保本' }], { folds: foldNames, engine });
    const stepsOf = (text: string) =>
      matcher
        .explain(text, 0, 0, text.length)
        .map(({ written, read, folds: own }) => [written, read, ...own]);
    expect(stepsOf('堡本')).toEqual([
      ['堡', '保', 'look-alikes'],
      ['本', '本'],
    ]);
    expect(stepsOf('堡奔')).toEqual([['堡奔', '保本', 'homophones']]);
  });

  it('are look-alikes that sound alike beside an emoji, and in a form that says how it sounds', () => {
    expect(slicesOf('堡ben💰', '保本💰')).toEqual(['堡ben💰 look-alikes pinyin']);
    const matcher = compileMatcher([{ text: '了解' }], {
      folds: foldNames,
      engine,
      aliases: [{ target: '了', written: ['乐'] }],
    });
    // A compatibility ideograph of 樂, which has no reading of its own.
    expect(matcher.scan('\uf914杰').map(({ folds: own }) => own.join(' '))).toEqual([
      'width script look-alikes homophones',
    ]);
  });

  it('are look-alikes that sound alike also where characters beside them do', () => {
    expect(slicesOf('堡宝宝本', '保宝本')).toEqual(['堡宝宝本 repeats look-alikes']);
    expect(slicesOf('本堡堡宝息', '本保宝息')).toEqual(['本堡堡宝息 repeats look-alikes']);
  });

  it('stand beside a look-alike that is the same character', () => {
    for (const [term, text] of [
      ['己已经', '已以经'],
      ['未末日', '末摸日'],
      ['微徽商', '徽灰商'],
    ] as const)
      expect(slicesOf(text, term)).toEqual([`${text} look-alikes homophones`]);
  });

  it('puts parts together that sound alike', () => {
    const usual = foldNames.filter((name) => name !== 'homophones');
    const terms = builtInComponents().map(({ character }) => ({ text: character }));
    const [bySound, byLetter] = [foldNames, usual].map((own) =>
      compileMatcher(terms, { folds: own, engine }),
    );
    for (const { parts } of builtInComponents())
      expect(bySound?.scan(`在${parts}上`)).toEqual(byLetter?.scan(`在${parts}上`));
    expect(slicesOf('存士示欠', '存款')).toEqual(['存士示欠 look-alikes']);
  });

  it('keeps characters apart that sound alike side by side', () => {
    expect(slicesOf('诚诚盛盛', '诚盛')).toContain('诚盛');
    expect(slicesOf('龙诚诚盛盛业', '龙诚盛业')).toEqual(['龙诚诚盛盛业 repeats']);
    expect(slicesOf('张洁洁婕妤', '张洁婕妤')).toEqual(['张洁洁婕妤 repeats']);
    expect(slicesOf('洁婕婕婕妤', '洁婕妤')).toContain('洁婕婕婕妤 repeats');
    expect(slicesOf(`洁${'婕'.repeat(9)}妤`, '洁婕妤')).toContain(`洁${'婕'.repeat(9)}妤 repeats`);
  });

  it('finds a character by itself only as it is written', () => {
    const terms = [{ text: '傻' }, { text: '保本' }, { text: '發' }];
    const text = '傻沙傻傻，保本发發髮傻';
    expect(
      compileMatcher(terms, { folds: foldNames, engine })
        .scan(text)
        .map((match) => `${match.start} ${text.slice(match.start, match.end)} ${match.folds.join(' ')}`),
    ).toEqual(['0 傻 ', '2 傻 ', '3 傻 ', '5 保本 ', '7 发 script', '8 發 ', '9 髮 script', '10 傻 ']);
  });

  it('reads numbers by their figures, however they are written, and no others', () => {
    for (const own of ['一三八〇零o一二三四五', '13800012345', '壹叁捌〇〇〇１２３４五'])
      expect(slicesOf(own, '13800012345')).toEqual(
        plainly(own).map(({ folds: by }) => [own, ...by].join(' ')),
      );
    expect(slicesOf('已三八零零零一二三四五', '13800012345')).toEqual([]);
    expect(slicesOf('玲首付', '0首付')).toEqual([]);
    expect(slicesOf('玲首付', '零首付')).toEqual(['玲首付 homophones']);
  });

  it('lets no terms by the letter that sound alike take what others are given', () => {
    const alike = ['事', '试', '实', '市', '室', '式', '世', '始', '士', '师', '诗', '湿'];
    const letters = alike.flatMap((one) =>
      alike.map((other) => ({ text: `${one}${other}本`, folds: foldSets.standard })),
    );
    const terms = [{ text: '是是本', folds: foldSets.standard }, { text: '保本' }, ...letters];
    const matcher = compileMatcher(terms, { folds: foldNames, engine });
    expect(matcher.scan('是是本'.repeat(20_000))).toHaveLength(20_000);
    expect(matcher.cut).toBe(false);
  });

  it('compiles equal characters and aliases of figures in no time', () => {
    const terms = [...Array.from({ length: 30_000 }, () => ({ text: '傻' })), { text: '联系客服' }];
    const started = performance.now();
    const matcher = compileMatcher(terms, {
      folds: foldNames,
      engine,
      aliases: [{ target: '客服', written: ['1'.repeat(20)] }],
    });
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(matcher.scan(`联系${'1'.repeat(20)}`)).toHaveLength(1);
  });
});
