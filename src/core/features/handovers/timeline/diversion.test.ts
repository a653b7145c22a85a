import { join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import { readStarterPacks } from '../../lexicons/index.ts';
import { createSplitJoiner } from '../../screening/index.ts';
import { type DiversionReader, createDiversionReader } from './diversion.ts';

let reader: DiversionReader;

beforeAll(async () => {
  reader = createDiversionReader(
    await readStarterPacks(join(import.meta.dirname, '../../../../../resources')),
  );
});

/** The kinds of what messages that are sent one after another have. */
function kinds(...texts: readonly string[]): readonly string[] {
  const joiner = createSplitJoiner();
  return [
    ...new Set(
      texts.flatMap((text, index) => {
        const joined = joiner.join('leaver', index * 10_000, text);
        return [
          ...reader.accountsIn(text),
          ...reader.screener
            .screen(text, reader.circumstances)
            .flatMap((found) => reader.hitOf(found, text) ?? []),
          ...(joined === null
            ? []
            : reader.screener
                .screenJoined(joined, reader.circumstances)
                .flatMap((found) => reader.hitOf(found, joined.text) ?? [])),
        ].map((hit) => hit.kind);
      }),
    ),
  ];
}

describe('words that lead out of the bank', () => {
  test.each([
    ['加我私人微信'],
    ['您加我私人微信吧，这边说话不方便'],
    ['加我私人 微-信'],
    ['加我私人薇信'],
    ['加 v 信'],
    ['加v信聊'],
    ['您加我 vx：zl8866'],
    ['加我VX'],
    ['加我ｖｘ'],
    ['加个薇❤️信'],
    ['加我薇❤️信'],
    ['加我徽-信'],
    ['加我威信'],
    ['jia wo wei xin'],
    ['加我\u200b微\u200b信'],
    ['加我私人薇❤️信'],
    ['加➕我微❤信'],
    ['加我扣扣'],
    ['加我個人微信'],
    ['这是我的新微信，您存一下'],
    ['手机号139****，微信同号'],
    ['我要离职了，以后您直接找我'],
    ['到我新单位来，利率更高'],
    ['我换了新东家，您把钱转过来，我给您好的'],
    ['以后联系用我的微信'],
    ['my private wechat'],
    ['微信号：zhang_lan88'],
    ['wxid_a1b2c3d4e5'],
  ])('are seen in %s', (text) => {
    expect(kinds(text)).toContain('diversion');
  });

  test.each([
    [['加我私人', '微信']],
    [['加', '我', '微', '信']],
    [['您加我吧', '用我的私人微信']],
    [['加我私人v', '信']],
  ])('are seen over messages: %j', (texts) => {
    expect(kinds(...texts)).toContain('diversion');
  });

  test.each([['这个不是行里的，收益高得多'], ['钱先打给我，我帮您买'], ['直接转到我卡上就行']])(
    'are told from products and money outside the bank: %s',
    (text) => {
      expect(kinds(text)).toEqual(['off-book']);
    },
  );
});

test.each([
  '您可以用微信支付',
  '绑定微信支付，首笔立减5元',
  '本月增加微信支付限额',
  '关注我行微信公众号',
  '加微信群的客户可以领取',
  '请加我企业微信',
  '银行规定不能加微信',
  '不好意思，不能加我微信的，有事在这里说',
  '请勿加我私人微信',
  '凡是让您加微信的都是骗子',
  '谨防诈骗！冒充客服的人会说加我微信',
  '您加我微信了吗',
  '「李女士：可以加您微信吗？加我微信也行」\n- - - - - - - - - - - - - - -\n不可以的，在这里联系就好',
  '微信银行可以查余额',
  '价位信息已经发给您了',
  '您的微信头像换了',
  '更加微信赖的服务',
  '跟我走流程就行，很快',
  '周三有理财讲座，欢迎参加',
  '以后有问题随时联系我',
  '我下周休假，有事找王经理',
  '您的新单位工资卡可以在我行开户',
  '公司新产品上线，年化3.1%，非保本浮动收益',
  '郑飞单位开的收入证明',
  '身份证带好，到网点加办手机银行',
])('is not seen in: %s', (text) => {
  expect(kinds(text)).toEqual([]);
});

test('puts what needs a bold reading a little lower', () => {
  const strengthOf = (text: string) => {
    const found = reader.screener
      .screen(text, reader.circumstances)
      .map((each) => reader.hitOf(each, text)?.strength ?? 0);
    return Math.max(...found);
  };
  expect(strengthOf('加我私人微信')).toBe(60);
  expect(strengthOf('jia wo wei xin')).toBeLessThan(60);
  expect(strengthOf('jia wo wei xin')).toBeGreaterThan(45);
});
