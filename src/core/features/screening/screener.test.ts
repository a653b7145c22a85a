import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { foldNamesOf } from './folds.ts';
import { HitKeeper, keepGravest } from './hit-keeper.ts';
import { compileMatcher } from './matcher.ts';
import { foldSets } from './model.ts';
import { exampleProblems } from './rules/examples.ts';
import {
  type Circumstances,
  EntryOptions,
  type EntryOptionsInput,
  LexiconSettings,
  Suppression,
} from './rules/model.ts';
import {
  type Found,
  type ScreenerEntry,
  checkEntries,
  compileScreener,
  mostHits,
  runExamples,
} from './screener.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);
const settings = LexiconSettings.parse({});
const known: Circumstances = {
  speaker: 'employee',
  channel: 'single',
  kind: 'text',
  minuteOfDay: 10 * 60,
  branch: '深圳',
  productType: null,
};

function entry(text: string, options: EntryOptionsInput = {}): ScreenerEntry {
  return { text, options: EntryOptions.parse(options), settings };
}

function words(...list: string[]) {
  return { kind: 'words' as const, words: list };
}

function term(text: string) {
  return { kind: 'term' as const, text };
}

function screen(
  entries: readonly ScreenerEntry[],
  text: string,
  circumstances: Partial<Circumstances> = {},
  suppressions: readonly Suppression[] = [],
): string[] {
  return compileScreener(entries, suppressions)
    .screen(text, { ...known, ...circumstances })
    .map((found) => shown(entries, text, found));
}

function shown(
  entries: readonly ScreenerEntry[],
  text: string,
  { entry: index, start, end, silencedBy }: Found,
) {
  const silenced = silencedBy === null ? '' : ` (${silencedBy.phrase})`;
  return `${entries[index]?.text}: ${text.slice(start, end)}${silenced}`;
}

describe('words', () => {
  it(`are found as the matcher finds them, in 1,000 random texts (seed ${seed})`, () => {
    const terms = ['保本', '本息', '保本保息', 'ab', '微信'];
    const screener = compileScreener(
      terms.map((text) => entry(text)),
      [],
    );
    const matcher = compileMatcher(terms.map((text) => ({ text, folds: settings.folds })));
    const piece = fc.constantFrom(...'保本息微信ab '.split(''), '、', '😀', 'Ａ', '\u200b', '。', '\u001e');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        expect(
          screener.screen(text, known).map((found) => ({ ...found, folds: foldNamesOf(found.folds) })),
        ).toEqual(
          matcher
            .scan(text)
            .map(({ term: index, ...match }) => ({ entry: index, ...match, silencedBy: null }))
            .toSorted((a, b) => a.end - b.end || a.start - b.start || a.entry - b.entry),
        );
      }),
      { numRuns: 1_000, seed },
    );
  });

  it('count offsets of flat text from the array’s beginning', () => {
    const entries = [
      entry('保本'),
      entry('R', { rule: { kind: 'near', first: term('保本'), second: words('理财'), within: 2 } }),
    ];
    const text = '保本理财保本理财';
    const units = Uint16Array.from({ length: 8 }, (_, at) => text.charCodeAt(at));
    const found: string[] = [];
    compileScreener(entries, []).screenUnits(units, 4, 8, known, ({ entry: index, start, end }) =>
      found.push(`${index} ${start}-${end}`),
    );
    expect(found.toSorted()).toEqual(['0 4-6', '1 4-8']);
  });

  it('have the folds of their entry, or those that are forced on all', () => {
    const entries = [entry('保本', { foldsOff: ['filler'] }), entry('保本', { foldsOn: ['homophones'] })];
    const text = '保-本 宝本';
    const all = compileScreener(entries, [], { force: [] }).screen(text, known);
    expect(all).toEqual([]);
    expect(screen(entries, text)).toEqual(['保本: 保-本', '保本: 宝本']);
  });
});

describe('near', () => {
  const near = (within: number, ordered = false) =>
    entry('近', { rule: { kind: 'near', first: words('保本'), second: words('理财'), within, ordered } });

  it('counts characters between the two, an astral one as one', () => {
    expect(screen([near(3)], '保本的的的理财')).toEqual(['近: 保本的的的理财']);
    expect(screen([near(3)], '保本的的的的理财')).toEqual([]);
    expect(screen([near(2)], '理财😀😀保本')).toEqual(['近: 理财😀😀保本']);
    expect(screen([near(1)], '理财😀😀保本')).toEqual([]);
    expect(screen([near(5, true)], '理财的保本')).toEqual([]);
    expect(screen([near(0)], '保本理财')).toEqual(['近: 保本理财']);
  });

  it('stays in one field', () => {
    expect(screen([near(5)], '保本\u001e理财')).toEqual([]);
  });

  it('finds disguised operands and says by which folds', () => {
    const [found] = compileScreener([near(5)], []).screen('保-本的理_財', known);
    expect(found).toMatchObject({ start: 0, end: 7, confidence: 0.9 });
    expect(foldNamesOf(found?.folds ?? 0)).toEqual(['script', 'filler']);
  });
});

describe('all-of and any-of', () => {
  it('give the shortest stretch with all, and each of any', () => {
    const entries = [
      entry('全', {
        rule: {
          kind: 'all-of',
          operands: [words('私人'), words('微信'), { kind: 'detector', detector: 'mobile' }],
        },
      }),
      entry('任', {
        rule: { kind: 'any-of', operands: [words('稳赚', '包赚'), { kind: 'pattern', pattern: '赚\\d+%' }] },
      }),
    ];
    expect(screen(entries, '私人的。私人微信13800138000，微信')).toEqual(['全: 私人微信13800138000']);
    expect(screen(entries, '私人微信')).toEqual([]);
    expect(screen(entries, '稳赚，赚10%，包 赚')).toEqual(['任: 稳赚', '任: 赚10%', '任: 包 赚']);
  });

  it('keep the surest of several operands at one place', () => {
    const entries = [
      entry('宝本', { foldsOn: ['homophones'] }),
      entry('任', { rule: { kind: 'any-of', operands: [term('宝本'), words('保本')] } }),
    ];
    const found = compileScreener(entries, []).screen('保本', known);
    expect(found.map(({ entry: index, confidence }) => [index, confidence])).toEqual([
      [0, 0.6],
      [1, 1],
    ]);
  });

  it('look through all fields of a message, and put the hit into one', () => {
    const entries = [entry('全', { rule: { kind: 'all-of', operands: [words('私人'), words('微信')] } })];
    expect(screen(entries, '私人\u001e加微信')).toEqual(['全: 微信']);
  });

  it('take other entries and rules by their text, wherever those count themselves, but not where they are exempt', () => {
    const entries = [
      entry('外', { rule: { kind: 'any-of', operands: [term('内')] } }),
      entry('内', {
        rule: { kind: 'near', first: term('保本'), second: words('理财'), within: 9 },
        scope: { speaker: 'customer' },
      }),
      entry('保本', { notWhen: [{ phrase: '不保本' }], scope: { speaker: 'customer' } }),
    ];
    expect(screen(entries, '保本理财')).toEqual(['外: 保本理财']);
    expect(screen(entries, '不保本理财')).toEqual([]);
  });

  it('never match where they go round in circles or name what is not there', () => {
    const entries = [
      entry('甲', { rule: { kind: 'any-of', operands: [term('乙'), words('保本')] } }),
      entry('乙', { rule: { kind: 'any-of', operands: [term('甲')] } }),
      entry('丙', { rule: { kind: 'any-of', operands: [term('丁'), words('保本')] } }),
      entry('戊', { rule: { kind: 'any-of', operands: [term('甲'), words('保本')] } }),
    ];
    expect(screen(entries, '保本')).toEqual(['丙: 保本']);
  });

  it('follow a chain of 20,000 rules', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      entry(`r${index}`, {
        rule: { kind: 'any-of', operands: [index === 19_999 ? words('保本') : term(`r${index + 1}`)] },
      }),
    );
    const screener = compileScreener(chain, []);
    expect(screener.screen('保本', known)).toHaveLength(mostHits);
    expect(screener.cut).toBe(true);
    expect(screener.screen('没有', known)).toEqual([]);
    expect(screener.cut).toBe(false);
    expect(checkEntries(chain, settings)).toEqual([]);
  });
});

describe('required', () => {
  const rule = (options: { within?: number; productTypes?: string[] }) =>
    entry('须', {
      rule: {
        kind: 'required',
        when: words('收益'),
        disclosures: [words('投资须谨慎'), words('理财非存款')],
        ...options,
      },
    });

  it('hits the claim where no disclosure stands, or none near enough', () => {
    expect(screen([rule({})], '收益高')).toEqual(['须: 收益']);
    expect(screen([rule({})], `收益高${'，'.repeat(500)}投资须谨慎`)).toEqual([]);
    expect(screen([rule({ within: 3 })], '收益高哦，投资须谨慎')).toEqual([]);
    expect(screen([rule({ within: 2 })], '收益高哦，投资须谨慎')).toEqual(['须: 收益']);
    expect(screen([rule({ within: 2 })], '理财非存款，收益高；收益真的很高')).toEqual(['须: 收益']);
    expect(screen([rule({})], '没有')).toEqual([]);
  });

  it('asks only of its product types', () => {
    const entries = [rule({ productTypes: ['理财'] })];
    expect(screen(entries, '收益高')).toEqual([]);
    expect(screen(entries, '收益高', { productType: '存款' })).toEqual([]);
    expect(screen(entries, '收益高', { productType: '理财' })).toEqual(['须: 收益']);
  });
});

describe('exemptions and suppressions', () => {
  it('silence a match inside the phrase, disguised or not, and say by which', () => {
    const entries = [
      entry('保本', {
        notWhen: [{ phrase: '不保本' }, { phrase: '保本型产品已停售', code: '消费提示', reason: '停售' }],
      }),
    ];
    expect(screen(entries, '不保本，保本')).toEqual(['保本: 保本 (不保本)', '保本: 保本']);
    expect(screen(entries, '不 保-本')).toEqual(['保本: 保-本 (不保本)']);
    const [found] = compileScreener(entries, []).screen('保本型产品已停售', known);
    expect(found?.silencedBy).toEqual({ phrase: '保本型产品已停售', code: '消费提示', reason: '停售' });
  });

  it('are made for 20,000 entries beside 2,000 aliases in no time', () => {
    const aliases = Array.from({ length: 2_000 }, (_, index) => ({
      target: `词${index}`,
      written: [`甲${index}`, `乙${index}`],
    }));
    const shared = { ...settings, aliases };
    const options = EntryOptions.parse({ notWhen: [{ phrase: '不保本' }] });
    const entries = Array.from({ length: 20_000 }, (_, index) => ({
      text: index === 0 ? '保本' : `条目${index}`,
      options,
      settings: shared,
    }));
    const started = performance.now();
    expect(screen(entries, '不保本')).toEqual(['保本: 保本 (不保本)']);
    // Some 400 ms; writing the aliases out for each entry took 12 s.
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('silence hits of rules too', () => {
    const entries = [
      entry('号', {
        rule: { kind: 'detector', detector: 'mobile' },
        notWhen: [{ phrase: '客服13800138000' }],
      }),
    ];
    expect(screen(entries, '客服13800138000')).toEqual(['号: 13800138000 (客服13800138000)']);
  });

  it('suppress for the entries and in the scope that are named', () => {
    const entries = [entry('保本'), entry('收益')];
    const suppression = (options: object) => [
      Suppression.parse({ phrase: '本产品不承诺保本和收益', ...options }),
    ];
    const text = '本产品不承诺保本和收益，保本';
    expect(screen(entries, text, {}, suppression({}))).toEqual([
      '保本: 保本 (本产品不承诺保本和收益)',
      '收益: 收益 (本产品不承诺保本和收益)',
      '保本: 保本',
    ]);
    expect(screen(entries, text, {}, suppression({ terms: ['收益'] }))[0]).toBe('保本: 保本');
    expect(screen(entries, text, {}, suppression({ scope: { speaker: 'customer' } }))).not.toContainEqual(
      expect.stringContaining('('),
    );
  });
});

describe('scope', () => {
  const cases: readonly [EntryOptionsInput['scope'], Partial<Circumstances>, boolean][] = [
    [{ speaker: 'customer' }, { speaker: 'customer' }, true],
    [{ speaker: 'customer' }, { speaker: 'employee' }, false],
    [{ speaker: 'customer' }, { speaker: null }, false],
    [{ channel: 'group' }, { channel: 'group' }, true],
    [{ channel: 'group' }, { channel: 'single' }, false],
    [{ kinds: ['text', 'link'] }, { kind: 'link' }, true],
    [{ kinds: ['link'] }, { kind: 'text' }, false],
    [{ kinds: ['link'] }, { kind: null }, false],
    [{ branches: ['深圳'] }, { branch: '深圳' }, true],
    [{ branches: ['深圳'] }, { branch: null }, false],
    [{ hours: { from: '09:00', to: '18:00' } }, { minuteOfDay: 9 * 60 }, true],
    [{ hours: { from: '09:00', to: '18:00' } }, { minuteOfDay: 18 * 60 }, false],
    [{ hours: { from: '22:00', to: '06:00' } }, { minuteOfDay: 23 * 60 }, true],
    [{ hours: { from: '22:00', to: '06:00' } }, { minuteOfDay: 0 }, true],
    [{ hours: { from: '22:00', to: '06:00' } }, { minuteOfDay: 6 * 60 }, false],
    [{ hours: { from: '22:00', to: '06:00' } }, { minuteOfDay: null }, false],
  ];
  it.each(cases)('%j in %j: %s', (scope, circumstances, hits) => {
    expect(screen([entry('投诉', { scope })], '投诉', circumstances)).toHaveLength(hits ? 1 : 0);
    const rule = { kind: 'pattern' as const, pattern: '投诉' };
    expect(screen([entry('规', { scope, rule })], '投诉', circumstances)).toHaveLength(hits ? 1 : 0);
  });
});

describe('messages read together', () => {
  const entries = [
    entry('私人微信'),
    entry('电话', { rule: { kind: 'detector', detector: 'mobile' } }),
    entry('两处', { rule: { kind: 'all-of', operands: [words('私人'), words('收款')], window: 'messages' } }),
    entry('不拆', { foldsOff: ['split'] }),
  ];
  const screener = compileScreener(entries, []);
  const joined = (messages: readonly string[]) => ({
    text: messages.join(''),
    joints: messages.slice(0, -1).map((_, index) => messages.slice(0, index + 1).join('').length),
    parts: [],
  });
  const join = (...messages: string[]) => {
    const { text, ...others } = joined(messages);
    return screener
      .screenJoined({ text, ...others }, known)
      .map((found) => `${shown(entries, text, found)} ${foldNamesOf(found.folds).join()}`);
  };

  it('give a rule that asks for several messages what no single one of them has', () => {
    const across = [
      entry('分开', { rule: { kind: 'all-of', operands: [words('私人'), words('收款')], window: 'across' } }),
      entry('带头', { rule: { kind: 'any-of', operands: [term('分开')] }, foldsOff: ['split'] }),
    ];
    const only = compileScreener(across, []);
    const find = (...messages: string[]) =>
      only.screenJoined(joined(messages), known).map((found) => shown(across, messages.join(''), found));
    expect(only.joins).toBe(true);
    expect(only.screen('私人的收款码', known)).toEqual([]);
    expect(find('私人的', '收款码')).toEqual(['分开: 私人的收款']);
    expect(find('收款', '好', '私人')).toEqual(['分开: 收款好私人']);
    expect(find('私人的收款', '收款')).toEqual([]);
    expect(find('私人', '私人的收款')).toEqual([]);
    expect(only.explain(0, '私人的收款', 0, 5).map(({ written }) => written)).toEqual(['私人', '收款']);
  });

  it('give what ends in the newest and begins before it', () => {
    expect(screener.joins).toBe(true);
    expect(join('加我私人微', '信')).toEqual(['私人微信: 私人微信 split']);
    expect(join('加我私人微', '信', '好')).toEqual([]);
    expect(join('私人微信', '好')).toEqual([]);
    expect(join('1380013', '8000')).toEqual(['电话: 13800138000 split']);
    expect(join('私人的', '好', '收款码')).toEqual(['两处: 私人的好收款 split']);
    // One of the messages says it all: it is a hit by itself.
    expect(join('私人的收款', '收款')).toEqual([]);
    expect(join('收款', '私人的收款')).toEqual([]);
    expect(join('私人的收款', '私人', '收款')).toEqual(['两处: 私人收款 split']);
    expect(join('不', '拆')).toEqual([]);
  });

  it('are no surer than messages that are read together', () => {
    const text = '私人的收-款';
    const [found] = screener.screenJoined({ text, joints: [3], parts: [] }, known);
    expect(foldNamesOf(found?.folds ?? 0)).toEqual(['filler', 'split']);
    expect(found?.confidence).toBe(0.85);
  });

  it('explain what they rest on', () => {
    expect(screener.explain(2, '私人的好收款码', 0, 6).map(({ written }) => written)).toEqual([
      '私人',
      '收款',
    ]);
  });

  it('are not asked for where no entry has any use of them', () => {
    expect(compileScreener([entry('保本', { foldsOff: ['split'] })], []).joins).toBe(false);
  });
});

describe('explain', () => {
  it('gives the steps of every operand in order of place', () => {
    const entries = [
      entry('近', {
        rule: {
          kind: 'near',
          first: { kind: 'detector', detector: 'rate' },
          second: words('保本'),
          within: 9,
        },
      }),
      entry('须', { rule: { kind: 'required', when: words('收益'), disclosures: [words('谨慎')] } }),
    ];
    const screener = compileScreener(entries, []);
    const text = '保-本５％，收益';
    const steps = screener
      .screen(text, known)
      .map(({ entry: index, start, end }) =>
        screener.explain(index, text, start, end).map(({ written, read }) => `${written}→${read}`),
      );
    expect(steps).toEqual([
      ['保→保', '-→', '本→本', '５％→5%'],
      ['收益→收益', '→谨慎'],
    ]);
  });

  it('names the disclosures that are missing, any of which would do, also through another rule', () => {
    const rule = {
      kind: 'required' as const,
      when: words('收益'),
      disclosures: [words('谨慎', '有风险'), term('非存款'), { kind: 'pattern' as const, pattern: '不保.' }],
      productTypes: ['理财'],
    };
    const entries = [
      entry('须', { rule }),
      entry('外', { rule: { kind: 'any-of', operands: [term('内')] } }),
      entry('内', { rule: { ...rule, productTypes: [] } }),
      entry('非存款'),
    ];
    const screener = compileScreener(entries, []);
    const missing = { start: 3, end: 3, written: '', read: '谨慎 / 有风险 / 非存款 / 不保.', folds: [] };
    for (const index of [0, 1, 2]) {
      const [condition, ...others] = screener.explain(index, '高收益', 1, 3);
      expect(condition).toMatchObject({ start: 1, end: 3, written: '收益' });
      expect(others).toEqual([missing]);
    }
    expect(screener.screen('高收 益', known).map(({ confidence }) => confidence)).toEqual([0.9, 0.9]);
  });
});

describe('a list of allowed domains', () => {
  it.each([
    'http://binjiang-bank.cn.vip-shop.top/a',
    'https://binjiang-bank.cn.evil.com',
    'binj1ang-bank.cn',
    'bınjiang-bank.cn',
    'binjiаng-bank.cn',
    'xn--bnjiang-bank-14b.cn',
    'example.com',
  ])('lets nothing but those pass, whatever the folds: %s', (written) => {
    const rule = { kind: 'detector' as const, detector: 'url' as const, allow: ['binjiang-bank.cn'] };
    const detector = entry('链接', { rule });
    const within = entry('近', { rule: { kind: 'near', first: rule, second: words('点'), within: 9 } });
    for (const force of [[], foldSets.standard, foldSets.all]) {
      const screener = compileScreener([detector, within], [], { force });
      const text = `点 ${written}`;
      const found = screener.screen(text, known);
      expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([text, written]);
      expect(screener.screen('点 https://m.binjiang-bank.cn/a', known)).toEqual([]);
    }
  });
});

describe('a flood of hits', () => {
  const many = '零风险，'.repeat(mostHits + 100);
  const grave = (text: string, gravity: number, options = {}) => ({ ...entry(text, options), gravity });

  it('hides no graver hit behind it, nor the first of any entry', () => {
    const screener = compileScreener([grave('零风险', 3), grave('保本保息', 4), grave('低', 0)], []);
    const found = screener.screen(`${many}保本保息，保本保息，低，低`, known);
    expect(found).toHaveLength(mostHits);
    expect(found.filter(({ entry: index }) => index === 1)).toHaveLength(2);
    expect(found.filter(({ entry: index }) => index === 2)).toHaveLength(1);
    expect(found[0]?.start).toBe(0);
    expect(screener.cutBy).toEqual(['hits']);
  });

  it('hides no rule, whose words come behind, nor what it is near to', () => {
    const rule = { kind: 'near', first: words('保'), second: words('息'), within: 3 } as const;
    const screener = compileScreener([grave('零风险', 0), grave('近', 4, { rule })], []);
    expect(screener.screen(`${many}保本息`, known).filter(({ entry: index }) => index === 1)).toHaveLength(1);
  });

  it.each(['exemption', 'suppression'])('that an %s silences hides none that counts', (by) => {
    const options = by === 'exemption' ? { notWhen: [{ phrase: '不保本' }] } : {};
    const suppressions = by === 'suppression' ? [Suppression.parse({ phrase: '不保本' })] : [];
    const rule = { kind: 'any-of' as const, operands: [words('保本')] };
    const entries = [entry('保本', options), entry('任', { ...options, rule })];
    const screener = compileScreener(entries, suppressions);
    const text = `${'不保本。'.repeat(mostHits + 100)}保本`;
    const counting = screener.screen(text, known).filter(({ silencedBy }) => silencedBy === null);
    expect(counting.map(({ entry: index, start }) => [index, start])).toEqual([
      [0, text.length - 2],
      [1, text.length - 2],
    ]);
  });

  it('of one pattern that spends all work hides no other pattern', () => {
    const pattern = (text: string, of: string) => entry(text, { rule: { kind: 'pattern', pattern: of } });
    const screener = compileScreener([pattern('甲', 'a.*c|a'), pattern('乙', '保本+')], []);
    const found = screener.screen(`保本${'a'.repeat(1_000_000)}`, known);
    expect(screener.cutBy).toContain('work');
    expect(found.some(({ entry: index }) => index === 1)).toBe(true);
  });

  it('keeps what ranking all of them would keep', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ entry: fc.nat(6), start: fc.nat(40), silenced: fc.boolean() }), {
          maxLength: 120,
        }),
        (given) => {
          const gravityOf = (index: number) => index % 4;
          const hits = given
            .map((hit) => ({ ...hit, end: hit.start + 1 }))
            .toSorted((a, b) => a.start - b.start || a.entry - b.entry);
          const keeper = new HitKeeper(10, gravityOf);
          const silence = { phrase: '', code: '', reason: '' };
          for (const { entry: index, start, end, silenced } of hits) {
            const hit = { entry: index, start, end };
            if (!keeper.wants(hit)) continue;
            keeper.add({ ...hit, folds: 0, confidence: 1, silencedBy: silenced ? silence : null });
          }
          const kept = keeper.take();
          const counting = hits.filter(({ silenced }) => !silenced);
          const expected = keepGravest(counting, 10, gravityOf);
          expect(kept.length).toBe(Math.min(10, hits.length));
          expect(
            kept
              .filter(({ silencedBy }) => silencedBy === null)
              .map(({ entry: index, start }) => [index, start]),
          ).toEqual(expected.map(({ entry: index, start }) => [index, start]));
          expect(keeper.dropped).toBe(hits.length > 10);
        },
      ),
    );
  });
});

describe('what is cut', () => {
  it('is said where a matcher’s work was spent on words that are no hits', () => {
    const nested = Array.from({ length: 100 }, (_, index) => 'a'.repeat(index + 100));
    const operands = [words(...nested), words('保本')];
    const screener = compileScreener([entry('全', { rule: { kind: 'all-of', operands } })], []);
    expect(screener.screen('a-'.repeat(100_000), known)).toEqual([]);
    expect(screener.cut).toBe(true);
    screener.screen('保本', known);
    expect(screener.cut).toBe(false);
  });

  it('is said where phrases that silence were left out', () => {
    const screener = compileScreener([entry('保本')], [Suppression.parse({ phrase: '不' })]);
    screener.screen(`保本${'不'.repeat(100_001)}`, known);
    expect(screener.cut).toBe(true);
    screener.screen('保本不', known);
    expect(screener.cut).toBe(false);
  });
});

describe('hostile texts', () => {
  const entries = [
    entry('保本', { notWhen: [{ phrase: '不保本' }] }),
    entry('近', { rule: { kind: 'near', first: words('保'), second: words('本'), within: 1_000 } }),
    entry('全', {
      rule: { kind: 'all-of', operands: [words('保'), words('本'), words('息')], window: 'messages' },
    }),
    entry('任', { rule: { kind: 'any-of', operands: [term('近'), term('保本')] } }),
    entry('须', { rule: { kind: 'required', when: words('保'), disclosures: [words('险')], within: 5 } }),
    entry('式', { rule: { kind: 'pattern', pattern: '(保+)+$|保.*险|保' } }),
    entry('号', { rule: { kind: 'detector', detector: 'mobile' } }),
  ];
  it.each([
    '保本',
    '保',
    '，',
    '\ud83d',
    '\udc00',
    '本保不保本',
    '13800138000 ',
    '\u200b',
    '\u001e',
    '保本息险',
  ])(
    'of 1,000,000 units of %j are screened in seconds, and what is cut is said',
    (piece) => {
      const screener = compileScreener(entries, [Suppression.parse({ phrase: '本保' })]);
      const text = piece.repeat(1_000_000 / piece.length);
      const started = performance.now();
      const found = screener.screen(text, known);
      expect(performance.now() - started).toBeLessThan(30_000);
      expect(found.length).toBeLessThanOrEqual(mostHits);
      if (found.length === mostHits) expect(screener.cut).toBe(true);
    },
    60_000,
  );

  it('leave nothing behind where a callback throws', () => {
    const screener = compileScreener(entries, []);
    const units = Uint16Array.from('保本保本', (character) => character.charCodeAt(0));
    const expected = screener.screen('没有', known);
    expect(() => {
      screener.screenUnits(units, 0, 4, known, () => {
        throw new Error('enough');
      });
    }).toThrow('enough');
    expect(screener.screen('没有', known)).toEqual(expected);
    expect(screener.screen('保本', known).length).toBeGreaterThan(0);
  });
});

describe('checkEntries', () => {
  const problems = (entries: readonly ScreenerEntry[], own: LexiconSettings = settings) =>
    checkEntries(entries, own).map(({ kind, entry: text, detail }) => `${kind} ${text} ${detail}`);

  it('names what is missing, circular, contradictory or no domain', () => {
    const any = (...operands: (ReturnType<typeof term> | ReturnType<typeof words>)[]) => ({
      rule: { kind: 'any-of' as const, operands },
    });
    expect(problems([entry('甲', any(term('无')))])).toEqual(['missing-term 甲 无']);
    expect(problems([entry('甲', any(term('甲')))])).toEqual(['rule-names-itself 甲 ']);
    expect(
      problems([entry('甲', any(term('乙'))), entry('乙', any(term('甲'))), entry('丙', any(term('甲')))]),
    ).toEqual(['rule-refers-to-itself 甲 乙', 'rule-refers-to-itself 乙 甲']);
    expect(problems([entry('甲', { rule: { kind: 'pattern', pattern: '(?=a)' } })])).toEqual([
      'bad-pattern 甲 look-around',
    ]);
    expect(problems([entry('保本', { notWhen: [{ phrase: '保 本' }] })])).toEqual([
      'contradiction 保本 exempts-itself',
    ]);
    expect(problems([entry('保本', { foldsOn: ['width'], foldsOff: ['width'] })])).toEqual([
      'contradiction 保本 fold-on-and-off',
    ]);
    expect(problems([entry('保本', { scope: { hours: { from: '09:00', to: '09:00' } } })])).toEqual([
      'contradiction 保本 hours-empty',
    ]);
    expect(problems([entry('保本', { scope: { kinds: [] } })])).toEqual(['contradiction 保本 scope-empty']);
    expect(
      problems([
        entry('保本', {
          examples: [
            { text: 'a', expect: 'hit' },
            { text: 'a', expect: 'no-hit' },
          ],
        }),
      ]),
    ).toEqual(['contradiction 保本 example-both']);
    expect(
      problems([
        entry('甲', { rule: { kind: 'required', when: words('a'), disclosures: [words('A', 'b')] } }),
      ]),
    ).toEqual(['contradiction 甲 requires-itself']);
    expect(
      problems([entry('甲', { rule: { kind: 'near', first: words('a'), second: words('a'), within: 0 } })]),
    ).toEqual(['contradiction 甲 near-itself']);
    const url = (allow: string[], deny: string[]) =>
      entry('甲', { rule: { kind: 'detector', detector: 'url', allow, deny } });
    expect(problems([url(['example.com'], ['a.example.com'])])).toEqual(['contradiction 甲 allow-and-deny']);
    expect(problems([url(['http://example.com', 'com', '例子.中国', 'xn--fsqu00a.xn--fiqs8s'], [])])).toEqual(
      ['bad-domain 甲 http://example.com', 'bad-domain 甲 com'],
    );
    const components = [
      { character: '保', parts: '亻呆' },
      { character: '呆', parts: '口木' },
      { character: '木', parts: '十保' },
    ];
    expect(problems([], LexiconSettings.parse({ components }))).toEqual([
      'component-cycle  保',
      'component-cycle  呆',
      'component-cycle  木',
    ]);
    expect(problems([], LexiconSettings.parse({ components: components.slice(0, 2) }))).toEqual([]);
  });

  it('sees an exemption that reads the same as the entry under its folds', () => {
    const isDead = (text: string, phrases: readonly string[], options: Partial<EntryOptionsInput> = {}) =>
      problems([entry(text, { ...options, notWhen: phrases.map((phrase) => ({ phrase })) })]).length > 0;
    expect(problems([entry('保证收益', { notWhen: [{ phrase: '保證收益' }] })])).toEqual([
      'contradiction 保证收益 exempts-itself',
    ]);
    expect(isDead('保证收益', ['保證收益'], { foldsOff: ['script'] })).toBe(false);
    expect(isDead('保本', ['包本'])).toBe(false);
    expect(isDead('保本', ['包本'], { foldsOn: ['homophones'] })).toBe(true);
    expect(isDead('保本', ['不保本', '保本型', '保住本金', '家保'])).toBe(false);
    const when = (...listed: string[]) => ({
      rule: { kind: 'required' as const, when: words(...listed), disclosures: [words('谨慎')] },
    });
    expect(isDead('须', ['收益'], when('收益'))).toBe(true);
    expect(isDead('须', ['收 益', '業績'], when('收益', '业绩'))).toBe(true);
    expect(isDead('须', ['收益'], when('收益', '业绩'))).toBe(false);
    expect(isDead('须', ['无收益', '须'], when('收益'))).toBe(false);
  });

  it('names half a character in what an entry looks for, and in the tables', () => {
    const half = '\ud83d';
    expect(problems([entry(half)])).toEqual([`unpaired-surrogate ${half} U+D83D`]);
    expect(problems([entry('保本', { notWhen: [{ phrase: '不\ude00保本' }] })])).toEqual([
      'unpaired-surrogate 保本 U+DE00',
    ]);
    expect(problems([entry('甲', { rule: { kind: 'any-of', operands: [words(half)] } })])).toEqual([
      'unpaired-surrogate 甲 U+D83D',
    ]);
    const tables = {
      aliases: [{ target: '保本', written: [half] }],
      components: [{ character: '保', parts: `亻${half}` }],
    };
    expect(problems([], LexiconSettings.parse(tables))).toEqual([
      'unpaired-surrogate  U+D83D',
      'unpaired-surrogate  U+D83D',
    ]);
    expect(problems([entry('😀保本𠮷')])).toEqual([]);
  });

  it('takes the built-in components into a circle', () => {
    const circles = (...components: { character: string; parts: string }[]) =>
      problems([], LexiconSettings.parse({ components }));
    expect(circles({ character: '呆', parts: '口保' })).toEqual(['component-cycle  呆']);
    expect(circles({ character: '呆', parts: '口木' }, { character: '犇', parts: '牛牛牛' })).toEqual([]);
  });

  it('finds nothing wrong with 20,000 entries in no time', () => {
    const many = Array.from({ length: 20_000 }, (_, index) =>
      entry(`词${index}`, { notWhen: [{ phrase: `不词${index}` }] }),
    );
    const started = performance.now();
    expect(checkEntries(many, settings)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('runExamples', () => {
  it('gives the examples that fail, whoever speaks', () => {
    const entries = [
      entry('保本', {
        scope: {
          speaker: 'customer',
          hours: { from: '23:00', to: '01:00' },
          branches: ['深圳'],
          kinds: ['link'],
        },
        notWhen: [{ phrase: '不保本' }],
        examples: [
          { text: '保-本', expect: 'hit' },
          { text: '不保本', expect: 'no-hit' },
          { text: '保 底', expect: 'hit' },
          { text: '都保本', expect: 'no-hit' },
        ],
      }),
      entry('须', {
        rule: { kind: 'required', when: words('收益'), productTypes: ['理财'], disclosures: [words('谨慎')] },
        examples: [
          { text: '收益', expect: 'hit' },
          { text: '收益，谨慎', expect: 'no-hit' },
        ],
      }),
    ];
    expect(exampleProblems(runExamples(entries, settings))).toEqual([
      { kind: 'example-fails', entry: '保本', detail: '保 底' },
      { kind: 'example-fails', entry: '保本', detail: '都保本' },
    ]);
  });

  it('read the messages of an example as those of one sender, one by one and together', () => {
    const entries = [
      entry('私人微信', {
        examples: [
          { text: '加我私人', followedBy: ['好的', '微信'], expect: 'no-hit' },
          { text: '加我私人', followedBy: ['微', '信'], expect: 'hit' },
          { text: '好的', followedBy: ['私人微信'], expect: 'hit' },
          { text: '加我私人', followedBy: ['微', '信号'], expect: 'no-hit' },
          { text: '加我私人', expect: 'hit' },
        ],
      }),
      entry('不拆', {
        foldsOff: ['split'],
        examples: [{ text: '不', followedBy: ['拆'], expect: 'no-hit' }],
      }),
    ];
    const failing = runExamples(entries, settings);
    expect(exampleProblems(failing).map(({ detail }) => detail)).toEqual([
      '加我私人 / 微 / 信号',
      '加我私人',
    ]);
    expect(failing[0]?.hits.map(({ parts }) => parts)).toEqual([
      [
        { index: 0, start: 2, end: 4 },
        { index: 1, start: 0, end: 1 },
        { index: 2, start: 0, end: 1 },
      ],
    ]);
  });
});
