import { describe, expect, it } from 'vitest';

import { engineNames } from './generators/index.ts';
import { MatchList } from './match-list.ts';
import { compileProgram } from './program.ts';
import { type CompileOptions, type TermSpec, compileMatcher, foldNames, foldSets } from './index.ts';

// Text that is made to hide a term behind others, or to take the afternoon. A quadratic scan of what these hold runs into the
// tests' time limit; and what depends on other lexicons, or on other terms of the same one.

function slicesOf(terms: readonly TermSpec[], text: string, options: CompileOptions = {}) {
  const matcher = compileMatcher(terms, options);
  const found = matcher.scan(text).map(({ term, start, end }) => `${term} ${text.slice(start, end)}`);
  return { found, cut: matcher.cut };
}

it('leaves nothing of a scan that an exception ended to the next one', () => {
  const { scan } = compileProgram([{ text: '保本' }], { folds: foldSets.standard });
  const into = new MatchList();
  const unitsOf = (text: string) => Uint16Array.from(text, (letter) => letter.charCodeAt(0));
  const stop = () => {
    throw new Error('stopped');
  };
  expect(() => scan(unitsOf('保本保本保本'), 0, 6, into, stop)).toThrow('stopped');
  // What was found before.
  into.add(0, 0, 2, 0);
  scan(unitsOf('保本。无事'), 3, 5, into);
  const found: number[] = [];
  into.drain((_term, start) => found.push(start));
  expect(found).toEqual([]);
});

describe.each(engineNames)('hostile text, on %s', (engine) => {
  it('finds each single character of a column once, and what stands behind it', () => {
    for (const between of ['\n', '。', '𠮷', '。…']) {
      const { found, cut } = slicesOf(
        [{ text: '傻' }, { text: '私人微信' }],
        `${`傻${between}`.repeat(20_000)}私人微信`,
        {
          engine,
        },
      );
      expect(found).toHaveLength(20_001);
      expect(found.at(-1)).toBe('1 私人微信');
      expect(cut).toBe(false);
    }
  });

  it('asks of a run of letters in two scripts only once whether it is pinyin', () => {
    const folds = [...foldSets.standard, 'pinyin'] as const;
    const letters = 'аa'.repeat(250_000);
    expect(slicesOf([{ text: '保本' }], `${letters} baoben`, { folds, engine }).found).toEqual(['0 baoben']);
  });

  it('looks once over what is skipped, however many terms begin or end twice there', () => {
    const rest = Array.from({ length: 1_000 }, (_, at) => String.fromCharCode(0x4e00 + 17 * at + 11)).join(
      '',
    );
    const begin = Array.from({ length: 1_000 }, (_, at) => ({ text: `乐乐${rest.slice(0, at + 1)}` }));
    const end = Array.from({ length: 1_000 }, (_, at) => ({ text: `${rest.slice(0, at + 1)}喜喜` }));
    const fillers = '-'.repeat(1_500_000);
    const text = `${fillers}乐${rest}${fillers}${rest}喜${fillers}`;
    expect(slicesOf([...begin, ...end], text, { engine }).found).toEqual([]);
    // A fraction of a second; half a minute where each term looks.
  }, 10_000);

  it('follows no more runs once the work is spent', () => {
    const nested = Array.from({ length: 255 }, (_, index) => ({ text: `${'保'.repeat(index + 1)}本` }));
    const text = `${'保'.repeat(255)}本`.repeat(1_000);
    const { found, cut } = slicesOf([...nested, { text: '稳赚' }], `${text}稳赚`, {
      folds: foldNames,
      engine,
    });
    expect(cut).toBe(true);
    expect(found.at(-1)).toBe('255 稳赚');
  });

  it('keeps apart terms that are longer than a record counts', () => {
    const long = '保'.repeat(35_000) + '本'.repeat(35_000);
    expect(
      slicesOf([{ text: long }, { text: long }, { text: '息' }], `${long}息`, { folds: [], engine }).found,
    ).toHaveLength(3);
    expect(slicesOf([{ text: long }], long.slice(0, 4_500), { folds: [], engine }).found).toEqual([]);
  });
});

describe('what one lexicon finds', () => {
  it('does not depend on other terms that allow more', () => {
    const terms = [{ text: '！保本' }, { text: '完全', acrossSentences: true }];
    expect(slicesOf(terms, '说！保本').found).toEqual(['0 ！保本']);
    expect(slicesOf([{ text: '！保本', acrossSentences: true }], '说！保本').found).toEqual(['0 ！保本']);
  });

  it('does not depend on what was compiled before', () => {
    const terms = [{ text: '保本!!赚' }];
    for (const acrossSentences of [true, false]) {
      slicesOf([{ text: '完全', acrossSentences }], '完全');
      expect(slicesOf(terms, '说保本‼赚').found).toEqual(['0 保本‼赚']);
    }
    const accents = [{ text: 'a\u0308\u0301b' }];
    const before = slicesOf(accents, 'a\u0344b', { folds: ['width'] }).found;
    slicesOf(accents, '', { folds: ['width', 'invisible'] });
    expect(slicesOf(accents, 'a\u0344b', { folds: ['width'] }).found).toEqual(before);
  });

  it('does not depend on terms of another kind beside it', () => {
    for (const [term, text] of [
      ['𠮷10', '𠮷⑩'],
      ['𠮷A', '𠮷𝐀'],
      ['𠮷祥保', '𠮷xiang保'],
    ] as const) {
      const alone = slicesOf([{ text: term }], text, { folds: foldNames }).found;
      expect(alone).toEqual([`0 ${text}`]);
      expect(slicesOf([{ text: term }, { text: '完全' }], text, { folds: foldNames }).found).toEqual(alone);
    }
  });

  it('hears a figure beside a character that has a compatibility form', () => {
    expect(slicesOf([{ text: '全省第一' }], '泉省第1', { folds: foldNames }).found).toEqual(['0 泉省第1']);
  });
});

describe('the steps of a match', () => {
  it('make up all of it, repetitions at its edges too', () => {
    const matcher = compileMatcher([{ text: '保本息' }]);
    const text = '说保保本本息息';
    const [match] = matcher.scan(text);
    const steps = matcher.explain(text, 0, match?.start ?? 0, match?.end ?? 0);
    expect(steps.map(({ written, read }) => `${written}:${read}`)).toEqual([
      '保:',
      '保本:保本',
      '本:',
      '息:息',
      '息:',
    ]);
    expect(steps.map(({ written }) => written).join('')).toBe('保保本本息息');
  });

  it('say what the match says: the surest reading, and the space that is left out', () => {
    const matcher = compileMatcher([{ text: '加我微信' }, { text: 'risk free' }], { folds: foldNames });
    const stepsOf = (text: string) =>
      matcher.scan(text).map(({ term, start, end, folds }) => {
        const named = matcher.explain(text, term, start, end).flatMap((step) => step.folds);
        return [folds, [...new Set(named)]];
      });
    expect(stepsOf('加我weixin')).toEqual([[['look-alikes'], ['look-alikes']]]);
    expect(stepsOf('riskfree')).toEqual([[['filler'], ['filler']]]);
  });

  it('need no folds where the text says the term to the letter', () => {
    const matcher = compileMatcher([{ text: '㏄保本' }]);
    const [match] = matcher.scan('㏄保本');
    expect(match?.folds).toEqual([]);
    expect(matcher.explain('㏄保本', 0, 0, 3).flatMap(({ folds }) => folds)).toEqual([]);
  });
});
