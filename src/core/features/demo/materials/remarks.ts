import type { Remark } from './acts.ts';

/** What reviewers remark on a text, by its title in texts.ts. The first quote that stands in the body is the one. */
export const remarks: Readonly<Record<string, readonly Remark[]>> = {
  安禾早报: [
    {
      quote: '多地发布促消费举措',
      text: '请注明引自哪个部门的公开信息。',
      suggestion: '据商务主管部门公开信息，多地发布促消费举措',
    },
    {
      quote: '本期储蓄国债于十日发行',
      text: '发行日期与公告不一致，请核对后改正。',
      mustFix: true,
      reply: '收到，正在与零售条线核对公告日期。',
    },
  ],
  安禾悦享一年产品页: [
    {
      quote: '3.42%',
      text: '与托管行核对的数字不一致，请按估值表改正。',
      mustFix: true,
      reply: '已按估值表改为3.38%。',
    },
    { quote: '封闭期一年', text: '建议写明起止日期。' },
  ],
  安禾日添利产品页: [
    {
      quote: '稳赚不赔',
      text: '承诺收益，违反理财产品宣传规定，必须删除。',
      mustFix: true,
      suggestion: '收益随市场波动',
    },
    { quote: '近七日年化收益率2.15%', text: '与产品说明书（1.85%）不符。', mustFix: true },
  ],
  三年期大额存单海报: [
    {
      quote: '额度有限',
      text: '请改为“额度以网点公示为准”，避免催促性用语。',
      suggestion: '额度以网点公示为准',
    },
  ],
  理财到期提醒话术: [{ quote: '本金和收益将于到期次日', text: '净值型产品没有“收益”，建议写“到期款项”。' }],
  经营贷首次联系话术: [
    {
      quote: '随借随还',
      text: '该产品不支持随借随还，请与产品部确认还款方式。',
      mustFix: true,
      suggestion: '按月付息、到期还本',
      reply: '已与产品部确认，下一版改正。',
    },
  ],
  安居消费贷朋友圈: [{ quote: '三分钟出结果', text: '审批时间不能承诺。', mustFix: true }],
  推荐有礼活动页: [
    { quote: '双方各得二十元话费', text: '以赠送实物诱导购买理财产品，不得发布。', mustFix: true },
  ],
  一文读懂净值型理财: [
    {
      quote: '可能上涨也可能下跌',
      text: '可以更简洁。',
      suggestion: '有涨有跌',
      reply: '采纳，下一版修改。',
    },
  ],
  老年人防诈短视频脚本: [{ quote: '镜头二', text: '请在片尾加上客服热线号码。' }],
  康宁医疗保险海报: [{ quote: '我行为代销机构', text: '请写明承保公司全称。', mustFix: true }],
  晨星远见混合基金页: [{ quote: '申购费率0.15%', text: '请注明原费率和优惠期限。' }],
  手机银行体验日活动页: [{ quote: '数量有限，领完即止', text: '请公示总份数。' }],
};

/** The channel's own wording of a text, by its title in texts.ts: shorter, and not always the same. */
export const variantTexts: Readonly<
  Record<
    string,
    readonly {
      readonly channel: 'moments' | 'branch-screen' | 'mini-program' | 'single-chat' | 'sms';
      readonly lines: readonly string[];
    }[]
  >
> = {
  安禾稳进180天产品页: [
    {
      channel: 'mini-program',
      lines: [
        '安禾稳进180天',
        '业绩比较基准2.60%-3.10%，封闭期180天，1万元起购。',
        '理财非存款，产品有风险，投资须谨慎。',
        '业绩比较基准是管理人设定的投资目标，不代表产品未来表现和实际收益。',
      ],
    },
  ],
  三年期大额存单海报: [
    {
      channel: 'branch-screen',
      lines: ['三年期大额存单', '年利率1.90%，20万元起存', '存款利率以办理当日网点公示为准。'],
    },
  ],
  手机银行体验日活动页: [
    {
      channel: 'single-chat',
      lines: ['首次登录手机银行并完成一笔缴费，可领十元立减券一张，限生活缴费使用，活动规则见页面公示。'],
    },
  ],
  一文读懂净值型理财: [
    {
      channel: 'moments',
      lines: [
        '净值型理财按净值申购赎回，净值会波动，可能上涨也可能下跌。',
        '理财非存款，产品有风险，投资须谨慎。',
      ],
    },
  ],
};

/** What is attached to a text, by its title: files of resources/demo. */
export const attachedFiles: Readonly<Record<string, { readonly file: string; readonly name: string }>> = {
  安禾稳进180天产品页: { file: 'wm2601-sheet.docx', name: '安禾稳进180天产品说明书（节选）.docx' },
  手机银行体验日活动页: { file: 'qr-mobile-day.png', name: '活动海报二维码.png' },
  推荐有礼活动页: { file: 'qr-gift.png', name: '分享二维码.png' },
};
