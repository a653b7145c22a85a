import { describe, expect, it } from 'vitest';

import { checkPattern, compilePattern, patternWork } from './patterns.ts';
import { readWidth } from './reading.ts';

function findAll(pattern: string, text: string, ignoreCase = true) {
  const budget = { left: patternWork };
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

  it('never reports a match of nothing', () => {
    expect(findAll('x*', 'axxb').found).toEqual(['1:xx']);
  });

  it('finds what lies across its windows, once and whole', () => {
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
