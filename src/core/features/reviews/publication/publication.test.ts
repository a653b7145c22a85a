import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { MaterialVersionId } from '../../../contract/ids.ts';
import { comparedText, judge, published } from './judge.ts';
import { judgeAll } from './matcher.ts';
import { findingOf, isPromotional, mailingConversations, standingAt, worstFinding } from './model.ts';
import { createMailingCounter } from './mailings.ts';
import { comparable } from './shingles.ts';
import { createTextIndex } from './text-index.ts';
import { publishedTexts } from './texts.ts';
import {
  type Alteration,
  alterations,
  approvedTexts,
  unrelatedTexts,
} from '../../../../../test/support/published-texts.ts';

const versionId = '' as MaterialVersionId;

/** An index over texts, numbered from 1. */
function indexOf(texts: readonly string[]) {
  const index = createTextIndex();
  for (const [at, text] of texts.entries()) index.add(at + 1, comparable(text));
  return {
    index,
    find: (text: string) =>
      judgeAll(
        index,
        (id) => ({ text: { id, versionId, part: 'body' }, compared: comparedText(texts[id - 1] ?? '') }),
        published(text),
      ),
  };
}

const approved =
  '稳健添利三号理财产品今日起开放申购，业绩比较基准年化3.20%，封闭期180天，1万元起购。' +
  '资金主要投向债券和存款类资产，风险等级为二级，适合稳健型客户。理财非存款、产品有风险、投资须谨慎。';

describe('what a published text is', () => {
  const verdictOf = (text: string) => judge(published(text), comparedText(approved));

  it('is identical to the letter', () => {
    expect(verdictOf(approved)).toEqual({ verdict: 'identical', relation: 'whole', similarity: 1 });
  });

  it.each([
    ['line breaks', approved.replaceAll('。', '。\n')],
    ['full width figures', approved.replace('3.20%', '３．２０％')],
    ['half width punctuation', approved.replaceAll('，', ',')],
    ['characters nobody sees', approved.replace('理财', '理\u200b财')],
  ])('differs trivially in %s', (_name, text) => {
    expect(verdictOf(text)).toEqual({ verdict: 'trivially-different', relation: 'whole', similarity: 1 });
  });

  it.each([
    ['a rate', approved.replace('3.20%', '3.80%')],
    ['a word', approved.replace('稳健型', '所有')],
    ['a warning that was left out', approved.replace('理财非存款、产品有风险、投资须谨慎。', '')],
    ['a negation', approved.replace('适合', '不适合')],
    ['a figure with a space in it', approved.replace('180', '1 80')],
  ])('is altered by %s', (_name, text) => {
    expect(verdictOf(text)?.verdict).toBe('altered');
  });

  it('is an excerpt where something was left out, which a card may do and a text may not', () => {
    const part = '资金主要投向债券和存款类资产，风险等级为二级';
    expect(verdictOf(part)).toMatchObject({ verdict: 'altered', relation: 'excerpt' });
    const card = published(`稳健添利三号理财产品\n${part}`, ['稳健添利三号理财产品', part]);
    expect(judge(card, comparedText(approved))).toMatchObject({ verdict: 'identical', relation: 'excerpt' });
    const wide = published(part.replaceAll('，', ', '), [part.replaceAll('，', ', ')]);
    expect(judge(wide, comparedText(approved))).toMatchObject({
      verdict: 'trivially-different',
      relation: 'excerpt',
    });
  });

  it('may stand in a greeting, but not in a promise', () => {
    expect(verdictOf(`王先生您好，这是今天的早报，供您参考：\n${approved}`)).toMatchObject({
      verdict: 'trivially-different',
      relation: 'wrapped',
    });
    for (const around of [
      '保本保息，放心买！',
      '今天买送200元',
      '咨询请看 https://example.com',
      '收益肯定高',
    ])
      expect(verdictOf(`${around}\n${approved}`), around).toMatchObject({
        verdict: 'altered',
        relation: 'wrapped',
      });
    expect(verdictOf(`${'您好'.repeat(30)}${approved}`)).toMatchObject({ verdict: 'altered' });
  });

  it('comes from nothing where only what everybody has to write agrees', () => {
    const other = '今晚七点直播讲黄金，点击预约。理财非存款、产品有风险、投资须谨慎。';
    expect(
      judge(published(other), comparedText('信用卡满减活动。理财非存款、产品有风险、投资须谨慎。')),
    ).toBeNull();
  });
});

describe('finding approved texts', () => {
  const texts = approvedTexts(400);
  const { find } = indexOf(texts);

  it('misses hardly any alteration, and takes hardly anything unrelated for one', () => {
    const missed = new Map<Alteration, number>();
    let tried = 0;
    for (const { kind, from, text } of alterations(texts, 40)) {
      tried += 1;
      const found = find(text).some((match) => match.text.id === from + 1);
      if (!found) missed.set(kind, (missed.get(kind) ?? 0) + 1);
    }
    const lost = [...missed.values()].reduce((sum, count) => sum + count, 0);
    const unrelated = unrelatedTexts(300);
    const mistaken = unrelated.filter((text) => find(text).length > 0);
    process.stdout.write(
      `${tried} alterations, missed ${lost} ${JSON.stringify([...missed])}; ${unrelated.length} unrelated, mistaken ${mistaken.length} ${mistaken.slice(0, 3).join(' / ')}\n`,
    );
    expect(tried).toBeGreaterThanOrEqual(200);
    expect(lost / tried).toBeLessThanOrEqual(0.02);
    expect(mistaken.length / unrelated.length).toBeLessThanOrEqual(0.02);
  });

  it('finds what holding it against every text finds', () => {
    const few = texts.slice(0, 60);
    const small = indexOf(few);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: few.length - 1 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 30, max: 200 }),
        fc.array(fc.tuple(fc.nat(200), fc.constantFrom('', '八', '%', '新')), { maxLength: 3 }),
        (which, start, length, edits) => {
          let text = (few[which] ?? '').slice(start, start + length);
          for (const [at, put] of edits) text = text.slice(0, at) + put + text.slice(at + 1);
          const mine = published(text);
          const found = new Map(small.find(text).map((match) => [match.text.id, match]));
          // Whatever stands out when every text is looked at is among what was found.
          for (const [at, candidate] of few.entries()) {
            const reference = judge(mine, comparedText(candidate));
            if (reference === null || reference.similarity < 0.5) continue;
            expect(found.get(at + 1)).toMatchObject(reference);
          }
          for (const [id, match] of found)
            expect(judge(mine, comparedText(few[id - 1] ?? ''))).toMatchObject({ verdict: match.verdict });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('looks one up in ten thousand within 20 ms', () => {
    const many = indexOf(approvedTexts(10_000));
    const asked = [...alterations(approvedTexts(40), 3)].map(({ text }) => text);
    many.find(asked[0] ?? '');
    // The best of three: others use this machine too.
    const times = asked.map((text) =>
      Math.min(
        ...[1, 2, 3].map(() => {
          const started = performance.now();
          many.find(text);
          return performance.now() - started;
        }),
      ),
    );
    const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
    process.stdout.write(`10,000 texts: median ${median.toFixed(2)} ms of ${times.length}\n`);
    expect(median).toBeLessThan(20);
  });
});

describe('what a message published', () => {
  it('is its text, or each of a card’s articles by itself', () => {
    expect(publishedTexts('text', [{ path: 'text.content', text: '早报' }]).map(({ text }) => text)).toEqual([
      '早报',
    ]);
    expect(
      publishedTexts('news', [
        { path: 'info.item[0].title', text: '一' },
        { path: 'info.item[0].description', text: '二' },
        { path: 'info.item[1].title', text: '三' },
      ]).map(({ text, pieces }) => ({ text, pieces })),
    ).toEqual([
      { text: '一\n二', pieces: ['一', '二'] },
      { text: '三', pieces: ['三'] },
    ]);
    expect(publishedTexts('image', [{ path: 'image.title', text: '一' }])).toEqual([]);
  });

  it('reads as promotional by its words and length, or as a mailing', () => {
    const talk = '好的，您的理财明天到期，到账后我再跟您说';
    expect(isPromotional(talk, talk.length, 1)).toBe(false);
    expect(isPromotional(approved, approved.length, 1)).toBe(true);
    const short = '本周六网点举办亲子理财沙龙，欢迎带孩子参加，名额有限先到先得';
    expect(isPromotional(short, short.length, mailingConversations - 1)).toBe(false);
    expect(isPromotional(short, short.length, mailingConversations)).toBe(true);
    const long =
      '您好，您昨天问的手续我帮您问过了，需要带上身份证原件，周一到周五九点到五点都可以来办，我在二号窗口，来之前打个电话就行。';
    expect(isPromotional(long, long.length, 1)).toBe(false);
  });

  it('counts different conversations, each once', () => {
    const counter = createMailingCounter();
    for (const conversation of [1, 2, 2, 3, 1]) counter.add('一样的话', conversation);
    expect(counter.conversations('一样的话')).toBe(3);
    expect(counter.conversations('别的话')).toBe(0);
    for (let conversation = 4; conversation < 20; conversation += 1) counter.add('一样的话', conversation);
    expect(counter.conversations('一样的话')).toBe(mailingConversations);
  });
});

describe('what an approval was worth', () => {
  const approval = { approvedAt: 100, expiresAt: 200, withdrawnAt: 150 };
  it.each([
    [99, 'not-yet'],
    [100, 'valid'],
    [149, 'valid'],
    [150, 'withdrawn'],
    [200, 'withdrawn'],
  ] as const)('at %i is %s', (at, standing) => {
    expect(standingAt(approval, at)).toBe(standing);
  });
  it('ends with its last millisecond', () => {
    expect(standingAt({ ...approval, withdrawnAt: null }, 199)).toBe('valid');
    expect(standingAt({ ...approval, withdrawnAt: null }, 200)).toBe('expired');
  });
  it('makes a finding of what did not hold, and of what was altered', () => {
    expect(findingOf('identical', 'valid')).toBeNull();
    expect(findingOf('trivially-different', 'expired')).toBe('expired');
    expect(findingOf('altered', 'valid')).toBe('altered');
    expect(findingOf('no-approval', null)).toBe('no-approval');
    expect(worstFinding([null, 'expired', 'altered', 'not-yet'])).toBe(2);
    expect(worstFinding([null])).toBe(-1);
  });
});
