import { Mint } from 'mint-filter';
import { describe, expect, it } from 'vitest';

import { compileMatcher } from '../../src/core/features/screening/index.ts';
import { createChat, createLexicon } from '../benchmarks/engine/chat.ts';

// mint-filter is an engine that people use for this job. Ours has to find whatever it finds; the other way round it does
// not hold, and the second half of this file says where.

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);
const messages = createChat(seed, 3_000);

/** The words as they stand in the text, by either engine. */
function wordsOf(matcher: ReturnType<typeof compileMatcher>, text: string): string[] {
  return matcher.scan(text).map((match) => text.slice(match.start, match.end));
}

describe(`what mint-filter finds, ours finds (seed ${seed})`, () => {
  it.each([
    ['a sparse lexicon', createLexicon(seed, 5_000)],
    ['a dense one', createLexicon(seed + 1, 2_000, '的一是不了在人有我他这中大来上国个到说们')],
    ['one with Latin letters', createLexicon(seed + 2, 3_000, 'okRr2是在有款的理财，。')],
  ])('with %s', (_name, terms) => {
    const matcher = compileMatcher(terms.map((text) => ({ text })));
    const mint = new Mint(terms);
    let theirs = 0;
    let ours = 0;
    for (const message of messages) {
      const found = wordsOf(matcher, message);
      ours += found.length;
      const left = [...found];
      for (const word of mint.filter(message, { replace: false }).words) {
        theirs += 1;
        const at = left.indexOf(word);
        // Each of its words has a match of ours, as often as it says it.
        expect(at, `${word} in ${message}`).toBeGreaterThanOrEqual(0);
        left.splice(at, 1);
      }
    }
    expect(theirs).toBeGreaterThan(0);
    expect(ours).toBeGreaterThanOrEqual(theirs);
  });
});

describe('what mint-filter misses and ours finds', () => {
  it.each<[string, string[], string, string[], string[]]>([
    ['a term inside the beginning of a longer one', ['abcd', 'bc'], 'abce', [], ['bc']],
    ['a shorter term at the end of a longer one', ['abc', 'bc'], 'abc', ['abc'], ['abc', 'bc']],
    ['nested terms in Chinese', ['保本保息', '本保'], '保本保障', [], ['本保']],
    ['full-width letters', ['vip'], 'ＶＩＰ', [], ['ＶＩＰ']],
    ['invisible characters', ['保本'], '保\u200b本', [], ['保\u200b本']],
    ['compatibility characters', ['10cc'], '10㏄', [], ['10㏄']],
  ])('%s', (_name, terms, text, theirs, ours) => {
    expect(new Mint(terms).filter(text, { replace: false }).words).toEqual(theirs);
    expect(wordsOf(compileMatcher(terms.map((term) => ({ text: term }))), text)).toEqual(ours);
  });
});
