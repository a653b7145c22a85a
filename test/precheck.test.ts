import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';

import { z } from 'zod';

import { ProductId } from '../src/core/contract/ids.ts';
import { channels, productTypes, textsOf } from '../src/core/features/reviews/material/model.ts';
import { createEngine, sentenceOf } from '../src/core/features/reviews/precheck/index.ts';
import type { PrecheckFinding } from '../src/core/features/reviews/precheck/model.ts';
import { subjectOfMaterial } from '../src/core/features/reviews/precheck/subject.ts';
import {
  blob,
  brief,
  documentsOf,
  extracted,
  material,
  paragraphs,
  precheck,
  register,
  screens,
  today,
} from './support/precheck.ts';

const sentences = z
  .object({ rule: z.record(z.string(), z.string()) })
  .parse(
    JSON.parse(readFileSync(join(import.meta.dirname, '../src/renderer/i18n/zh-CN/precheck.json'), 'utf8')),
  );

const risk = '理财非存款，产品有风险，投资须谨慎。';
const past = '理财产品过往业绩不代表其未来表现，不等于理财产品实际收益，投资须谨慎。';

const own = { productId: register[0]?.id, productName: '鑫享周周盈A款', productType: 'wealth-management' };
const ranged = { productId: register[1]?.id, productName: '鑫享月月盈B款', productType: 'wealth-management' };
const type = (productType: string) => ({ productType });

/** What is found of these rules only. */
const found = (content: Parameters<typeof material>[0], rules: RegExp, options = {}) =>
  precheck(material(content), options)
    .map((finding) => {
      expect(unfilled(finding)).toEqual([]);
      return finding;
    })
    .filter(({ rule }) => rules.test(rule))
    .map(brief);

describe('figures that differ from the sheet', () => {
  const inText = (text: string, fields: object = own) =>
    found({ text: `${text}。${risk}`, fields: { ...fields } }, /^fact/).map((each) =>
      each.replace(' body ', ' ').replace('block fact-', '').replace('warn fact-', ''),
    );

  test.each([
    ['年化5.2%', 'differs 5.2%'],
    ['年化收益率５．２％', 'differs ５．２％'],
    ['业绩比较基准百分之五点二', 'differs 百分之五点二'],
    ['业绩比较基准：5.2%', 'differs 5.2%'],
    ['业绩比较基准为3.1%-3.5%', 'differs 3.1%-3.5%'],
    ['业绩比较基准 310 bp 至 350 bp', 'differs 310 bp 至 350 bp'],
    ['管理费0.3%', 'differs 0.3%'],
    ['管理费率（年化）0.25%', 'differs 0.25%'],
    ['固定管理费千分之三', 'differs 千分之三'],
    ['托管费0.05%', 'differs 0.05%'],
    ['管理费0.2%，托管费万分之五', 'differs 万分之五'],
    ['到期日2027年1月16日', 'differs 2027年1月16日'],
    ['到期日：2028-01-15', 'differs 2028-01-15'],
    ['到期日为2027/2/15', 'differs 2027/2/15'],
    ['到期日二〇二七年二月十五日', 'differs 二〇二七年二月十五日'],
    ['到期日1月16日', 'differs 1月16日'],
    ['起购金额5万元', 'differs 5万元'],
    ['1元起购', 'differs 1元'],
    ['五万元起购', 'differs 五万元'],
    ['产品期限180天', 'differs 180天'],
    ['期限：6个月', 'differs 6个月'],
    ['期限两年', 'differs 两年'],
    ['鑫享周周盈A款年化4%', 'differs 4%'],
    ['周周盈业绩比较基准2.9%', 'differs 2.9%'],
  ])('finds %s', (text, expected) => {
    expect(inText(text)).toEqual([expected]);
  });

  test.each([
    '年化3.1%',
    '年化３．１％',
    '年化3.10%',
    '业绩比较基准百分之三点一',
    '业绩比较基准310bp',
    '业绩比较基准为310个基点',
    '管理费0.2%，托管费0.03%',
    '管理费千分之二',
    '托管费万分之三',
    '到期日2027年1月15日',
    '到期日：2027-01-15',
    '到期日2027.1.15',
    '到期日20270115',
    '到期日二〇二七年一月十五日',
    '到期日1月15日',
    '到期日为2027年1月',
    '起购金额1万元',
    '1万元起购',
    '一万元起购',
    '起购金额10,000元',
    '期限365天',
    '期限12个月',
    '期限一年',
    // About something else.
    '过往业绩近一年年化4.1%',
    '同期存款利率1.5%',
    '成立以来年化4.0%',
    '手机银行转账手续费0元',
    '活动时间2026年12月1日至2026年12月31日',
    '前100名客户送50元话费',
    '客户满意度98%',
    '由0.3%下调的管理费',
    '7日内到网点办理',
  ])('passes %s', (text) => {
    expect(inText(text)).toEqual([]);
  });

  test.each([
    ['业绩比较基准3.0%-3.5%', []],
    ['业绩比较基准3.0%～3.5%', []],
    ['业绩比较基准3.0-3.5%', []],
    ['业绩比较基准3%至3.5%', []],
    ['业绩比较基准3.5%', ['partial 3.5%']],
    ['年化高达3.5%', ['partial 3.5%']],
    ['业绩比较基准3.0%-3.8%', ['differs 3.0%-3.8%']],
    ['业绩比较基准4%', ['differs 4%']],
  ])('a range: %s', (text, expected) => {
    expect(inText(text, ranged)).toEqual(expected);
  });

  it('compares with the product that the sentence names, not with the material’s own', () => {
    expect(inText('鑫享月月盈B款业绩比较基准3.0%-3.5%；本产品业绩比较基准3.1%')).toEqual([]);
    expect(inText('鑫享月月盈B款业绩比较基准3.1%-3.6%')).toEqual(['differs 3.1%-3.6%']);
  });

  it('compares what the material states as facts', () => {
    const facts = (kind: string, label: string, value: string) =>
      found({ fields: { ...own, facts: [{ kind, label, value }] } }, /^fact|name/);
    expect(facts('rate', '业绩比较基准', '3.1%')).toEqual([]);
    expect(facts('rate', '业绩比较基准', '3.1')).toEqual([]);
    expect(facts('rate', '业绩比较基准', '5.2%')).toEqual(['block fact-differs facts.0 5.2%']);
    expect(facts('rate', '年化', '5.2')).toEqual(['block fact-differs facts.0 5.2']);
    expect(facts('fee', '赎回费', '0.1%')).toEqual(['warn fact-not-on-sheet facts.0 0.1%']);
    expect(facts('date', '到期日', '2027年1月15日')).toEqual([]);
    expect(facts('amount', '起购', '1万元')).toEqual([]);
    expect(facts('name', '名称', '鑫享周周赢A款')).toEqual([
      'block product-name-differs facts.0 鑫享周周赢A款',
    ]);
  });
});

describe('products', () => {
  const about = (fields: object, options = {}) =>
    found({ text: risk, fields: { ...fields } }, /^product|outside/, options);

  test.each([
    [{ productName: '鑫享周周赢A款' }, ['block product-name-differs fields.productName 鑫享周周赢A款']],
    [{ productName: '鑫享周周盈C款' }, ['block product-name-differs fields.productName 鑫享周周盈C款']],
    [{ productName: '别家的理财一号' }, ['warn product-unknown fields.productName 别家的理财一号']],
    [{ productName: '安盈旧款理财' }, ['block product-expired fields.productName 安盈旧款理财']],
    [{ productName: '安盈停用理财' }, ['block product-expired fields.productName 安盈停用理财']],
    [{ productName: '来年新发理财' }, ['warn product-not-yet fields.productName 来年新发理财']],
    [{ productName: '来年新发理财', validFrom: '2027-01-01', validUntil: '2027-03-01' }, []],
    [{ productName: '鑫享周周盈A款' }, []],
    [{ productName: ' 鑫享 周周盈Ａ款' }, []],
    [{ productName: '周周盈' }, []],
    [{ ...own, validFrom: '2026-11-01', validUntil: '2027-06-30' }, []],
    [
      { ...own, validFrom: '2026-11-01', validUntil: '2027-07-01' },
      ['warn validity-outside-sale fields.validUntil'],
    ],
    [{}, []],
  ])('of the fields: %j', (fields, expected) => {
    expect(about(fields)).toEqual(expected);
  });

  test.each([
    ['鑫享周周赢A款热销中', ['block product-name-differs body 鑫享周周赢A款']],
    ['鑫享周周盈C款热销中', ['block product-name-differs body 鑫享周周盈C款']],
    ['稳进成张混合基金值得关注', ['block product-name-differs body 稳进成张混合基金']],
    ['安盈旧款理财还有额度', ['warn product-expired body 安盈旧款理财']],
    ['来年新发理财即将开售', ['warn product-not-yet body 来年新发理财']],
    ['鑫享周周盈A款热销中', []],
    ['鑫享周周盈 A款热销中', []],
    ['鑫享周周盈的客户很多', []],
    ['周周盈热销中', []],
    ['享受周周都有好礼', []],
    ['稳进成长', []],
  ])('of the text: %s', (text, expected) => {
    expect(found({ text: `${text}。${risk}基金有风险，投资须谨慎。` }, /^product/)).toEqual(expected);
  });
});

describe('required disclosures', () => {
  const missing = (text: string, fields: object, rest: object = {}) =>
    found({ text, fields: { ...fields }, ...rest }, /^disclosure/).map((each) =>
      each.replace('disclosure-', ''),
    );

  test.each([
    ['wealth-management', '新品上线', ['block missing body']],
    ['wealth-management', '新品上线。理财有风险，投资须谨慎', ['block missing body']],
    ['wealth-management', `新品上线。${risk}`, []],
    ['wealth-management', '新品上线。理财非存款、产品有风险、投资须谨慎', []],
    ['wealth-management', '新品上线\n理财非存款\n产品有风险\n投资须谨慎', []],
    [
      'wealth-management',
      `${risk}过往业绩：近一年4.1%`,
      ['block missing body 过往业绩：近一年4.1', 'block missing body 过往业绩：近一年4.1'],
    ],
    ['wealth-management', `${risk}过往业绩：2025年1月1日至2025年12月31日为4.1%。${past}`, []],
    ['wealth-management', `${risk}过往业绩近一年4.1%。${past}`, ['block missing body 过往业绩近一年4.1']],
    ['wealth-management', `${risk}获评五星`, ['block missing body 获评五星', 'block missing body 获评五星']],
    ['wealth-management', `${risk}2026年获评五星评级`, ['block missing body 获评五星']],
    ['wealth-management', `${risk}获评五星评级（评价机构：普益标准，截至2026年6月30日）`, []],
    ['fund', '买基金就上手机银行', ['block missing body']],
    ['fund', '基金有风险，投资须谨慎', []],
    ['precious-metal', '一克起购', ['block missing body']],
    ['precious-metal', '一克起购，市场有风险，投资需谨慎', []],
    ['loan', '最高20万，当天放款', ['block missing body']],
    ['loan', '日息低至万分之二', ['block missing body']],
    ['loan', '年化利率（单利）3.6%起', []],
    ['loan', '年化利率３．６％起', []],
    ['credit-card', '分期手续费0.6%', ['block missing body 分期手续费0.6%']],
    ['credit-card', '分期手续费0.6%，近似折算年化利率（单利）13.03%', []],
    ['credit-card', '开卡有礼', []],
    ['insurance', '分红型年金开售', ['block missing body 分红型']],
    ['insurance', '意外险一年一保', []],
    ['deposit', '大额存单开售', []],
  ])('%s: %s', (productType, text, expected) => {
    expect(missing(text, type(productType)).filter((each) => !each.startsWith('warn'))).toEqual(expected);
  });

  it('goes by the products that the text names too', () => {
    expect(missing('易捷消费贷，随借随还', {})).toEqual(['block missing body']);
    expect(missing('鑫享月月盈B款，欢迎选购', {})).toEqual(['block missing body']);
  });

  it('takes what stands in the title or in an attachment, and nothing that readers do not see', () => {
    const content = { text: '新品', fields: type('wealth-management'), attachments: ['海报.docx'] };
    const withText = (text: string) => ({ documents: documentsOf(extracted({ text })) });
    expect(found(content, /^disclosure/, withText(risk))).toEqual([]);
    expect(found(content, /^disclosure/, withText('别的'))).toEqual(['block disclosure-missing body']);
    expect(missing('新品', type('wealth-management'), { title: risk })).toEqual([]);
    expect(missing('新品', { ...type('wealth-management'), audience: risk })).toEqual(['block missing body']);
  });

  it('asks for it in each variant', () => {
    const variants = [
      { channel: 'sms', body: paragraphs('短信版') },
      { channel: 'web', body: paragraphs(`网页版。${risk}`) },
    ];
    const content = { text: risk, fields: type('wealth-management'), variants };
    expect(found(content, /^disclosure/)).toEqual(['block disclosure-missing variants.0.body']);
    expect(
      found({ ...content, attachments: ['a.pdf'] }, /^disclosure/, {
        documents: documentsOf(extracted({ text: risk })),
      }),
    ).toEqual([]);
  });

  it('warns only, where a picture may show it', () => {
    const content = {
      type: 'poster' as const,
      text: '新品',
      fields: type('wealth-management'),
      attachments: ['a.png'],
    };
    const documents = documentsOf(extracted({ kind: 'image', problems: ['no-text'] }));
    expect(found(content, /^disclosure|unread/, { documents })).toEqual([
      'warn disclosure-unseen body',
      'note attachment-unread attachments.0',
    ]);
    // Also where there is nothing but the picture.
    expect(found({ ...content, body: [] }, /^disclosure/, { documents })).toEqual([
      'warn disclosure-unseen body',
    ]);
  });

  it('goes by the register’s type beside the one that was chosen', () => {
    expect(missing('新品', { ...own, productType: 'other' })).toEqual(['block missing body']);
  });
});

describe('lexicons', () => {
  it('maps severities to levels and gives basis, suggestion and steps', () => {
    const [finding, ...more] = precheck(material({ text: '这款保-本-保-息' })).filter(
      ({ subject }) => subject === '保本保息',
    );
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      level: 'block',
      rule: 'lexicon',
      basis: '《广告法》第二十五条第（一）项',
      // A promise has no better wording: it goes.
      suggestion: '',
      text: '保-本-保-息',
      exemptible: false,
      params: { category: '承诺保本' },
    });
    expect(finding?.steps.map(({ written }) => written).join('')).toBe('保-本-保-息');
    expect(precheck(material({ text: '保本保息' }))[0]?.steps).toEqual([]);
  });

  test.each([
    ['title', { title: '保本保息' }],
    ['fields.audience', { fields: { audience: '保本保息' } }],
    ['fields.campaign', { fields: { campaign: '保本保息' } }],
    ['facts.0', { fields: { facts: [{ kind: 'name', label: '', value: '保本保息' }] } }],
    ['sources.0', { fields: { sources: [{ name: '保本保息' }] } }],
    ['variants.0.title', { variants: [{ channel: 'sms', title: '保本保息', body: [] }] }],
    ['variants.0.body', { variants: [{ channel: 'sms', body: paragraphs('保本保息') }] }],
    ['attachments.0', { attachments: ['保本保息.docx'] }],
  ])('looks into %s', (part, content) => {
    expect(found(content, /^lexicon/)).toContain(`block lexicon ${part} 保本保息`);
  });

  it('looks into the text of attachments', () => {
    const documents = documentsOf(extracted({ text: '第一段\n保本保息' }));
    const [finding] = precheck(material({ attachments: ['a.docx'] }), { documents });
    expect(finding).toMatchObject({ part: 'attachments.0.text', start: 4, end: 8 });
  });

  it('finds no word that spans two parts', () => {
    expect(found({ title: '保本', text: '保息' }, /^lexicon/).join()).not.toContain('保本保息');
  });

  test.each([
    ['我们的服务最佳', true],
    ['全国最佳手机银行', true],
    ['收益最佳', false],
    ['最佳的稳健选择', false],
    ['最安全、最佳的理财', false],
    ['保本保息', false],
    ['我们的服务最佳。收益以实际为准', true],
  ])('an absolute term may be exempt unless it is about return or safety: %s', (text, exemptible) => {
    const findings = precheck(material({ text })).filter(
      ({ rule, text: word }) => rule === 'lexicon' && /最佳|保本保息/.test(word),
    );
    expect(findings.map((finding) => finding.exemptible)).toEqual(findings.map(() => exemptible));
    expect(findings.length).toBeGreaterThan(0);
  });
});

describe('links', () => {
  const body = (href: string, text = '点这里') => [{ kind: 'paragraph', runs: [{ text, href }] }];
  test.each([
    ['见 https://www.evil-bank.top/x', ['block link-not-allowed body https://www.evil-bank.top/x']],
    ['见 evil-bank.top', ['block link-not-allowed body evil-bank.top']],
    ['见 lanhubank.com.cn.evil.top', ['block link-look-alike body lanhubank.com.cn.evil.top']],
    ['见 evil-bank。top', ['block link-not-allowed body evil-bank。top']],
    ['见 lanhubánk.com.cn', ['block link-look-alike body lanhubánk.com.cn']],
    ['见 https://xn--lanhubnk-eza.com.cn/', ['block link-look-alike body https://xn--lanhubnk-eza.com.cn/']],
    ['见 https://m.lanhubank.com.cn/a?b=c', []],
    ['见 lanhubank.com.cn', []],
    ['版本3.5.1已发布', []],
  ])('spelled out: %s', (text, expected) => {
    expect(found({ text }, /link/)).toEqual(expected);
  });

  test.each([
    ['https://lanhubank.com.cn/a', []],
    ['https://evil.top', ['block link-not-allowed body 点这里']],
    ['https://lanhubank.com.cn@evil.top/', ['block link-not-allowed body 点这里']],
    ['https://lanhubank.com.cn.evil.top/', ['block link-look-alike body 点这里']],
    ['HTTPS://LANHUBANK.COM.CN', []],
    ['lanhubank.com.cn/a', []],
    ['javascript:alert(1)', ['block link-refused body 点这里']],
    ['java\nscript:alert(1)', ['block link-refused body 点这里']],
    ['data:text/html,x', ['block link-refused body 点这里']],
    ['file:///etc/passwd', ['block link-refused body 点这里']],
    ['weixin://dl/x', ['block link-refused body 点这里']],
    ['mailto:a@lanhubank.com.cn', []],
    ['tel:95588', []],
    ['http://', ['warn link-unreadable body 点这里']],
    ['随便写的', ['warn link-unreadable body 点这里']],
  ])('behind words: %s', (href, expected) => {
    expect(found({ body: body(href) }, /link/)).toEqual(expected);
  });

  it('takes the name of a file for none', () => {
    expect(found({ attachments: ['poster.ai', 'v2.final.cc'] }, /^link/)).toEqual([]);
  });

  it('says an address once that stands behind itself', () => {
    expect(found({ body: body('https://evil.top/a', 'https://evil.top/a') }, /link/)).toEqual([
      'block link-not-allowed body https://evil.top/a',
    ]);
  });

  test.each([
    ['https://lanhubank.com.cn/x', []],
    ['https://evil.top/x', ['block link-not-allowed fields.landingUrl https://evil.top/x']],
    ['pages/index/index?id=1', []],
  ])('of the landing field: %s', (landingUrl, expected) => {
    expect(found({ type: 'link-card', title: '卡片', fields: { landingUrl } }, /link/)).toEqual(expected);
  });

  test.each([
    ['https://m.lanhubank.com.cn/x', []],
    ['https://u.wechat.com/abc', ['block qr-link-not-allowed attachments.0.code https://u.wechat.com/abc']],
    ['wxp://f2f0abc', ['block link-refused attachments.0.code wxp://f2f0abc']],
    ['一段文字', ['warn link-unreadable attachments.0.code 一段文字']],
  ])('in a code: %s', (text, expected) => {
    const documents = documentsOf(extracted({ kind: 'image', codes: [{ text, format: 'QRCode', page: 0 }] }));
    expect(found({ attachments: ['a.png'] }, /link/, { documents })).toEqual(expected);
  });

  it('only notes them while there is no list, but refuses what opens no page', () => {
    expect(found({ text: '见 evil-bank.top' }, /link/, { noList: true })).toEqual([
      'note link-unchecked body evil-bank.top',
    ]);
    expect(found({ body: body('javascript:x') }, /link/, { noList: true })).toEqual([
      'block link-refused body 点这里',
    ]);
  });
});

describe('fields, validity and attachments', () => {
  const form = (content: Parameters<typeof material>[0], options = {}) =>
    found(content, /^field|^validity-(?!outside)|attachment|text-cut/, options);
  const page = {
    type: 'product-page' as const,
    title: '鑫享周周盈A款',
    text: risk,
    fields: { ...own, channels: ['web'], validFrom: '2026-11-01', validUntil: '2026-12-31' },
  };

  test.each([
    ['nothing is missing', page, []],
    ['no title', { ...page, title: ' ' }, ['block field-missing title']],
    [
      'no channel',
      { ...page, fields: { ...page.fields, channels: [] } },
      ['block field-missing fields.channels'],
    ],
    [
      'no product type',
      { ...page, fields: { ...page.fields, productType: null } },
      ['block field-missing fields.product'],
    ],
    [
      'no end',
      { ...page, fields: { ...page.fields, validUntil: null } },
      ['block validity-missing fields.validUntil'],
    ],
    [
      'expired',
      { ...page, fields: { ...page.fields, validUntil: '2026-11-26' } },
      ['block validity-expired fields.validUntil'],
    ],
    ['ends today', { ...page, fields: { ...page.fields, validUntil: '2026-11-27' } }, []],
    [
      'reversed',
      { ...page, fields: { ...page.fields, validFrom: '2027-01-02', validUntil: '2027-01-01' } },
      ['block validity-reversed fields.validUntil'],
    ],
    [
      'an article without a source',
      { type: 'article' as const, title: '早报', fields: { channels: ['web'] } },
      ['block field-missing fields.sources'],
    ],
    ['a post without anything', { body: [] }, ['block field-missing body']],
    ['a post without a title', {}, []],
    [
      'a card without a target',
      { type: 'link-card' as const, title: '卡片' },
      ['block field-missing fields.landingUrl'],
    ],
  ])('%s', (_name, content, expected) => {
    expect(form(content)).toEqual(expected);
  });

  test.each([
    [undefined, ['warn attachment-unread attachments.0'], 'pending'],
    [extracted({ problems: ['encrypted'] }), ['warn attachment-unread attachments.0'], 'encrypted'],
    [
      extracted({ problems: ['broken', 'time-out'] }),
      ['warn attachment-unread attachments.0'],
      'broken,time-out',
    ],
    [
      extracted({ kind: 'image', problems: ['no-text'] }),
      ['note attachment-unread attachments.0'],
      'no-text',
    ],
    [extracted({ text: '正文', problems: ['text-cut'] }), ['warn text-cut attachments.0.text'], undefined],
    [extracted({ text: '正文' }), [], undefined],
  ])('an attachment: %j', (document, expected, reason) => {
    const content = material({ attachments: ['a.docx'] });
    const documents = new Map(document === undefined ? [] : [[blob(1), document]]);
    const findings = precheck(content, { documents }).filter(
      ({ rule }) => rule === 'attachment-unread' || rule === 'text-cut',
    );
    expect(findings.map(brief)).toEqual(expected);
    if (reason !== undefined) expect(findings[0]?.params['reason']).toBe(reason);
  });
});

/** What the sentence of the screens asks for, and the finding does not have; the text itself is always there. */
function unfilled({ rule, params, text }: PrecheckFinding): string[] {
  const wanted = [...(sentences.rule[rule] ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  expect(wanted.length + (rule === 'text-cut' ? 1 : 0), rule).toBeGreaterThan(0);
  expect(sentenceOf({ rule, params, text })).not.toMatch(/undefined|""/);
  return wanted.filter((name) => name !== 'text' && params[name] === undefined);
}

describe('what holds for every finding', () => {
  const piece = fc.constantFrom(
    '保本保息',
    '最佳',
    '年化5.2%',
    '鑫享周周赢A款',
    '鑫享周周盈A款',
    '管理费0.3%',
    ' ',
    '\n',
    '。',
    '，',
    '见 evil.top/a ',
    '到期日2027年2月1日',
    '😀',
    '\u200b',
    '过往业绩近一年4%',
    'abc',
    '普通文字',
    'Ａ',
    '㎏',
    '\ud83d',
    '\u001e',
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  it('points at its own text, in order, each with a key of its own', () => {
    fc.assert(
      fc.property(text, text, text, (title, written, attached) => {
        const content = material({
          title: title.slice(0, 500),
          text: written,
          fields: { ...own },
          attachments: ['a.docx'],
        });
        const documents = documentsOf(extracted({ text: attached }));
        const findings = precheck(content, { documents });
        const texts = new Map(textsOf(content).map(({ part, text: whole }) => [part, whole]));
        texts.set('attachments.0.text', attached);
        for (const finding of findings) {
          const whole = texts.get(finding.part);
          if (whole !== undefined && finding.end > 0)
            expect(whole.slice(finding.start, finding.end)).toBe(finding.text);
        }
        expect(new Set(findings.map(({ key }) => key)).size).toBe(findings.length);
        for (const finding of findings) expect(unfilled(finding)).toEqual([]);
        expect(precheck(content, { documents })).toEqual(findings);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its key while something else is written elsewhere', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('保本保息', '全国最佳银行', '见 evil.top/a '),
        fc.constantFrom('你好。', '早上好，', '欢迎\n'),
        (word, other) => {
          const keys = (content: Parameters<typeof material>[0]) =>
            precheck(material(content))
              .filter(({ part }) => part === 'body')
              .map(({ key }) => key);
          const before = keys({ text: `甲。${word}` });
          expect(before.length).toBeGreaterThan(0);
          expect(keys({ text: `${other}甲。${word}`, title: other.trim() })).toEqual(before);
          expect(keys({ text: `甲。${word}。${other}` })).toEqual(before);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('lists 2,000 at most, what blocks first, and says that there are more', () => {
    const findings = precheck(material({ text: `${'见 evil.top '.repeat(2_500)}\n保本保息` }));
    expect(findings).toHaveLength(2_000);
    expect(findings.at(-1)).toMatchObject({ rule: 'findings-cut' });
    expect(findings.map(({ level }) => level)).not.toContain('note');
  });

  it.each(['一', '1,', '百分之一', '鑫享周', '2026年1月', '年化3%至', '\n', 'a.b.'])(
    'is not held up by %j again and again',
    (piece) => {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      const started = performance.now();
      precheck(material({ attachments: ['a.txt'], fields: { ...own } }), {
        documents: documentsOf(extracted({ text })),
      });
      expect(performance.now() - started).toBeLessThan(10_000);
    },
    30_000,
  );

  it('takes whatever the fields and texts say', () => {
    const any = fc.string({ unit: 'binary', maxLength: 100 });
    fc.assert(
      fc.property(any, any, (one, other) => {
        const facts = [{ kind: 'rate', label: other, value: one }];
        const fields = { ...own, landingUrl: other, productName: one, facts };
        for (const { start, end } of precheck(material({ text: one, title: other, fields })))
          expect(start).toBeLessThanOrEqual(end);
      }),
      { numRuns: 100 },
    );
  });

  it('reads 500,000 characters in bounded time', () => {
    const line =
      '我行为您提供鑫享周周盈A款，业绩比较基准3.1%，管理费0.2%，理财非存款，产品有风险，投资须谨慎，详见官网。\n';
    const long = line.repeat(Math.ceil(500_000 / line.length)).slice(0, 500_000);
    const content = material({ attachments: ['a.txt'], fields: { ...own } });
    const started = performance.now();
    const findings = precheck(content, { documents: documentsOf(extracted({ text: long })) });
    // Far more than it takes on a machine that does nothing else.
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(findings.filter(({ rule }) => rule.startsWith('fact'))).toEqual([]);
  }, 60_000);
});

test('every product that a text names needs its disclosures, however many kinds there are', () => {
  const one = { id: ProductId.parse('00000000-0000-7000-8000-000000000001'), aliases: [], facts: [] };
  const products = productTypes.map((type, index) => ({
    ...one,
    id: ProductId.parse(`00000000-0000-7000-8000-00000000000${index}`),
    code: `K${index}`,
    name: `蓝湖第${'甲乙丙丁戊己庚辛'.charAt(index)}号产品`,
    type,
    onSaleFrom: null,
    onSaleUntil: null,
    state: 'active' as const,
  }));
  const engine = createEngine({ screens, products, domains: [] });
  const disclosures = (named: typeof products, listed: readonly string[]) => {
    const text = named.map(({ name }) => name).join('，');
    const content = material({ text, fields: { channels: listed } });
    return engine
      .check(subjectOfMaterial(content, new Map()), today)
      .filter(({ rule }) => rule.startsWith('disclosure'))
      .map(({ subject }) => subject);
  };
  const each = products.flatMap((product) => disclosures([product], channels));
  expect(new Set(each).size).toBe(3);
  expect(new Set(disclosures(products, channels))).toEqual(new Set(each));
});
