// Invented promotional texts, made from patterns by a seeded generator: the same ones in every run.

function createPick(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    below: (count: number) => Math.floor(next() * count),
    of<Item>(items: readonly [Item, ...Item[]]): Item {
      return items[Math.floor(next() * items.length)] ?? items[0];
    },
  };
}

type Pick = ReturnType<typeof createPick>;

const names = [
  '蓝湖',
  '远山',
  '晨曦',
  '海棠',
  '青禾',
  '星河',
  '云帆',
  '金穗',
  '白露',
  '长风',
  '松涛',
  '明月',
] as const;
const series = ['添利', '安享', '稳盈', '周周鑫', '月月升', '悦享', '聚益', '增利'] as const;
const ends = [
  '理财非存款、产品有风险、投资须谨慎。',
  '基金有风险，投资需谨慎。',
  '活动最终解释以我行公告为准。',
  '',
] as const;

const rate = (pick: Pick) => `${2 + pick.below(3)}.${pick.below(90) + 10}%`;
const figure = (pick: Pick) => String(10 + pick.below(900));

const sentences: readonly [(pick: Pick) => string, ...((pick: Pick) => string)[]] = [
  (pick) =>
    `${pick.of(names)}${pick.of(series)}${figure(pick)}号今日起开放申购，业绩比较基准年化${rate(pick)}。`,
  (pick) =>
    `封闭期${figure(pick)}天，${pick.of(['一', '五', '十'])}万元起购，额度${figure(pick)}万元，售完为止。`,
  (pick) =>
    `${pick.of(['周六', '周日', '下周三', '月底前'])}到${pick.of(names)}支行办理${pick.of(['储蓄卡', '信用卡', '手机银行', '社保卡'])}，可领取${pick.of(['米面粮油', '洗护套装', '保温杯', '亲子乐园门票'])}一份。`,
  (pick) =>
    `资金主要投向${pick.of(['债券', '同业存单', '存款', '优先股'])}与${pick.of(['货币市场工具', '利率债', '公募基金', '短期融资券'])}，由${pick.of(names)}理财公司管理。`,
  (pick) =>
    `${pick.of(['央行', '国家统计局', '外汇交易中心'])}${pick.of(['昨日', '上午', '周一'])}公布数据，${pick.of(['消费', '出口', '信贷', '物价'])}同比${pick.of(['上升', '下降'])}${rate(pick)}，市场反应${pick.of(['平淡', '积极', '谨慎'])}。`,
  (pick) =>
    `${pick.of(['春季', '端午', '中秋', '年末'])}专享：新客户在${pick.of(names)}网点首次购买满${figure(pick)}元，赠送${pick.of(['积分', '电影票', '加油券', '体检套餐'])}${figure(pick)}份。`,
  (pick) =>
    `贷款年化利率（单利）${rate(pick)}起，最长可分${figure(pick)}期，线上申请当天${pick.of(['放款', '审批', '签约'])}。`,
  (pick) =>
    `${pick.of(['养老', '教育', '健康', '意外'])}保障计划：${pick.of(names)}人寿承保，每年缴费${figure(pick)}元，${pick.of(['十', '二十', '三十'])}年缴清。`,
  (pick) =>
    `客户经理${pick.of(['小林', '小周', '小何', '小许'])}在${pick.of(names)}支行${pick.of(['一楼', '二楼', '理财室'])}等您，营业时间${pick.of(['八点半到五点', '九点到四点半'])}。`,
];

function article(pick: Pick, tell: string): string {
  const parts = Array.from({ length: 3 + pick.below(4) }, () => pick.of(sentences)(pick));
  return `${tell}${parts.join('')}${pick.of(ends)}`;
}

/** So many approved texts, no two alike. */
export function approvedTexts(count: number): string[] {
  const pick = createPick(7);
  return Array.from({ length: count }, (_, index) =>
    article(pick, `【${pick.of(names)}早报第${index + 1}期】`),
  );
}

export type Alteration =
  | 'figures'
  | 'words'
  | 'sentence-left-out'
  | 'sentence-added'
  | 'order'
  | 'wrapped'
  | 'excerpt'
  | 'punctuation';

interface Altered {
  readonly kind: Alteration;
  /** Which of the texts it was made from. */
  readonly from: number;
  readonly text: string;
}

/** Each kind of alteration, so often, of texts one after another. */
export function* alterations(texts: readonly string[], each: number): Generator<Altered> {
  const pick = createPick(11);
  const split = (text: string) => text.split(/(?<=。)/u);
  const alter: Readonly<Record<Alteration, (text: string) => string>> = {
    figures: (text) => text.replaceAll(/\d+/gu, () => figure(pick)),
    words: (text) => {
      let changed = text;
      for (let count = 0; count < 4; count += 1) {
        const at = 5 + pick.below(text.length - 10);
        changed = `${changed.slice(0, at)}${pick.of(['特别', '马上', '', '独家'])}${changed.slice(at + 2)}`;
      }
      return changed;
    },
    'sentence-left-out': (text) => {
      const parts = split(text);
      parts.splice(pick.below(parts.length), 1);
      return parts.join('');
    },
    'sentence-added': (text) => {
      const parts = split(text);
      parts.splice(
        pick.below(parts.length),
        0,
        pick.of(['我自己也买了很多，', '错过要再等一年，', '隔壁行都没有这样的，']),
      );
      return parts.join('');
    },
    order: (text) => split(text).toReversed().join(''),
    wrapped: (text) =>
      `${pick.of(['张总早上好，', '各位客户朋友大家下午好：', '姐，'])}${text}${pick.of(['有兴趣找我。', '回见！'])}`,
    excerpt: (text) => split(text).slice(0, 2).join(''),
    punctuation: (text) => text.replaceAll('，', ' ').replaceAll('。', '！！'),
  };
  for (const [kind, change] of Object.entries(alter)) {
    for (let count = 0; count < each; count += 1) {
      const from = pick.below(texts.length);
      yield { kind: kind as Alteration, from, text: change(texts[from] ?? '') };
    }
  }
}

const others: readonly [(pick: Pick) => string, ...((pick: Pick) => string)[]] = [
  (pick) =>
    `黄金积存业务本周${pick.of(['上线', '升级'])}，${figure(pick)}克起存，可在手机银行随时卖出，点差优惠至每克${figure(pick)}分。`,
  (pick) =>
    `邀请好友开户，双方各得${figure(pick)}元话费，活动截止${pick.of(['本月底', '下周日'])}，扫码参加。`,
  (pick) =>
    `财富大讲堂第${figure(pick)}讲：${pick.of(['如何看懂净值', '家庭资产怎么配', '退休以后的现金流'])}，主讲人来自总行，报名请点击链接。`,
  (pick) =>
    `车主专享：加油满${figure(pick)}减${figure(pick)}，停车券、洗车券每月限量发放，打开信用卡小程序即可领取。`,
  (pick) => `大额存单三年期利率上调，${figure(pick)}万起存，可转让可质押，名额有限，先到先得。`,
  (pick) => `新发基金“${pick.of(names)}成长混合”今日首发，基金经理从业${figure(pick)}年，认购费一折。`,
  (pick) =>
    `装修分期免手续费，最高${figure(pick)}万元，${pick.of(['橙家', '居然', '红星'])}门店均可办理，联系我了解详情。`,
  (pick) => `美元定期存款利率${rate(pick)}，期限灵活，支持外币现钞，欢迎咨询。`,
];

/** So many promotional texts that were made from none of the approved ones, with the sentences that everybody writes. */
export function unrelatedTexts(count: number): string[] {
  const pick = createPick(23);
  return Array.from({ length: count }, () => {
    const parts = Array.from({ length: 1 + pick.below(3) }, () => pick.of(others)(pick));
    return `${parts.join('')}${pick.of(ends)}`;
  });
}
