import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { MaterialContent } from '../../material/contract.ts';
import { textOfBody, textsOf } from '../../material/model.ts';
import { anchorAt, findQuote, placeOf, replaceText } from './model.ts';

const text =
  '本产品业绩比较基准为3.2%，过往业绩不代表未来表现。产品有风险，投资须谨慎。本产品由理财公司发行。';
const quoteAt = (words: string, nth = 0) => {
  let start = text.indexOf(words);
  for (let count = 0; count < nth; count += 1) start = text.indexOf(words, start + 1);
  return anchorAt('body', text, start, start + words.length);
};
const found = (anchor: ReturnType<typeof quoteAt>, now: string) => {
  const place = findQuote(anchor, now);
  return place === null ? null : [place.found, now.slice(place.start, place.end)];
};

describe('a comment', () => {
  test('stays where nothing changed, and moves with its words', () => {
    const anchor = quoteAt('业绩比较基准');
    expect(found(anchor, text)).toEqual(['exact', '业绩比较基准']);
    expect(found(anchor, `重要提示\n${text}`)).toEqual(['quote', '业绩比较基准']);
  });

  test('of words that stand twice follows its surroundings', () => {
    const anchor = quoteAt('本产品', 1);
    const now = `本产品不保本。${text}`;
    const place = findQuote(anchor, now);
    expect(now.slice(place?.start).startsWith('本产品由理财公司')).toBe(true);
  });

  test('whose words were edited is found between what stands around it', () => {
    const anchor = quoteAt('过往业绩不代表未来表现');
    expect(found(anchor, text.replace('过往业绩不代表未来表现', '过往业绩不代表其未来表现'))).toEqual([
      'fuzzy',
      '过往业绩不代表其未来表现',
    ]);
  });

  test('whose words are gone is orphaned', () => {
    const anchor = quoteAt('过往业绩不代表未来表现');
    expect(found(anchor, text.replace('过往业绩不代表未来表现', '欢迎咨询客户经理'))).toBeNull();
    expect(found(anchor, '')).toBeNull();
    expect(found(quoteAt('，'), '一，二')).toBeNull();
  });

  test('is found in another part, where its words stand there once', () => {
    const content = (title: string, body: string) =>
      MaterialContent.parse({
        type: 'article',
        title,
        body: [{ kind: 'paragraph', runs: [{ text: body }] }],
      });
    const anchor = anchorAt('title', '稳健理财月报', 0, 4);
    expect(placeOf(anchor, content('稳健理财月报', ''))).toEqual({
      found: 'exact',
      part: 'title',
      start: 0,
      end: 4,
    });
    expect(placeOf(anchor, content('', '本期稳健理财月报'))).toEqual({
      found: 'quote',
      part: 'body',
      start: 2,
      end: 6,
    });
    expect(placeOf(anchor, content('', ''))).toMatchObject({ found: 'orphaned', part: 'title' });
  });

  const words = fc.string({
    unit: fc.constantFrom(...Array.from('产品有风险投资须谨慎收益率，。3%')),
    maxLength: 60,
  });

  test('on words that are still there somewhere is never orphaned, and points at these words', () => {
    fc.assert(
      fc.property(
        words,
        fc.string({ unit: fc.constantFrom(...Array.from('甲乙丙丁')), minLength: 2, maxLength: 8 }),
        words,
        words,
        words,
        (before, quote, after, newBefore, newAfter) => {
          const anchor = anchorAt(
            'body',
            before + quote + after,
            before.length,
            before.length + quote.length,
          );
          const now = newBefore + quote + newAfter;
          const place = findQuote(anchor, now);
          expect(place === null ? null : now.slice(place.start, place.end)).toBe(quote);
        },
      ),
    );
  });

  test('in a long text is placed again in little time', () => {
    const long = text.repeat(4_000);
    const anchor = { ...anchorAt('body', long, 100_000, 100_012), position: { start: 5, end: 17 } };
    const started = performance.now();
    for (let count = 0; count < 20; count += 1) expect(findQuote(anchor, long)).not.toBeNull();
    // Twenty comments on the longest text: far below what a person notices.
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('a suggestion', () => {
  const run = fc.record({
    text: fc.string({ unit: fc.constantFrom(...Array.from('甲乙丙丁戊')), maxLength: 5 }),
    marks: fc.subarray(['bold', 'italic'] as const),
    href: fc.constant(''),
  });
  const body = fc.array(
    fc.record({
      kind: fc.constantFrom('paragraph' as const, 'bullet' as const),
      level: fc.constant(0),
      runs: fc.array(run, { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  );

  test('changes exactly its stretch of the text, or nothing', () => {
    fc.assert(
      fc.property(
        body,
        fc.nat(60),
        fc.nat(8),
        fc.string({ unit: fc.constantFrom(...Array.from('天地')), maxLength: 4 }),
        (blocks, from, length, replacement) => {
          const content = MaterialContent.parse({ type: 'article', title: '标题', body: blocks });
          const before = textOfBody(content.body);
          const start = Math.min(from, before.length);
          const end = Math.min(start + length, before.length);
          const after = replaceText(content, { part: 'body', start, end }, replacement);
          if (before.slice(start, end).includes('\n')) expect(after).toBeNull();
          else {
            expect(after === null ? null : textOfBody(after.body)).toBe(
              before.slice(0, start) + replacement + before.slice(end),
            );
            expect(after?.body.length).toBe(content.body.length);
            expect(textsOf(after ?? content).filter(({ part }) => part !== 'body')).toEqual(
              textsOf(content).filter(({ part }) => part !== 'body'),
            );
          }
        },
      ),
    );
  });

  test('keeps the look of what it replaces, and leaves other parts alone', () => {
    const content = MaterialContent.parse({
      type: 'article',
      title: '月报',
      body: [
        { kind: 'paragraph', runs: [{ text: '年化' }, { text: '收益高', marks: ['bold'] }, { text: '。' }] },
      ],
      variants: [{ channel: 'sms', title: '短信', body: [] }],
    });
    expect(replaceText(content, { part: 'body', start: 2, end: 5 }, '有波动')?.body).toMatchObject([
      { runs: [{ text: '年化' }, { text: '有波动', marks: ['bold'] }, { text: '。' }] },
    ]);
    expect(
      replaceText(content, { part: 'variants.0.title', start: 0, end: 2 }, '提醒')?.variants[0]?.title,
    ).toBe('提醒');
    expect(replaceText(content, { part: 'facts.0', start: 0, end: 1 }, 'x')).toBeNull();
    expect(replaceText(content, { part: 'variants.3.body', start: 0, end: 0 }, 'x')).toBeNull();
  });
});
