import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { compileScreener, foldText } from '../screening/index.ts';
import type { Circumstances } from '../screening/rules/model.ts';
import { newSettings } from './options.ts';
import { readStarterPacks } from './starter-packs.ts';
import { problemOf } from './term-rules.ts';
import { testLexicon } from './test-lexicon.ts';

const packs = await readStarterPacks(join(import.meta.dirname, '../../../../resources'));
const terms = packs.flatMap((pack) => pack.terms);
const screener = compileScreener(
  terms.map(({ text, options }) => ({ text, options, settings: newSettings })),
  [],
);

/** The entries that hit, whoever says it. */
function hitsIn(text: string) {
  const unknown: Circumstances = {
    speaker: null,
    channel: 'single',
    kind: 'text',
    minuteOfDay: 600,
    branch: null,
    productType: null,
  };
  return (['employee', 'customer'] as const).flatMap((speaker) =>
    screener
      .screen(text, { ...unknown, speaker })
      .filter((found) => found.silencedBy === null)
      .map((found) => terms[found.entry]),
  );
}

describe('the starter packs', () => {
  it('cover the seven subjects with at least 400 terms', () => {
    expect(packs.map((pack) => pack.id)).toEqual([
      'absolute-terms',
      'complaints',
      'disclosures',
      'insults',
      'personal-data',
      'private-channel',
      'promised-returns',
    ]);
    expect(terms.length).toBeGreaterThanOrEqual(400);
  });

  it('say no term twice, folded, over all packs', () => {
    const words = terms.filter((term) => term.options.rule === null);
    const folded = words.map((term) => foldText(term.text));
    expect(folded.filter((text, index) => folded.indexOf(text) !== index)).toEqual([]);
  });

  it('give each term a category and a basis, two characters at least, and nothing to trim', () => {
    const odd = terms.filter(
      ({ text, basis, category }) =>
        basis.trim() === '' ||
        category.trim() === '' ||
        Array.from(text).length < 2 ||
        problemOf(text.trim()) !== null ||
        text !== text.trim(),
    );
    expect(odd).toEqual([]);
  });

  it.each(packs)('have examples that hold: $id', (pack) => {
    expect(testLexicon(pack.terms, newSettings)).toMatchObject({ problems: [], failures: [] });
  });

  it('have no rule over several messages that hits beside a term what the term finds', () => {
    const rules = terms.filter(({ options }) => options.rule?.kind === 'all-of');
    expect(rules.length).toBeGreaterThan(0);
    const words = terms.filter(({ options }) => options.rule === null).map(({ text }) => text);
    const beside = words.flatMap((text) =>
      hitsIn(text).flatMap((hit) => (hit !== undefined && rules.includes(hit) ? [[text, hit.text]] : [])),
    );
    expect(beside).toEqual([]);
    for (const text of ['加我私人微信', '您好，加我私人微信吧', '加我个人微信'])
      expect(new Set(hitsIn(text).map((hit) => hit?.options.rule ?? null)), text).toEqual(new Set([null]));
  });

  it('show for at least 60 entries what hits and what does not', () => {
    const both = terms.filter(
      ({ options }) => new Set(options.examples.map(({ expect: expected }) => expected)).size === 2,
    );
    expect(both.length).toBeGreaterThanOrEqual(60);
    const kinds = new Set(terms.map(({ options }) => options.rule?.kind ?? 'word'));
    expect(kinds).toEqual(new Set(['word', 'near', 'all-of', 'pattern', 'detector', 'required']));
  });

  it.each([
    '请确保本人知晓本次交易，确保本金用途合规',
    '地铁口交易大厅旁边那家网点',
    '我刚兑换了积分，想退保证金',
    '辛苦安稳赚点钱，何必赚快钱',
    '失败类型已记录，早操你们参加吗',
    '其他账上还有余额吗，其他的流水发我看看',
    '请勿将身份证拍照发给他人，验证码不要告诉任何人',
    '动态口令发送失败，登录密码发生变更',
    '已购买名单请见附件，代签名单另附',
    '他妈的病好些了吗，给我滚动续存吧',
    '理财非存款，产品有风险，投资须谨慎',
    '过往业绩不代表未来表现',
    '您好，您的定期存款明天到期，方便来网点办理吗',
    '跟庄总约了下午三点',
  ])('find nothing in ordinary words: %s', (text) => {
    expect(hitsIn(text).map((term) => term?.text)).toEqual([]);
  });

  it.each([
    ['这款保\u200b本保\u200b息，您放心', '承诺保本'],
    ['这边不方便，加我私人ＷＥＩＸＩＮ不行就加我私人微信', '转私人联系方式'],
    ['ＲＩＳＫ－ＦＲＥＥ！', '英文承诺'],
    ['再不处理我打12378', '监管与司法'],
    ['把验证码发给我', '索取验证码'],
    ['我们是全国第一', '第一与唯一'],
    ['一群骗子', '辱骂'],
  ])('find a violation: %s', (text, category) => {
    expect(hitsIn(text).map((term) => term?.category)).toContain(category);
  });
});
