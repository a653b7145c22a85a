import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type FoldName,
  type Match,
  compileMatcher,
  foldNamesOf,
  foldOrder,
  forEachHit,
  packTexts,
  scanBatch,
} from './index.ts';

// The reference knows nothing of tables or automata: it folds every slice of the text by Unicode's own functions, and
// compares it with every term.

const separator = '\u001e';

function characters(text: string): { at: number; end: number; character: string }[] {
  let at = 0;
  return Array.from(text, (character) => {
    const start = at;
    at += character.length;
    return { at: start, end: at, character };
  });
}

function foldOne(character: string, folds: readonly FoldName[]): string {
  if (folds.includes('invisible') && /^\p{Default_Ignorable_Code_Point}$/u.test(character)) return '';
  const wide = folds.includes('width') ? character.normalize('NFKC') : character;
  return folds.includes('case') ? wide.toLowerCase() : wide;
}

function fold(text: string, folds: readonly FoldName[]): string {
  return Array.from(text, (character) => foldOne(character, folds)).join('');
}

function reference(
  terms: readonly string[],
  text: string,
  folds: readonly FoldName[],
): Omit<Match, 'folds'>[] {
  const parts = characters(text);
  const found: Omit<Match, 'folds'>[] = [];
  const folded = terms.map((term) => fold(term, folds));
  for (let last = 0; last < parts.length; last += 1) {
    for (let first = 0; first <= last; first += 1) {
      const inside = parts.slice(first, last + 1);
      const edges = [inside[0], inside.at(-1)].map((part) => foldOne(part?.character ?? '', folds));
      if (edges.includes('') || inside.some((part) => part.character === separator)) continue;
      const slice = inside.map((part) => foldOne(part.character, folds)).join('');
      folded.forEach((term, index) => {
        if (term === slice)
          found.push({ term: index, start: inside[0]?.at ?? 0, end: inside.at(-1)?.end ?? 0 });
      });
    }
  }
  return found;
}

/** Few letters, so that terms nest and overlap; and one of every kind that needs care. */
const alphabet = [
  ['a', 'b', 'c', 'a', 'b', '保', '本'],
  ['A', 'Ａ', 'ａ', '㏄', 'ﬀ', 'f', 'ﬃ', 'İ', 'i', '\u0307', '①', '1', '⑩', '0'],
  ['\u200b', '\u00ad', '\ufe0f', '\ufeff', '\u202e', '\u{e0101}'],
  ['😀', '\ud83d', '\ude00', '𝐀', '𐐀', '𐐨', '\u{2f800}', '丽', separator, ' ', '\u3000'],
].flat();
const piece = fc.constantFrom(...alphabet);
const termArbitrary = fc.array(piece, { minLength: 0, maxLength: 4 }).map((parts) => parts.join(''));
const textArbitrary = fc.array(piece, { minLength: 0, maxLength: 12 }).map((parts) => parts.join(''));
const foldsArbitrary = fc.oneof(
  { weight: 3, arbitrary: fc.constant<readonly FoldName[]>(foldOrder) },
  { weight: 1, arbitrary: fc.subarray<FoldName>([...foldOrder]) },
);

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

describe('compileMatcher', () => {
  it(`finds what comparing every slice with every term finds, in 12,000 random cases (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(termArbitrary, { minLength: 1, maxLength: 8 }),
        textArbitrary,
        foldsArbitrary,
        (terms, text, folds) => {
          const matcher = compileMatcher(
            terms.map((term) => ({ text: term })),
            { folds },
          );
          const found = matcher.scan(text);
          const order = (a: Omit<Match, 'folds'>, b: Omit<Match, 'folds'>) =>
            a.end - b.end || a.start - b.start || a.term - b.term;
          expect(found.map(({ term, start, end }) => ({ term, start, end }))).toEqual(
            reference(terms, text, folds).toSorted(order),
          );
          for (const match of found) {
            const slice = text.slice(match.start, match.end);
            const term = terms[match.term] ?? '';
            // Folding the slice by just the named folds yields the term, and none of them can be left out.
            expect(fold(slice, match.folds)).toBe(fold(term, match.folds));
            for (const name of match.folds) {
              const others = match.folds.filter((other) => other !== name);
              expect(fold(slice, others)).not.toBe(fold(term, others));
            }
          }
        },
      ),
      { numRuns: 12_000, seed },
    );
  }, 300_000);

  it(`finds the same in flat units as in strings, and reads nothing outside its range (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(termArbitrary, { minLength: 1, maxLength: 8 }),
        fc.array(textArbitrary, { maxLength: 6 }),
        (terms, texts) => {
          const matcher = compileMatcher(terms.map((text) => ({ text })));
          const flat: (Match & { text: number })[] = [];
          forEachHit(scanBatch(matcher, packTexts(texts)), (text, term, start, end, folds) => {
            flat.push({ text, term, start, end, folds: foldNamesOf(folds) });
          });
          expect(flat).toEqual(
            texts.flatMap((text, index) => matcher.scan(text).map((match) => ({ text: index, ...match }))),
          );
        },
      ),
      { numRuns: 2_000, seed },
    );
  }, 60_000);

  it(`agrees with the reference on large lexicons of two letters, where every state falls back (seed ${seed})`, () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(
        fc.array(letters, { minLength: 20, maxLength: 60 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'B'), maxLength: 40 }),
        (terms, text) => {
          const found = compileMatcher(terms.map((term) => ({ text: term }))).scan(text);
          expect(found.length).toBe(reference(terms, text, foldOrder).length);
        },
      ),
      { numRuns: 300, seed },
    );
  }, 60_000);

  it('names only the folds that the slice needs', () => {
    const matcher = compileMatcher([{ text: 'VIP' }, { text: '保本' }, { text: '10cc' }]);
    const foldsOf = (text: string) => matcher.scan(text).map((match) => match.folds);
    expect(foldsOf('VIP')).toEqual([[]]);
    expect(foldsOf('vip')).toEqual([['case']]);
    expect(foldsOf('ＶＩＰ')).toEqual([['width']]);
    expect(foldsOf('ｖ\u200bＩＰ')).toEqual([['width', 'case', 'invisible']]);
    expect(foldsOf('保\u00ad本')).toEqual([['invisible']]);
    expect(foldsOf('⑩㏄')).toEqual([['width']]);
  });

  it('keeps invisible characters at the edges out of the match', () => {
    expect(compileMatcher([{ text: '保本' }]).scan('\ufeff保本\u200b')).toEqual([
      { term: 0, start: 1, end: 3, folds: [] },
    ]);
  });

  it('matches no half of a character', () => {
    const matcher = compileMatcher([{ text: 'c' }, { text: 'xc' }, { text: '\ud83d' }]);
    expect(matcher.scan('x㏄')).toEqual([]);
    expect(matcher.scan('😀')).toEqual([]);
    expect(matcher.scan('\ud83d')).toHaveLength(1);
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

  it('gives each of several equal terms its match', () => {
    const matcher = compileMatcher([{ text: '保本' }, { text: '保本' }]);
    expect(matcher.scan('保本').map((match) => match.term)).toEqual([0, 1]);
  });

  it('finds Latin terms inside words too: there is no whole-word option yet', () => {
    expect(compileMatcher([{ text: 'vip' }]).scan('VIPs')).toHaveLength(1);
  });

  it('finds terms in a long text, and short ones after it', () => {
    const matcher = compileMatcher([{ text: '稳赚不赔' }]);
    const long = `${'的'.repeat(600_000)}稳赚不赔`;
    expect(matcher.scan(long)).toEqual([{ term: 0, start: 600_000, end: 600_004, folds: [] }]);
    expect(matcher.scan('稳赚不赔')).toEqual([{ term: 0, start: 0, end: 4, folds: [] }]);
  });

  it('compiles an empty list', () => {
    expect(compileMatcher([]).scan('任何话')).toEqual([]);
  });
});
