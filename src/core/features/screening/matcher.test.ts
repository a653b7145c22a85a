import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type ReferenceMatch, referenceMatches } from '../../../../test/support/reference-matcher.ts';
import { type EngineName, engineNames } from './generators/index.ts';
import { type FoldName, type Match, compileMatcher, foldNames, foldSets } from './index.ts';

const separator = '\u001e';

/** Few letters, so that terms nest and overlap; and one of every kind that needs care. */
const alphabet = [
  ['a', 'b', 'c', 'a', 'b', '保', '本', '保', '本', '息'],
  ['A', 'Ａ', 'ａ', '㏄', 'ﬀ', 'f', 'ﬃ', 'İ', 'i', '①', '1', '⑩', '0', '一'],
  ['證', '证', '乾', '干', '宝', '奔', '西'],
  ['\u200b', '\u00ad', '\ufe0f', '\ufeff', '\u202e', '\u{e0101}', '\u0301', '\u009f'],
  ['😀', '\ud800', '\udc01', '𝐀', '\u{2f800}', '丽', separator, ' ', '\u3000', '-', '、', '。', '\n'],
].flat();
const astral = /[\u{10000}-\u{1efff}\u{20000}-\u{2ffff}]/gu;
const unpaired = /\p{Cs}/gu;
const edges = /^[\s、。\-😀\p{M}\p{Cf}\u009f]+|[\s、。\-😀\p{M}\p{Cf}\u009f]+$/gu;

const piece = fc.constantFrom(...alphabet);
const chinese = fc.constantFrom(
  '保',
  '本',
  '息',
  '證',
  '证',
  '宝',
  '奔',
  '西',
  ' ',
  '-',
  '。',
  '\u200b',
  '😀',
);
const textOf = (unit: fc.Arbitrary<string>, minLength: number, maxLength: number) =>
  fc.array(unit, { minLength, maxLength }).map((parts) => parts.join(''));
const tried = ['width', 'case', 'script', 'invisible', 'filler', 'repeats', 'digits', 'homophones'] as const;
const foldsArbitrary = fc.oneof(
  { weight: 3, arbitrary: fc.constant<readonly FoldName[]>(tried) },
  { weight: 2, arbitrary: fc.constant<readonly FoldName[]>(foldSets.standard) },
  { weight: 3, arbitrary: fc.subarray<FoldName>([...tried]) },
);

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

const inOrder = (a: ReferenceMatch, b: ReferenceMatch) =>
  a.end - b.end || a.start - b.start || a.term - b.term;
const isSame = (a: ReferenceMatch, b: ReferenceMatch) => inOrder(a, b) === 0;
const distinct = (matches: readonly ReferenceMatch[]) =>
  matches.filter((match, index) => matches.findIndex((other) => isSame(match, other)) === index);
const isPartOf = (own: ReferenceMatch, matches: readonly ReferenceMatch[]) =>
  matches.some(
    ({ term, start, end }) =>
      term === own.term &&
      end - start > own.end - own.start &&
      ((start === own.start && end > own.end) || (end === own.end && start < own.start)),
  );
const placesOf = (matches: readonly Match[]) => matches.map(({ term, start, end }) => ({ term, start, end }));

/** Three of a Latin letter are that letter drawn out, which the reference knows nothing of: aﬃ in afﬃ. */
function hasDrawnOutLetter(text: string): boolean {
  const letters = text.normalize('NFKC').toLowerCase();
  return /([a-z])\1\1/.test(letters.replaceAll(/[^\p{L}\p{N}]/gu, ''));
}

/** What ends with a letter that one beyond the BMP repeats is found with and without that, which the reference has once: a保保a𝐀. */
function repeatsByAstralLetter(text: string): boolean {
  const letters = Array.from(text)
    .filter((character) => /[\p{L}\p{N}]/u.test(character))
    .map((character) => ({
      plain: character.normalize('NFKC').toLowerCase(),
      isAstral: character.length > 1,
    }));
  return letters.some(({ plain, isAstral }, index) => {
    const before = letters[index - 1];
    return before !== undefined && before.plain === plain && (isAstral || before.isAstral);
  });
}

describe.each(engineNames)('compileMatcher on %s', (engine: EngineName) => {
  // Compiling is what takes the time: each lexicon meets several texts.
  const lexicons = engine === 'automaton' ? 1_500 : 600;
  const textsEach = 4;

  it(`finds what trying every term at every place finds, in ${lexicons * textsEach} random cases (seed ${seed})`, () => {
    const arbitrary = (unit: fc.Arbitrary<string>) =>
      fc.tuple(
        fc.array(
          textOf(unit, 0, 4).map((term) => term.replaceAll(unpaired, '').replaceAll(edges, '')),
          { minLength: 1, maxLength: 6 },
        ),
        fc.array(textOf(unit, 0, 12), { minLength: textsEach, maxLength: textsEach }),
        foldsArbitrary,
        fc.record({ fillers: fc.constantFrom(3, 3, 3, 0, 1, 5), acrossSentences: fc.boolean() }),
      );
    fc.assert(
      fc.property(fc.oneof(arbitrary(piece), arbitrary(chinese)), ([written, texts, folds, gaps]) => {
        // Letters beyond the BMP that stay so are looked for without fillers (docs/detection.md).
        const terms = folds.includes('width') ? written : written.map((term) => term.replaceAll(astral, ''));
        const matcher = compileMatcher(
          terms.map((term) => ({ text: term, ...gaps })),
          { folds, engine },
        );
        for (const text of texts.filter((own) => !hasDrawnOutLetter(own) && !repeatsByAstralLetter(own))) {
          const found = placesOf(matcher.scan(text));
          const { required, optional } = referenceMatches(terms, text, folds, gaps);
          // By sound a part of a surer match may be one too, which is left out: 宝本本 of 宝本本奔 for 宝本奔.
          const parts = required.filter((own) => folds.includes('homophones') && isPartOf(own, found));
          const besides = found.filter((match) =>
            [...optional, ...parts].some((other) => isSame(match, other)),
          );
          const needed = required.filter((own) => !parts.includes(own));
          expect(found).toEqual(distinct([...needed, ...besides]).toSorted(inOrder));
        }
      }),
      { numRuns: lexicons, seed },
    );
  }, 300_000);

  it(`cuts every match out so that the slice alone is the term again (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(
          textOf(chinese, 1, 4).map((term) =>
            term
              .replaceAll(unpaired, '')
              .replaceAll(edges, '')
              .replaceAll(/\p{Cf}/gu, ''),
          ),
          { minLength: 1, maxLength: 4 },
        ),
        textOf(chinese, 0, 16),
        (terms, text) => {
          const specs = terms.map((term) => ({ text: term }));
          for (const match of compileMatcher(specs, { folds: foldNames, engine }).scan(text)) {
            const slice = text.slice(match.start, match.end);
            const spec = specs[match.term] ?? { text: '' };
            // By just the folds that it names, and by no fewer.
            const again = compileMatcher([spec], { folds: match.folds, engine }).scan(slice);
            expect(again.some(({ start, end }) => start === 0 && end === slice.length)).toBe(true);
            // By sound a traditional form is the same too: then the script fold could be done without.
            for (const name of match.folds.includes('homophones') ? [] : match.folds) {
              const fewer = match.folds.filter((other) => other !== name);
              const without = compileMatcher([spec], { folds: fewer, engine }).scan(slice);
              expect(without.some(({ start, end }) => start === 0 && end === slice.length)).toBe(false);
            }
          }
        },
      ),
      { numRuns: 250, seed },
    );
  }, 300_000);

  it(`finds the same in a block of texts as in each, and reads nothing outside its range (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(textOf(piece, 0, 4), { minLength: 1, maxLength: 6 }),
        fc.array(textOf(piece, 0, 12), { maxLength: 6 }),
        (terms, texts) => {
          const matcher = compileMatcher(
            terms.map((text) => ({ text })),
            { folds: foldNames, engine },
          );
          const block = texts.join(separator);
          const framed = `保${block}本`;
          const units = new Uint16Array(framed.length);
          for (let at = 0; at < framed.length; at += 1) units[at] = framed.charCodeAt(at);
          const flat: ReferenceMatch[] = [];
          matcher.scanUnits(units, 1, block.length + 1, (term, start, end) => {
            flat.push({ term, start: start - 1, end: end - 1 });
          });
          let at = 0;
          const each = texts.flatMap((text) => {
            const from = at;
            at += text.length + 1;
            return placesOf(matcher.scan(text)).map((match) => ({
              ...match,
              start: match.start + from,
              end: match.end + from,
            }));
          });
          expect(flat).toEqual(each);

          const inTexts: (ReferenceMatch & { text: number })[] = [];
          matcher.scanTexts(texts, (text, term, start, end) => inTexts.push({ text, term, start, end }));
          expect(inTexts).toEqual(
            texts.flatMap((text, index) =>
              placesOf(matcher.scan(text)).map((match) => ({ text: index, ...match })),
            ),
          );
        },
      ),
      { numRuns: 300, seed },
    );
  }, 60_000);

  it('finds by sound a term with an emoji or a rare character in it, whether or not fillers are folded', () => {
    const places = (term: string, text: string, folds: readonly FoldName[]) =>
      compileMatcher([{ text: term }], { folds, engine })
        .scan(text)
        .map(({ start, end }) => text.slice(start, end));
    for (const folds of [['homophones'], ['homophones', 'invisible'], foldNames] as const) {
      expect(places('保😀息', '说保😀西的', folds)).toEqual(['保😀西']);
      expect(places('😀保息', '说😀宝西的', folds)).toEqual(['😀宝西']);
      expect(places('保\u{20bb7}息', '说宝\u{20bb7}西的', folds)).toEqual(['宝\u{20bb7}西']);
      expect(places('保\u{20bb7}息', '说宝\u{20bb8}西的', folds)).toEqual([]);
    }
    expect(places('保😀息', '说保😁西的', ['homophones'])).toEqual([]);
  });
});

describe('compileMatcher', () => {
  const foldsOf = (term: string, text: string, folds: readonly FoldName[] = foldSets.standard) =>
    compileMatcher([{ text: term, initials: true }], { folds })
      .scan(text)
      .map((match) => [text.slice(match.start, match.end), ...match.folds].join(' '));

  it('names only the folds that the slice needs', () => {
    expect(foldsOf('VIP', 'VIP')).toEqual(['VIP']);
    expect(foldsOf('VIP', 'vip')).toEqual(['vip case']);
    expect(foldsOf('VIP', 'ＶＩＰ')).toEqual(['ＶＩＰ width']);
    expect(foldsOf('VIP', 'ｖ\u200bＩＰ')).toEqual(['ｖ\u200bＩＰ width case invisible']);
    expect(foldsOf('10cc', '⑩㏄')).toEqual(['⑩㏄ width']);
  });

  it('tells how sure a match is by its weakest fold', () => {
    const matcher = compileMatcher([{ text: '保本保息' }], { folds: foldNames });
    expect(matcher.scan('保本保息').map((match) => match.confidence)).toEqual([1]);
    expect(matcher.scan('包本-包西').map((match) => match.confidence)).toEqual([0.6]);
  });

  it('sees through control characters, but for those that break a line or part fields', () => {
    for (const hidden of '\u0001\u0007\b\u001b\u001f\u007f\u009f\ufff9\ufffa\ufffb') {
      expect(foldsOf('保本', `保${hidden}本`)).toEqual([`保${hidden}本 invisible`]);
      expect(foldsOf('保本', `保${hidden}本`, ['width', 'filler'])).toEqual([]);
      expect(foldsOf('保本', `${hidden}保本${hidden}`)).toEqual(['保本']);
    }
    for (const seen of '\n\v\f\r\u001e\u0085\u2028') expect(foldsOf('保本', `保${seen}本`)).toEqual([]);
    expect(foldsOf('保本', '保\t本')).toEqual(['保\t本 filler']);
  });

  it('takes an unpaired surrogate for a filler, whichever half it is', () => {
    for (const half of ['\ud800', '\ud842', '\ud83d', '\udb40', '\udbff', '\udc00', '\ude00']) {
      expect(foldsOf('保本', `保${half}本`)).toEqual([`保${half}本 filler`]);
      expect(foldsOf('微信', `说v${half}x`, foldNames)).toEqual([`v${half}x filler look-alikes`]);
      expect(foldsOf('保本', `保${half}本`, ['width', 'invisible'])).toEqual([]);
      expect(foldsOf('保本', `保${half.repeat(4)}本`)).toEqual([]);
      expect(foldsOf('保本', `${half}保本${half}`)).toEqual(['保本']);
    }
    expect(foldsOf('保本', '保\ud800😀\ud800本')).toEqual(['保\ud800😀\ud800本 filler']);
    expect(foldsOf('保本', '保\ud800\u001e本')).toEqual([]);
    // A letter is none, whatever stands beside it.
    for (const letter of ['𠮷', '\ud842𠮷', '𠮷\ud842', '𐀀'])
      expect(foldsOf('保本', `保${letter}本`)).toEqual([]);
  });

  it('finds nothing inside a surrogate pair, whatever half of one terms and tables hold', () => {
    const terms = ['\ud83d', '\ude00', 'a\ud83d', '\ude00x', '\ud842', '保\ud83d本', '保本'];
    const matcher = compileMatcher(
      terms.map((text) => ({ text })),
      {
        folds: foldNames,
        aliases: [{ target: '保本', written: ['\ud83dx', 'y\ud83d'] }],
        components: [{ character: '保', parts: 'y\ud83d' }],
      },
    );
    for (const text of ['a😀x', '𠮷', 'y😀本', '\ud83dx', '\ud83d', '保\ud83d\u001e本'])
      expect(matcher.scan(text)).toEqual([]);
    expect(matcher.scan('😀保😀本😀')).toMatchObject([{ term: 6, start: 2, end: 6 }]);
  });

  it('takes a tag for one filler, with whatever its quoted values hold', () => {
    for (const tag of [
      '<span class="x" data-y="a>b">',
      "<span title='a>b<c&d'>",
      '<a href = "?a=1&b=2" title="it\'s>">',
      '<img alt="" src=x/>',
      "<b it's>",
      '<b title="x>',
      '<b title="x>y>',
      '<br>',
      '<br/>',
      '</p>',
    ]) {
      const found = tag === '<b title="x>y>' ? [] : [`保${tag}本 filler`];
      expect(foldsOf('保本', `保${tag}本`), tag).toEqual(found);
    }
    for (const none of ['<b "a>b">', '<b ="a\nb">', '<3>', '<b', `<b c="${'>'.repeat(200)}">`])
      expect(foldsOf('保本', `保${none}本`), none).toEqual([]);
    // What is closed behind the term is no quoted value where no tag ends then.
    expect(foldsOf('保本', '保<b title=">本，"如此"')).toEqual(['保<b title=">本 filler']);
    expect(foldsOf('保本', '保<b c="d">本<b e="f">')).toEqual(['保<b c="d">本 filler']);
  });

  it('takes no half of a character, nor of what is rewritten as one', () => {
    expect(foldsOf('c', 'x㏄')).toEqual([]);
    expect(foldsOf('xc', 'x㏄')).toEqual([]);
    expect(foldsOf('a', '\u{1f130}b', foldNames)).toHaveLength(1);
  });

  it('lets folds be switched term by term', () => {
    const matcher = compileMatcher(
      [
        { text: '保本' },
        { text: '保本', folds: [] },
        { text: '保本', fillers: 0 },
        { text: '保本', acrossSentences: true },
      ],
      { folds: ['filler'] },
    );
    expect(matcher.scan('保本').map((match) => match.term)).toEqual([0, 1, 2, 3]);
    expect(matcher.scan('保-本').map((match) => match.term)).toEqual([0, 3]);
    expect(matcher.scan('保。本').map((match) => match.term)).toEqual([3]);
  });

  it('takes a Latin term inside words unless told otherwise, and with fillers only as words', () => {
    expect(compileMatcher([{ text: 'vip' }]).scan('VIPs')).toHaveLength(1);
    expect(compileMatcher([{ text: 'vip', wholeWord: true }]).scan('VIPs 2vip')).toHaveLength(0);
    expect(compileMatcher([{ text: 'vip', wholeWord: true }]).scan('我vip,')).toHaveLength(1);
    expect(foldsOf('vx', 'dev xbox')).toEqual([]);
    expect(foldsOf('vx', 'v-x')).toEqual(['v-x filler']);
    // However the letter beside it is written, and whether or not that is folded.
    for (const beside of ['f', 'ﬀ', 'Ｆ', '𝐀', 'İ'])
      for (const folds of [['filler'], foldNames] as const)
        expect(compileMatcher([{ text: '保 a' }], { folds }).scan(`保a${beside}`)).toEqual([]);
    // Seen through what shows nothing, be it one unit or two.
    for (const hidden of ['\u200b', '\ufe0f', '\u{e0101}', '\u{e0101}\u200b']) {
      expect(foldsOf('保b', `保-b${hidden}a`)).toEqual([]);
      expect(foldsOf('b保', `a${hidden}b-保`)).toEqual([]);
      expect(foldsOf('保b', `保-b${hidden}。`)).toEqual(['保-b filler']);
    }
  });

  it('keeps numbers apart: no figure more, none across a thousands separator', () => {
    expect(foldsOf('加我138', '加我1338')).toEqual([]);
    expect(foldsOf('1380', '1,380')).toEqual([]);
    expect(foldsOf('加我138', '加我1-3-8')).toEqual(['加我1-3-8 filler']);
  });

  it('spans no field separator, and ignores terms that hold one or fold to nothing', () => {
    const matcher = compileMatcher([
      { text: '保本' },
      { text: `保${separator}本` },
      { text: '\u200b' },
      { text: '' },
    ]);
    expect(matcher.size).toBe(4);
    expect(matcher.scan(`保${separator}本`)).toEqual([]);
  });

  it('explains a match piece by piece', () => {
    const matcher = compileMatcher([{ text: '保本保息' }], { folds: foldNames });
    const text = '都是寳 本bao息的';
    const [match] = matcher.scan(text);
    expect(matcher.explain(text, 0, match?.start ?? 0, match?.end ?? 0)).toMatchObject([
      { written: '寳', read: '保', folds: ['homophones'] },
      { written: ' ', read: '', folds: ['filler'] },
      { written: '本', read: '本', folds: [] },
      { written: 'bao', read: '保', folds: ['pinyin'] },
      { written: '息', read: '息', folds: [] },
    ]);
  });

  it('explains a match in a long text as in a short one, each as quickly', () => {
    const matcher = compileMatcher([{ text: '保证收益' }, { text: '收益' }], { folds: foldNames });
    const text = '寳 证收益b'.repeat(15_000);
    const matches = matcher.scan(text).slice(-1_000);
    const started = performance.now();
    const explained = matches.map(({ term, start, end }) => matcher.explain(text, term, start, end));
    // Some tenths of a second; where each reads the whole text it takes minutes.
    expect(performance.now() - started).toBeLessThan(20_000);
    matches.forEach(({ term, start, end }, index) => {
      const from = start - 20;
      const near = matcher.explain(text.slice(from, end + 20), term, start - from, end - from);
      expect(near.length).toBeGreaterThan(0);
      expect(explained[index]).toEqual(
        near.map((step) => ({ ...step, start: from + step.start, end: from + step.end })),
      );
    });
  });

  it('explains what only far more of the text says', () => {
    const text = `${'保'.repeat(100)}${'\u200b'.repeat(3_000)}本`;
    const matcher = compileMatcher([{ text: '保本' }], { folds: foldNames });
    const [match] = matcher.scan(text);
    expect(match && matcher.explain(text, 0, match.start, match.end).map(({ read }) => read)).toEqual([
      '保',
      '',
      '本',
    ]);
  });

  it('gives each of several equal terms its match', () => {
    const matcher = compileMatcher([{ text: '保本' }, { text: '保本' }]);
    expect(matcher.scan('保本').map((match) => match.term)).toEqual([0, 1]);
  });

  it('reads any text in bounded time: all filler, one run, unpaired surrogates, a megabyte of each', () => {
    const matcher = compileMatcher([{ text: '保本保息' }, { text: '保保保本' }, { text: '稳稳' }], {
      folds: foldNames,
    });
    const length = 1_000_000;
    expect(matcher.scan('-'.repeat(length))).toEqual([]);
    expect(matcher.scan(`保${'、'.repeat(length)}本`)).toEqual([]);
    for (const half of ['\ud83d', '\ud800', '\udc00', '保\ud800'])
      expect(matcher.scan(half.repeat(length / half.length))).toEqual([]);
    expect(matcher.scan('<'.repeat(length))).toEqual([]);
    for (const open of ['<a ', '<a ="', `<a ='="`])
      expect(matcher.scan(open.repeat(length / open.length))).toEqual([]);
    expect(matcher.scan('保ben'.repeat(length / 4))).toHaveLength(0);
    expect(matcher.scan('o'.repeat(length))).toEqual([]);
    expect(matcher.scan('xian'.repeat(length / 4))).toEqual([]);
    expect(matcher.scan('保'.repeat(length))).toEqual([]);
    expect(matcher.scan(`${'的'.repeat(length)}保本保息`)).toMatchObject([
      { start: length, end: length + 4 },
    ]);
  }, 120_000);

  it('bounds the work on terms that nest by the hundred, says so, and lets no other text suffer', () => {
    const nested = Array.from({ length: 199 }, (_, index) => ({ text: 'a'.repeat(index + 1) }));
    const matcher = compileMatcher([...nested, { text: '保本' }]);
    const found = matcher.scan('a-'.repeat(100_000));
    expect(found.length).toBeGreaterThan(10_000);
    expect(matcher.cut).toBe(true);
    expect(matcher.scan('保本')).toHaveLength(1);
    expect(matcher.cut).toBe(false);
    const inTexts: number[] = [];
    matcher.scanTexts(['a-'.repeat(8_000), '保本'], (text, term) => {
      if (term === nested.length) inTexts.push(text);
    });
    expect(inTexts).toEqual([1]);
  }, 120_000);

  it('leaves out what is only wider than a surer match of the same term', () => {
    expect(foldsOf('保本保息', '保本保息细节', foldNames)).toEqual(['保本保息']);
    expect(foldsOf('微信', '加wx聊', foldNames)).toEqual(['wx look-alikes']);
  });

  it('leaves out what is only a part of a surer match of the same term', () => {
    expect(foldsOf('微信', '微❤️信', foldNames)).toEqual(['微❤️信 filler']);
    expect(foldsOf('微信', '加微❤信', foldNames)).toEqual(['微❤信 filler']);
    expect(foldsOf('消息', '氵-肖息', foldNames)).toEqual(['氵-肖息 filler look-alikes']);
    expect(foldsOf('微信', '微❤', foldNames)).toEqual(['微❤ look-alikes']);
    // A place of its own, though beside one.
    expect(foldsOf('保本', '保-本包本', foldNames)).toEqual(['保-本 filler', '包本 homophones']);
  });

  it('finds homophones beside a look-alike, whether or not the look-alike sounds like what it stands for', () => {
    expect(foldsOf('航佳担保', '航佳坦宝', foldNames)).toEqual(['航佳坦宝 look-alikes homophones']);
    expect(foldsOf('航佳担保', '航加担堡', foldNames)).toEqual(['航加担堡 homophones']);
    expect(foldsOf('航佳担保', '航佳担堡', foldNames)).toEqual(['航佳担堡 look-alikes']);
  });

  it('takes a look-alike for what it looks like, never for what sounds like it', () => {
    for (const text of ['请回信', '灰信', '辉鑫公司', 'hui信', '请huixin'])
      expect(foldsOf('微信', text, foldNames)).toEqual([]);
    expect(foldsOf('微信', '徽信', foldNames)).toEqual(['徽信 look-alikes']);
    expect(foldsOf('微信', '徽新', foldNames)).toEqual(['徽新 look-alikes homophones']);
    expect(foldsOf('微信', '徽xin', foldNames)).toEqual(['徽xin look-alikes pinyin']);
    // What of an alias is the word's own may be heard.
    expect(foldsOf('加我微信', '加我V鑫', foldNames)).toEqual(['加我V鑫 look-alikes homophones']);
  });

  it('meets a space between words with any filler, or with nothing', () => {
    for (const written of [
      'guaranteed-return',
      'guaranteed_return',
      'Guaranteed😀Return',
      'guaranteedreturn',
      'guaranteed\treturn',
      'guaranteed\u200breturn',
    ])
      expect(foldsOf('guaranteed return', `a ${written} now`)[0]).toMatch(written);
    expect(foldsOf('guaranteed return', 'unguaranteedreturn guaranteedreturns')).toEqual([]);
    expect(foldsOf('保本 保息', '保本保息')).toEqual(['保本保息 filler']);
    expect(foldsOf('加 10 20', '加 1020')).toEqual([]);
  });

  it('takes a sign that is repeated for a repetition where fillers are not folded', () => {
    expect(foldsOf('奔 本', '奔  本', ['repeats'])).toEqual(['奔  本 repeats']);
    expect(foldsOf('奔-本', '奔--本', ['repeats'])).toEqual(['奔--本 repeats']);
    expect(foldsOf('奔 本', '奔  本', ['width'])).toEqual([]);
    expect(foldsOf('保本息', '保本-、本..息')).toEqual(['保本-、本..息 filler repeats']);
    expect(foldsOf('保本', '保----本')).toEqual([]);
  });

  it('takes the first of several signs for a filler where the term has one of them and else too many follow', () => {
    const foundBy = (text: string, term: string, fillers: number) =>
      compileMatcher([{ text: term, fillers }])
        .scan(text)
        .map(({ start, end, folds }) => [text.slice(start, end), ...folds].join(' '));
    expect(foundBy('保😀😀-本', '保😀本', 1)).toEqual(['保😀😀-本 filler']);
    expect(foundBy('保--、本', '保-本', 1)).toEqual(['保--、本 filler']);
    expect(foundBy('保😀-😀-本', '保😀本', 2)).toEqual(['保😀-😀-本 filler']);
    expect(foundBy('保😀-😀-本', '保😀本', 1)).toEqual([]);
    expect(foundBy('保😀😀、本--、息', '保😀本-息', 1)).toEqual(['保😀😀、本--、息 filler']);
    expect(foundBy(`保${'😀'.repeat(40)}本`, '保😀本', 9)).toEqual([]);
  });

  it('takes the brackets of a form in brackets for part of it', () => {
    expect(foldsOf('株式会社', '㈱式会社')).toEqual(['㈱式会社 width filler']);
    expect(foldsOf('有限公司', '某㈲限公司')).toEqual(['㈲限公司 width filler']);
    expect(foldsOf('cc', '㏄m')).toEqual(['㏄ width']);
    expect(foldsOf('c保', '㏄保')).toEqual([]);
  });

  it('takes 帳, 帐, 賬 and 账 for one character', () => {
    for (const written of ['轉帳', '转帐', '轉賬'])
      expect(foldsOf('转账', written)).toEqual([`${written} script`]);
    expect(foldsOf('帳戶', '账户')).toEqual(['账户 script']);
  });

  it('finds a character drawn out behind a sign that the term begins with, as before one', () => {
    const slices = (text: string, term: string) =>
      compileMatcher([{ text: term }])
        .scan(text)
        .map(({ start, end, folds }) => `${text.slice(start, end)} ${folds.join('+')}`);
    expect(slices('《保保本》', '《保本》')).toEqual(['《保保本》 repeats']);
    expect(slices('《保-保 本》', '《保本》')).toEqual(['《保-保 本》 filler+repeats']);
    expect(slices('《稳保本》', '《保本》')).toEqual([]);
    // Also where its two characters sound alike, and the lexicon is read by sound.
    const matcher = compileMatcher([
      { text: '《婕杰', folds: ['filler', 'repeats'] },
      { text: '保本', folds: ['homophones'] },
    ]);
    expect(matcher.scan('《婕婕杰').map(({ start, end }) => [start, end])).toEqual([[0, 4]]);
  });

  it('takes a figure for its own name, and for nothing that sounds like it', () => {
    expect(foldsOf('岳武', '12月5日', foldNames)).toEqual([]);
    expect(foldsOf('武行', '5行', foldNames)).toEqual([]);
    expect(foldsOf('五行', '5行', foldNames)).toEqual(['5行 digits']);
    expect(foldsOf('五行', '武行', foldNames)).toEqual(['武行 homophones']);
    // Behind a sign that the term begins with, and beside a space that it may do without.
    expect(foldsOf('《武行》', '《5行》', foldNames)).toEqual([]);
    expect(foldsOf('《五行》', '《5行》', foldNames)).toEqual(['《5行》 digits']);
    expect(foldsOf('保本 5年', '保本5年', foldNames)).toEqual(['保本5年 filler']);
  });

  it('takes more occurrences at a time than wait for each other', () => {
    const text = Array.from({ length: 500 }, (_, index) => `保本${index}包本`).join('，');
    const matcher = compileMatcher([{ text: '保本' }, { text: '保' }], { folds: foldSets.all });
    const count = (term: number) => matcher.scan(text).filter((match) => match.term === term).length;
    expect([count(0), count(1)]).toEqual([1000, 500]);
  });

  it('takes parts of the narrower character where two begin with the same, on every engine', () => {
    const components = [
      { character: '甲', parts: '女市' },
      { character: '乙', parts: '女市世' },
    ];
    for (const engine of engineNames) {
      const matcher = compileMatcher([{ text: '甲' }, { text: '乙' }], {
        folds: foldSets.all,
        components,
        engine,
      });
      expect(matcher.scan('在女市世上').map(({ term, start, end }) => [term, start, end])).toEqual([
        [0, 1, 3],
      ]);
    }
  });

  it('asks for a last character twice where a term says it twice, however far apart they are drawn', () => {
    const drawn = `章节${'\u200b'.repeat(300)}姐`;
    expect(foldsOf('张洁婕', '章姐，您好', foldNames)).toEqual([]);
    expect(foldsOf('张洁婕', '章姐-姐', foldNames)).toEqual(['章姐-姐 filler homophones']);
    expect(foldsOf('张洁婕', drawn, foldNames)).toEqual([`${drawn} invisible homophones`]);
  });

  it('takes three of a letter for one drawn out, not two, also where a ligature has some of them', () => {
    expect(foldsOf('aﬃ', 'afﬃ')).toEqual(['afﬃ width repeats']);
    expect(foldsOf('afi', 'affi')).toEqual([]);
    expect(foldsOf('afi', 'afffi')).toEqual(['afffi repeats']);
  });

  it('finds by sound what stands beside a figure that is written in another way', () => {
    const folds = [...foldSets.standard, 'homophones'] as const;
    expect(foldsOf('保一', '宝1', folds)).toEqual(['宝1 digits homophones']);
    expect(foldsOf('保一本', '宝①笨', folds)).toEqual(['宝①笨 width digits homophones']);
    expect(foldsOf('加三群', '家3群', folds)).toEqual(['家3群 digits homophones']);
    expect(foldsOf('保一', '宝2', folds)).toEqual([]);
  });

  it('begins as late in a run as it can, also by sound where an emoji keeps two of a kind apart', () => {
    const folds = [...foldSets.standard, 'homophones'] as const;
    expect(foldsOf('證😀證', '證證😀证', folds)).toEqual(['證😀证 script']);
    expect(foldsOf('證證😀證', '證證證😀證', folds)).toEqual(['證證😀證']);
  });

  it('reads letters that belong together together, a face as a filler, ⑻ as 8', () => {
    expect(foldsOf('加我私人微信', '加我 si ren weixin', foldNames)).toEqual([
      '加我 si ren weixin filler pinyin',
    ]);
    expect(foldsOf('保本', '保[微笑]本')).toEqual(['保[微笑]本 filler']);
    expect(foldsOf('加我138', '加我⑴⑶⑻')).toEqual(['加我⑴⑶⑻ width']);
    expect(foldsOf('保本', '由他担保Ben的额度', [...foldSets.standard, 'look-alikes'])).toEqual([]);
  });

  it('may be used from inside its own callback', () => {
    const matcher = compileMatcher([{ text: '保本' }, { text: '息' }]);
    const units = Uint16Array.from('保本息保本', (unit) => unit.charCodeAt(0));
    const found: number[][] = [];
    matcher.scanUnits(units, 0, 5, (term, start) => {
      const inside: number[] = [];
      matcher.scanUnits(units, 2, 5, (other, at) => inside.push(other, at));
      found.push([term, start, ...inside]);
    });
    expect(found).toEqual([
      [0, 0, 1, 2, 0, 3],
      [1, 2, 1, 2, 0, 3],
      [0, 3, 1, 2, 0, 3],
    ]);
  });

  it('compiles an empty list', () => {
    expect(compileMatcher([]).scan('任何话')).toEqual([]);
  });

  it('reads a field again once, though what it is rewritten to has letters too', () => {
    const terms = ['息-亻 Ａ', ' ben谢\u200b1', 'e息k', '笑笑', '保本'].map((text) => ({ text }));
    const matcher = compileMatcher(terms, { folds: foldNames });
    const texts = ['ｏesi<💰ü、㏄亻baoｏ\u001e钱西', 'bao本', '㏄，bao本\u001ebao㏄'];
    const found = texts.map((text) => matcher.scan(text).map(({ term }) => term));
    expect(found).toEqual([[], [4], [4]]);
  });
});
