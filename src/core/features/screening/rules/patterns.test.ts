import * as fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';

import { checkPattern, compilePattern, patternWork } from './patterns.ts';
import { readWidth } from './reading.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

function findAll(pattern: string, text: string, ignoreCase = true, work = patternWork) {
  const budget = { left: work };
  const found: string[] = [];
  const reading = readWidth(text);
  const finished = compilePattern(pattern, ignoreCase)?.find(reading, budget, (start, end) => {
    const place = reading.original(start, end);
    found.push(`${place.start}:${text.slice(place.start, place.end)}`);
  });
  return { found, finished, left: budget.left };
}

describe('compilePattern', () => {
  it('gives the original’s offsets behind wide forms, astral characters and unpaired surrogates', () => {
    expect(findAll(String.raw`\d+`, '😀１２㏄\ud83d34').found).toEqual(['2:１２', '6:34']);
    expect(findAll('b.d', 'a b😀d').found).toEqual(['2:b😀d']);
    expect(findAll('cc', '㏄').found).toEqual(['0:㏄']);
    expect(findAll('株', '㈱').found).toEqual(['0:㈱']);
  });

  it('tells case apart only where it is asked to', () => {
    expect(findAll('vip', 'VIP vip').found).toHaveLength(2);
    expect(findAll('vip', 'VIP vip', false).found).toEqual(['4:vip']);
  });

  it('matches in each field by itself', () => {
    expect(findAll('a.b|^c', 'a\u001eb\u001ec').found).toEqual(['4:c']);
  });

  it('forgets, where it skips what can begin no match, what failed in front of that', () => {
    const text = `aa${'x\n'.repeat(2_050)}aa`;
    expect(findAll('(?:a|(a(?m:^))*)(?m:^)a', text).found).toEqual(['0:a', '4102:a']);
  });

  it('never reports a match of nothing', () => {
    expect(findAll('x*', 'axxb').found).toEqual(['1:xx']);
  });

  it('finds matches of any length wherever they stand in a long text, once and whole', () => {
    const text = `${'-'.repeat(4_000)}${'a'.repeat(300)}${'-'.repeat(4_000)}${'a'.repeat(9_000)}-b`;
    expect(findAll('a+', text).found.map((each) => each.length)).toEqual([
      '4000:'.length + 300,
      '8300:'.length + 9_000,
    ]);
    expect(findAll('^b', text).found).toEqual([]);
    expect(findAll('-$', text).found).toEqual([]);
    expect(findAll(String.raw`\bb$`, text).found).toHaveLength(1);
    const lines = 'x 12\n'.repeat(20_000);
    const { found, finished } = findAll('x 1$', lines);
    expect({ found, finished }).toEqual({ found: [], finished: true });
    for (const length of [100, 1_000, 1_100, 3_000, 5_000, 20_000, 200_000]) {
      for (const before of [0, 3_000, 4_090]) {
        const whole = `甲${'x'.repeat(length)}乙`;
        const wanted = { found: [`${String(before)}:${whole}`], finished: true };
        for (const pattern of ['甲[^乙]*乙', '甲.*乙', String.raw`甲[\s\S]*乙`, '(甲)x+(乙)']) {
          const { found: own, finished: all } = findAll(pattern, `${'前'.repeat(before)}${whole}后`);
          expect({ pattern, length, before, found: own, finished: all }).toEqual({
            pattern,
            length,
            before,
            ...wanted,
          });
        }
      }
    }
    const letters = findAll('([a-z]+)*X', `${'a'.repeat(1_000_000)}X`);
    expect(letters.finished).toBe(true);
    expect(letters.found.map((each) => each.length)).toEqual(['0:'.length + 1_000_001]);
    expect(findAll(String.raw`\d+%`, '收益5%，'.repeat(100_000))).toMatchObject({
      finished: true,
      found: { length: 100_000 },
    });
  });

  it('says that it was cut where the budget ends within a match, and gives no end that may be wrong', () => {
    const budget = { left: 50_000 };
    const found: number[][] = [];
    const reading = readWidth(`甲${'x'.repeat(10_000)}乙${'x'.repeat(1_000_000)}乙`);
    const finished = compilePattern('甲.*乙', true)?.find(reading, budget, (...place) => found.push(place));
    expect({ finished, found }).toEqual({ finished: false, found: [] });
  });

  it(`finds what RE2 finds, in 3,000 random patterns and texts (seed ${String(seed)})`, () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '保',
      '.',
      '[^a]',
      '[a-c😀]',
      String.raw`\b`,
      '^',
      '$',
      '(?m:^)',
      '(?m:$)',
      '😀',
      '(?i:B)',
      String.raw`\B`,
    );
    const { pattern: patterns } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { maxDepth: 4 },
        atom,
        fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => one + other),
        fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `(?:${one}|${other})`),
        fc
          .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{1,3}'))
          .map(([one, times]) => `(${one})${times}`),
      ),
    }));
    const texts = fc
      .array(fc.constantFrom('a', 'b', 'B', '保', '😀', '\ud83d', '\n', ' '), { maxLength: 14 })
      .map((characters) => characters.join(''));
    fc.assert(
      fc.property(patterns, texts, fc.boolean(), fc.nat({ max: 7 }), (pattern, short, ignoreCase, seldom) => {
        // Long enough for the table of what a match may begin with.
        const text = seldom === 0 ? `${short}${'x\n'.repeat(2_050)}${short}` : short;
        const matcher = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0).matcher(text);
        const wanted: string[] = [];
        while (matcher.find())
          if (matcher.end() > matcher.start())
            wanted.push(`${String(matcher.start())}:${text.slice(matcher.start(), matcher.end())}`);
        expect({ pattern, text, found: findAll(pattern, text, ignoreCase, Infinity).found }).toEqual({
          pattern,
          text,
          found: wanted,
        });
      }),
      { numRuns: 3_000, seed },
    );
  });

  it.each(['(a+)+$', '(a|aa)+$', '(a|a?)+$', 'a.*c|a', '(.*)*x', '(a?){50}a{50}'])(
    'is done with 1,000,000 letters for %s, or says that it was cut',
    (pattern) => {
      const started = performance.now();
      const { finished, left } = findAll(pattern, `${'a'.repeat(1_000_000)}!`);
      expect(finished).toBe(left >= 0);
      // Far more than it takes, far less than anything that is not linear would.
      expect(performance.now() - started).toBeLessThan(15_000);
    },
  );
});

describe('checkPattern', () => {
  it.each([
    ['(?=保)本', 'look-around'],
    ['(?<!不)保本', 'look-around'],
    [String.raw`(保)\1`, 'back-reference'],
    [String.raw`(?P<a>保)\k<a>`, 'back-reference'],
    ['(保', 'missing-bracket'],
    ['保)', 'missing-bracket'],
    ['[保', 'missing-bracket'],
    ['*保', 'repeats-nothing'],
    ['保**', 'repeats-nothing'],
    ['保{1001}', 'too-many-repeats'],
    ['保{2,1}', 'too-many-repeats'],
    ['[z-a]', 'bad-range'],
    [String.raw`\p{Nowhere}`, 'bad-range'],
    [String.raw`\y`, 'bad-escape'],
    ['保\\', 'bad-escape'],
    ['(?P<a>x)(?P<a>y)', 'same-group-name'],
    ['(?i', 'pattern-syntax'],
    ['[保]{999}[本]{999}x{999}', 'pattern-too-large'],
    ['a*', 'matches-nothing'],
    ['^', 'matches-nothing'],
    [String.raw`\b`, 'matches-nothing'],
    ['(?m)$', 'matches-nothing'],
    [String.raw`\B`, 'matches-nothing'],
    ['保本|', 'matches-nothing'],
  ])('refuses %s: %s', (pattern, reason) => {
    expect(checkPattern(pattern)?.reason).toBe(reason);
  });

  it.each(['保本', '(?i)vip', String.raw`\p{Han}{2,4}收益`, '年化[0-9.]+%', String.raw`(?:稳|包)赚\d*`])(
    'takes %s',
    (pattern) => {
      expect(checkPattern(pattern)).toBeNull();
    },
  );
});
