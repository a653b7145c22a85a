import type { Language } from '../../../../contract/language.ts';
import type { Channel } from '../../material/model.ts';
import type { DecisionKind } from '../model.ts';
import type { ApprovalState } from './model.ts';

/** The words of a sheet. */
export interface SheetTexts {
  readonly title: string;
  readonly number: string;
  readonly material: string;
  readonly version: string;
  readonly hash: string;
  readonly risk: Readonly<Record<'low' | 'medium' | 'high', string>>;
  readonly riskLabel: string;
  readonly template: string;
  readonly preparer: string;
  readonly submittedBy: string;
  readonly editors: string;
  readonly chartSource: string;
  readonly approvedAt: string;
  readonly validUntil: string;
  readonly state: Readonly<Record<ApprovalState, string>>;
  readonly stateLabel: string;
  readonly decisions: string;
  readonly stage: string;
  readonly person: string;
  readonly opinion: string;
  readonly time: string;
  readonly onBehalfOf: (name: string) => string;
  readonly copied: string;
  readonly kind: Readonly<Record<DecisionKind, string>>;
  /** Of a question that is answered by yes or no. */
  readonly answer: Readonly<Partial<Record<string, string>>>;
  readonly conditions: string;
  readonly metBy: (name: string) => string;
  readonly exemptions: string;
  /** By the exemption's code. */
  readonly exemption: Readonly<Partial<Record<string, string>>>;
  readonly channel: Readonly<Record<Channel, string>>;
  readonly acceptedBy: string;
  readonly uses: string;
  readonly firstUse: string;
  readonly lastUse: string;
  readonly withdrawal: string;
  readonly none: string;
  readonly printed: (time: string) => string;
  readonly page: (page: number, pages: number) => string;
}

export const sheetTexts: Readonly<Record<Language, SheetTexts>> = {
  'zh-CN': {
    title: '宣传素材审批单',
    number: '备案号',
    material: '素材',
    version: '版本',
    hash: '内容哈希（SHA-256）',
    risk: { low: '低', medium: '中', high: '高' },
    riskLabel: '风险等级',
    template: '审批流程',
    preparer: '拟稿人',
    submittedBy: '提交人',
    editors: '本版本编辑人',
    chartSource: '图表与数据来源',
    approvedAt: '批准时间',
    validUntil: '有效期至',
    state: { valid: '有效', expired: '已过期', withdrawn: '已撤回' },
    stateLabel: '状态',
    decisions: '审批意见',
    stage: '环节',
    person: '审批人',
    opinion: '意见',
    time: '时间',
    onBehalfOf: (name) => `代 ${name}`,
    copied: '沿用上一版本的意见',
    kind: {
      approve: '同意',
      'approve-with-conditions': '有条件同意',
      return: '退回修改',
      reject: '否决',
      abstain: '弃权',
      comment: '已提出意见',
    },
    answer: { yes: '是', no: '否' },
    conditions: '批准条件',
    metBy: (name) => `${name} 确认已满足`,
    exemptions: '豁免',
    exemption: {
      'self-comparison': '自我比较',
      'consumer-advice': '消费提示',
      'national-grading': '国标分级',
      trademark: '商标名称',
      award: '奖项名称',
      'provable-scope': '有时空限定且可证的事实',
    },
    channel: {
      'single-chat': '单聊',
      'group-chat': '群聊',
      moments: '朋友圈',
      'official-account': '公众号',
      'mini-program': '小程序',
      'branch-screen': '网点屏幕',
      sms: '短信',
      web: '网站',
    },
    acceptedBy: '认可人',
    uses: '使用记录',
    firstUse: '首次使用',
    lastUse: '最近使用',
    withdrawal: '撤回',
    none: '无',
    printed: (time) => `打印时间 ${time}`,
    page: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
  },
  'en-US': {
    title: 'Approval sheet',
    number: 'Record number',
    material: 'Material',
    version: 'Version',
    hash: 'Content hash (SHA-256)',
    risk: { low: 'Low', medium: 'Medium', high: 'High' },
    riskLabel: 'Risk',
    template: 'Workflow',
    preparer: 'Prepared by',
    submittedBy: 'Submitted by',
    editors: 'Editors of this version',
    chartSource: 'Source of charts and figures',
    approvedAt: 'Approved',
    validUntil: 'Valid until',
    state: { valid: 'Valid', expired: 'Expired', withdrawn: 'Withdrawn' },
    stateLabel: 'State',
    decisions: 'Decisions',
    stage: 'Stage',
    person: 'By',
    opinion: 'Decision',
    time: 'Time',
    onBehalfOf: (name) => `for ${name}`,
    copied: 'Taken over from the version before',
    kind: {
      approve: 'Approved',
      'approve-with-conditions': 'Approved with conditions',
      return: 'Returned',
      reject: 'Rejected',
      abstain: 'Abstained',
      comment: 'Commented',
    },
    answer: { yes: 'Yes', no: 'No' },
    conditions: 'Conditions',
    metBy: (name) => `Taken as met by ${name}`,
    exemptions: 'Exemptions',
    exemption: {
      'self-comparison': 'Comparison with oneself',
      'consumer-advice': 'Advice to consumers',
      'national-grading': 'Grade of a national standard',
      trademark: 'Trademark',
      award: 'Name of an award',
      'provable-scope': 'Fact that is limited in time and place and can be proved',
    },
    channel: {
      'single-chat': 'Chat',
      'group-chat': 'Group chat',
      moments: 'Moments',
      'official-account': 'Official account',
      'mini-program': 'Mini program',
      'branch-screen': 'Branch screen',
      sms: 'Text message',
      web: 'Website',
    },
    acceptedBy: 'Accepted by',
    uses: 'Uses',
    firstUse: 'First use',
    lastUse: 'Last use',
    withdrawal: 'Withdrawal',
    none: 'None',
    printed: (time) => `Printed ${time}`,
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
};
