import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkPattern, compilePattern, patternWork } from './patterns.ts';
import { needsOfPattern } from './pattern-needs.ts';
import { readWidth } from './reading.ts';
import { createProfiler } from './text-profile.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

function needs(pattern: string): string[] {
  return needsOfPattern(pattern).map((set) => [...set].toSorted().join(''));
}

function unitsOf(text: string): Uint16Array {
  return Uint16Array.from(text, (_character, at) => text.charCodeAt(at));
}

/** Whether the pattern has a match, and whether the profile says that it may. */
function compare(pattern: string, ignoreCase: boolean, text: string): { matches: boolean; may: boolean } {
  const compiled = compilePattern(pattern, ignoreCase);
  let matches = false;
  compiled?.find(readWidth(text), { left: patternWork }, () => (matches = true));
  const profiler = createProfiler([compiled?.needs ?? []]);
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) units[at] = text.charCodeAt(at);
  profiler.read(units, 0, units.length);
  return { matches, may: profiler.mayMatch(0) };
}

describe('needsOfPattern', () => {
  it('says what every match has in it', () => {
    expect(needs(String.raw`业绩[^。\n]{0,12}\d+(\.\d+)?\s*%`)).toEqual(['业', '绩', '%', '0123456789']);
    expect(needs('(年化|收益率?)(高达|超过)')).toEqual(['年收', '化益', '超高', '达过']);
    expect(needs('第[一二1-3]|前[三十]')).toEqual(['前第', '123一三二十']);
    expect(needs('(?:AB)+c*d?')).toEqual(['a', 'b']);
    expect(needs(String.raw`\.com`)).toEqual(['.', 'c', 'o', 'm']);
  });

  it('says nothing where it is not sure', () => {
    for (const pattern of [
      'a?',
      '(?i)ab',
      'a|',
      '[^a]',
      '.*',
      String.raw`\pL`,
      String.raw`\Qa\E`,
      'é',
      '😀',
      '[a-é]',
      'x{0}',
    ])
      expect(needs(pattern), pattern).toEqual([]);
  });

  it('never keeps a pattern from a text that it matches', () => {
    const atom = fc.constantFrom(
      ...'a B 保 本 1 ½ ㈱ 株 😀 𝟏 % . k ſ \\d \\s \\w \\. [ab] [^a] [保-本] [a-z1] [\\d%] (?:a|保) (本|1b) é'.split(
        ' ',
      ),
    );
    const repeat = fc.constantFrom('', '', '', '*', '+', '?', '{0,2}', '{2}', '+?', '{1,}');
    const piece = fc.tuple(atom, repeat).map(([one, times]) => one + times);
    const sequence = fc.array(piece, { minLength: 1, maxLength: 4 }).map((all) => all.join(''));
    const pattern = fc
      .array(sequence, { minLength: 1, maxLength: 3 })
      .map((all) => all.join('|'))
      .chain((inner) => fc.constantFrom(inner, `(${inner})`, `(${inner})+1`, `a(?:${inner})?`));
    const text = fc
      .array(fc.constantFrom(...Array.from('aAbBkKſ保本1１½㈱株%％．.\u001e\ud83d𝟏𝐚😀é')), { maxLength: 12 })
      .map((all) => all.join(''));
    let matched = 0;
    let refused = 0;
    fc.assert(
      fc.property(pattern, fc.boolean(), text, (own, ignoreCase, written) => {
        fc.pre(checkPattern(own) === null);
        const { matches, may } = compare(own, ignoreCase, written);
        if (matches) matched += 1;
        if (!may) refused += 1;
        expect(matches && !may, `${own} in ${written}`).toBe(false);
      }),
      { numRuns: 1_500, seed },
    );
    // It says nothing where nothing matches, or where everything may.
    expect(matched).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  }, 60_000);
});

describe('createProfiler', () => {
  it('takes the emoji of one leading surrogate for themselves, which they are', () => {
    const all = Array.from({ length: 0x400 }, (_, index) => String.fromCodePoint(0x1f400 + index));
    expect(all.filter((character) => character.charCodeAt(0) !== 0xd83d)).toEqual([]);
    expect(all.filter((character) => character.normalize('NFKC') !== character)).toEqual([]);
  });

  it('tells patterns apart, however many there are', () => {
    const pairs = Array.from({ length: 300 }, (_, index) =>
      String.fromCharCode(0x4e00 + 2 * index, 0x4e01 + 2 * index),
    );
    const profiler = createProfiler(pairs.map(needsOfPattern));
    for (const [index, pair] of pairs.entries()) {
      profiler.read(unitsOf(pair), 0, 2);
      expect(profiler.mayMatch(index)).toBe(true);
      profiler.read(unitsOf('的了'), 0, 2);
      expect(profiler.mayMatch(index)).toBe(false);
    }
  });
});
