import type { PartyRole, PromiseDecision } from '../../model.ts';
import type { Language } from '../../../../contract/language.ts';

/** The words of registers and certificates. */
export interface RegisterTexts {
  readonly register: string;
  readonly certificate: string;
  readonly fileName: Readonly<Record<'register' | 'certificate' | 'frozen' | 'draft', string>>;
  readonly draft: string;
  readonly draftNote: string;
  readonly takers: string;
  readonly branch: string;
  readonly lastDay: string;
  readonly openingDay: string;
  readonly reason: string;
  readonly snapshot: string;
  readonly snapshotValue: (number: number, frozenAt: string, by: string) => string;
  readonly hash: string;
  readonly asOf: string;
  readonly summary: string;
  readonly kind: string;
  readonly balance: string;
  readonly items: (name: string, listed: number, total: number) => string;
  readonly order: string;
  readonly notListed: (count: number) => string;
  readonly number: string;
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly time: string;
  readonly why: string;
  readonly basis: string;
  readonly inApp: string;
  readonly explanation: string;
  readonly explainedBy: (by: string, at: string) => string;
  readonly yes: string;
  readonly findings: string;
  readonly finding: string;
  readonly because: string;
  readonly score: string;
  readonly risk: (level: string, score: number) => string;
  readonly dismissed: (by: string, time: string, reason: string) => string;
  readonly promises: string;
  readonly said: string;
  readonly customer: string;
  readonly due: string;
  readonly standing: string;
  readonly decision: Readonly<Record<PromiseDecision, string>>;
  readonly undecided: string;
  readonly task: string;
  readonly signatures: string;
  readonly party: string;
  readonly signer: string;
  readonly meaning: string;
  readonly meaningOf: Readonly<Record<PartyRole, string>>;
  readonly absent: (by: string, reason: string) => string;
  readonly unsigned: string;
  readonly reservations: string;
  readonly noReservations: string;
  readonly reopened: (by: string, at: string, reason: string) => string;
  readonly none: string;
  readonly certificateText: (values: CertificateValues) => string;
  readonly otherOutcomes: string;
  readonly certificateScope: string;
  readonly verify: string;
  readonly printed: (time: string) => string;
  readonly page: (page: number, pages: number) => string;
}

export interface CertificateValues {
  readonly name: string;
  readonly userid: string;
  readonly branch: string;
  readonly lastDay: string;
  readonly total: number;
  readonly takenOver: number;
  readonly explained: number;
  readonly number: number;
  readonly signedAt: string;
}

export const registerTexts: Readonly<Record<Language, RegisterTexts>> = {
  'zh-CN': {
    register: '离职交接清单',
    certificate: '离岗交接证明',
    fileName: { register: '交接清单', certificate: '离岗交接证明', frozen: '交接定版', draft: '草稿' },
    draft: '草稿',
    draftNote: '草稿：按打印时的数据编制，尚未定版，不作为签署依据。',
    takers: '接交人',
    branch: '所属机构',
    lastDay: '最后工作日',
    openingDay: '期初日',
    reason: '移交原因',
    snapshot: '定版',
    snapshotValue: (number, frozenAt, by) => `第 ${number} 版，${frozenAt} 由 ${by} 定版`,
    hash: '清单哈希（SHA-256）',
    asOf: '数据时点',
    summary: '平衡表',
    kind: '类别',
    balance: '每一类的期初数等于“已接收”至“未说明”各列之和。',
    items: (name, listed, total) =>
      listed === total ? `${name}（${total} 项）` : `${name}（${total} 项，本文件列出 ${listed} 项）`,
    order: '未说明和记录矛盾的项目在前，其余按去向和 ID 排列。',
    notListed: (count) => `另有 ${count} 项未在本 PDF 中逐条列出，全部明细见同一定版的 XLSX 清单。`,
    number: '序号',
    id: 'ID',
    name: '名称',
    state: '去向',
    time: '时间',
    why: '依据',
    basis: '依据的记录',
    inApp: '本系统记录',
    explanation: '写明的原因',
    explainedBy: (by, at) => `${by}，${at}`,
    yes: '是',
    findings: '发现事项',
    finding: '事项',
    because: '说明',
    score: '分值',
    risk: (level, score) => `带走客户的迹象：${level}（综合 ${score} 分，满分 100）。已排除的事项不计。`,
    dismissed: (by, time, reason) => `已排除（${by}，${time}）：${reason}`,
    promises: '未了承诺',
    said: '承诺内容',
    customer: '客户',
    due: '到期',
    standing: '跟进情况',
    decision: { accepted: '已转任务', dismissed: '已排除', kept: '已履行', reset: '待确认' },
    undecided: '待确认',
    task: '处理',
    signatures: '签署',
    party: '角色',
    signer: '签署人',
    meaning: '签署含义',
    meaningOf: {
      leaver: '确认清单所列为本人移交的全部事项',
      taker: '确认已接收清单所列归本人接收的事项',
      supervisor: '确认已监督交接过程并核对清单',
    },
    absent: (by, reason) => `移交人未签署，由 ${by} 登记：${reason}`,
    unsigned: '尚未签署',
    reservations: '保留意见',
    noReservations: '无',
    reopened: (by, at, reason) => `本定版已于 ${at} 由 ${by} 重新打开，不再有效：${reason}`,
    none: '无',
    certificateText: ({ name, userid, branch, lastDay, total, takenOver, explained, number, signedAt }) =>
      `兹证明${branch === '' ? '' : `${branch} `}${name}（${userid}）离岗，最后工作日 ${lastDay}。` +
      `其名下应交接事项共 ${total} 项，其中 ${takenOver} 项已由接交人接收` +
      `${explained > 0 ? `，${explained} 项未说明但已写明原因` : ''}，其余去向见下表。` +
      `交接清单第 ${number} 版已由各方于 ${signedAt} 签署完毕。`,
    otherOutcomes: '其他去向',
    certificateScope: '本证明只说明工作事项的交接情况，以所载哈希对应的交接清单为准；各方的保留意见见下。',
    verify: '核验：对下载的定版文件（JSON）计算 SHA-256，应与上列哈希一致。',
    printed: (time) => `打印时间 ${time}`,
    page: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
  },
  'en-US': {
    register: 'Handover register',
    certificate: 'Exit certificate',
    fileName: {
      register: 'handover-register',
      certificate: 'exit-certificate',
      frozen: 'frozen-handover',
      draft: 'draft',
    },
    draft: 'DRAFT',
    draftNote: 'Draft of the data as they were when it was printed: not frozen, and nothing to sign.',
    takers: 'Takers',
    branch: 'Branch',
    lastDay: 'Last day',
    openingDay: 'Opening day',
    reason: 'Reason',
    snapshot: 'Frozen',
    snapshotValue: (number, frozenAt, by) => `Version ${number}, frozen ${frozenAt} by ${by}`,
    hash: 'Hash of the sheet (SHA-256)',
    asOf: 'Data as of',
    summary: 'Balance sheet',
    kind: 'Class',
    balance: 'In each class the opening is the sum of the columns from “Taken over” to “Unexplained”.',
    items: (name, listed, total) =>
      listed === total ? `${name} (${total})` : `${name} (${total}; ${listed} listed in this file)`,
    order: 'Unexplained items and conflicts come first, the others by outcome and id.',
    notListed: (count) =>
      `Not listed one by one in this PDF: ${count} more. The XLSX register of the same version has them all.`,
    number: 'No.',
    id: 'Id',
    name: 'Name',
    state: 'Outcome',
    time: 'When',
    why: 'Why',
    basis: 'What it rests on',
    inApp: 'Recorded in Countersign',
    explanation: 'Written explanation',
    explainedBy: (by, at) => `${by}, ${at}`,
    yes: 'Yes',
    findings: 'Findings',
    finding: 'Finding',
    because: 'What it rests on',
    score: 'Score',
    risk: (level, score) =>
      `Signs of customers being carried away: ${level} (${score} of 100 in all). What was dismissed doesn't count.`,
    dismissed: (by, time, reason) => `Dismissed by ${by}, ${time}: ${reason}`,
    promises: 'Open promises',
    said: 'What was said',
    customer: 'Customer',
    due: 'Due',
    standing: 'Follow-up',
    decision: {
      accepted: 'Made a task',
      dismissed: 'Nothing to do',
      kept: 'Kept',
      reset: 'To be decided',
    },
    undecided: 'To be decided',
    task: 'Decision',
    signatures: 'Signatures',
    party: 'Role',
    signer: 'Signed by',
    meaning: 'Meaning',
    meaningOf: {
      leaver: 'The register lists everything that I hand over',
      taker: 'I have taken over what the register lists as mine',
      supervisor: 'I watched over the handover and checked the register',
    },
    absent: (by, reason) => `The leaver did not sign; recorded by ${by}: ${reason}`,
    unsigned: 'Not signed yet',
    reservations: 'Reservations',
    noReservations: 'None',
    reopened: (by, at, reason) => `Reopened ${at} by ${by}; this version holds no more: ${reason}`,
    none: 'None',
    certificateText: ({ name, userid, branch, lastDay, total, takenOver, explained, number, signedAt }) =>
      `This certifies that ${name} (${userid})${branch === '' ? '' : `, ${branch},`} has left; the last day was ${lastDay}. ` +
      `Of ${total} items to hand over, ${takenOver} have been taken over` +
      `${explained > 0 ? `, ${explained} are explained in writing` : ''}; the table shows where the others went. ` +
      `All parties had signed version ${number} of the register by ${signedAt}.`,
    otherOutcomes: 'Other outcomes',
    certificateScope:
      'It speaks of the handover of work only, as the register with the hash below has it, with the reservations of the parties.',
    verify: 'To verify: the SHA-256 of the downloaded frozen file (JSON) is the hash above.',
    printed: (time) => `Printed ${time}`,
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
};
